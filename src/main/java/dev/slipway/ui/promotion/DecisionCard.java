package dev.slipway.ui.promotion;

import static dev.slipway.ui.kit.Nodes.gap;
import static dev.slipway.ui.kit.Nodes.label;
import static dev.slipway.ui.kit.Nodes.wide;

import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Status;
import dev.slipway.ui.kit.StatusChip;
import java.util.List;
import java.util.Optional;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// What a person has to decide when an operation does not run: the story, its choices, and the journal beside what the providers report.
final class DecisionCard {
    private DecisionCard() {}

    // Two versions of a split stand below each other, so that both can be read.
    private static Label lines(String text) {
        var label = label(text.replace(" %, ", " %\n"), "mono");
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    /// The choice card of a story.
    static VBox card(Story story, java.util.function.Consumer<Story.Kind> choose) {
        var title = label(story.title(), "section-title");
        title.setGraphic(story.icon().node(story.tone()));
        title.getStyleClass().add("point");
        title.setWrapText(true);
        title.setMinHeight(Region.USE_PREF_SIZE);
        var card = Nodes.column("choice-card", title);
        add(card, "What happened", story.happened());
        add(card, "Production", story.changed());
        add(card, "Next", story.next());
        story.tone().on(card);
        card.setAccessibleRole(AccessibleRole.TEXT);
        card.setAccessibleText(
                story.title()
                        + ". "
                        + story.happened()
                        + " "
                        + story.changed()
                        + " "
                        + story.next());
        var plain = new HBox(8);
        for (var choice : story.choices()) {
            var button = new Button(choice.verb());
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.getStyleClass().add(choice.kind() == Story.Kind.ROLL_BACK ? "danger" : "strong");
            button.setId(
                    "choice-"
                            + choice.kind()
                                    .name()
                                    .toLowerCase(java.util.Locale.ROOT)
                                    .replace('_', '-'));
            button.setAccessibleHelp(choice.consequence());
            button.setOnAction(_ -> choose.accept(choice.kind()));
            if (choice.consequence().isEmpty()) {
                plain.getChildren().add(button);
            } else {
                var means = Nodes.prose(choice.consequence(), "muted");
                HBox.setHgrow(means, Priority.ALWAYS);
                card.getChildren().add(Nodes.row("choice", button, means));
            }
        }
        if (!plain.getChildren().isEmpty()) {
            card.getChildren().add(plain);
        }
        return card;
    }

    private static void add(VBox card, String name, String text) {
        if (!text.isEmpty()) {
            var words = Nodes.prose(text);
            HBox.setHgrow(words, Priority.ALWAYS);
            card.getChildren().add(new HBox(8, wide(110, label(name, "muted")), words));
        }
    }

    /// The journal beside what the providers report.
    static VBox compared(List<Compared> all, Optional<String> asOf, Runnable again) {
        var button = new Button("Read again", Icon.REFRESH.node());
        button.setOnAction(_ -> again.run());
        button.getStyleClass().add("small");
        var head =
                Nodes.row(
                        "wizard-page-head",
                        label("Journal and providers", "card-title"),
                        gap(),
                        label(
                                asOf.map(at -> "read at " + at).orElse("reading"),
                                "caption",
                                "muted"),
                        button);
        var columns =
                Nodes.row(
                        "figures-head",
                        wide(164, label("What")),
                        wide(156, label("Journal")),
                        wide(156, label("Reported now")),
                        label("Verdict"));
        var table = new VBox(head, columns);
        for (var one : all) {
            var row =
                    Nodes.row(
                            "figures-row",
                            wide(164, label(one.what(), "strong")),
                            wide(156, lines(one.journal())),
                            wide(156, lines(one.now())),
                            chip(one.status()));
            table.getChildren().add(Nodes.spoken(row, one::sentence));
        }
        var verdict = Nodes.prose(Compared.verdict(all), "strong");
        verdict.setPadding(new javafx.geometry.Insets(8, 8, 0, 8));
        table.getChildren().add(verdict);
        return table;
    }

    private static StatusChip chip(Status status) {
        var chip = new StatusChip(status);
        chip.setMinWidth(Region.USE_PREF_SIZE);
        return chip;
    }
}
