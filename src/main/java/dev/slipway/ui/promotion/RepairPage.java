package dev.slipway.ui.promotion;

import static dev.slipway.ui.kit.Nodes.fact;
import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.migration.rehearsal.Effects;
import dev.slipway.operation.Plan;
import dev.slipway.release.Repair.How;
import dev.slipway.ui.kit.Chip;
import dev.slipway.ui.kit.FxThread;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.ResourceChip;
import dev.slipway.ui.kit.Status;
import dev.slipway.ui.kit.StatusChip;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Tone;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// What a repair shows where a promotion shows what is shipped: the choice between the two, what was
/// chosen, and what was found of a migration that is only recorded.
final class RepairPage {
    private static final Texts TEXTS = Texts.of(RepairPage.class);

    private RepairPage() {}

    /// The page "Choose".
    ///
    /// @param choose hears what the person chooses
    static List<Node> choice(Aim.Repair repair, Consumer<How> choose) {
        var group = new ToggleGroup();
        var cards = new VBox(12);
        for (var how : How.values()) {
            cards.getChildren().add(card(repair, how, group, choose));
        }
        cards.setMaxWidth(720);
        return List.of(
                head("Choose"),
                Nodes.prose(TEXTS.get("promotion.repair.why", repair.tag())),
                Nodes.scrolling(cards));
    }

    private static Node card(Aim.Repair repair, How how, ToggleGroup group, Consumer<How> choose) {
        var choice = new RadioButton(verb(how));
        choice.getStyleClass().add("strong");
        choice.setId("repair-" + how.key());
        choice.setToggleGroup(group);
        choice.setSelected(repair.how().equals(Optional.of(how)));
        choice.setAccessibleHelp(does(how));
        // Arrow keys select without an action. The page is drawn anew by it, so the key is done
        // first.
        choice.selectedProperty()
                .addListener((_, _, chosen) -> {
                    if (chosen) {
                        FxThread.later(() -> choose.accept(how));
                    }
                });
        var card =
                Nodes.column(
                        "repair-choice",
                        choice,
                        Nodes.prose(does(how)),
                        Nodes.prose(fits(how), "muted"));
        card.setOnMouseClicked(_ -> choice.setSelected(true));
        return card;
    }

    private static String verb(How how) {
        return TEXTS.get(
                switch (how) {
                    case APPLY -> "promotion.repair.apply.choice";
                    case RECORD -> "promotion.repair.record.choice";
                });
    }

    private static String does(How how) {
        return TEXTS.get(
                switch (how) {
                    case APPLY -> "promotion.repair.apply.does";
                    case RECORD -> "promotion.repair.record.does";
                });
    }

    private static String fits(How how) {
        return TEXTS.get(
                switch (how) {
                    case APPLY -> "promotion.repair.apply.when";
                    case RECORD -> "promotion.repair.record.when";
                });
    }

    /// What a plan of a repair is about, for reading.
    static List<Node> of(Plan plan) {
        var how = Words.how(plan).orElse(How.APPLY);
        var facts =
                new VBox(
                        label("What is repaired", "card-title", "underlined", "block-title"),
                        fact("Migration", label(plan.target(), "mono-strong")),
                        fact("How", label(verb(how), "strong"), Nodes.prose(does(how), "muted")),
                        fact(
                                "Commit",
                                new ResourceChip(
                                        Icon.COMMIT,
                                        "Commit",
                                        plan.pins().getOrDefault("commit", ""),
                                        null,
                                        null)));
        facts.setMaxWidth(720);
        return List.of(head("Choose"), Nodes.scrolling(facts));
    }

    /// What each statement of a migration to be recorded showed on a branch.
    static VBox effects(List<Effects.Found> effects) {
        var list = new VBox(label("Statements", "card-title", "underlined", "block-title"));
        list.getStyleClass().add("preflight");
        list.setAccessibleRole(AccessibleRole.LIST_VIEW);
        list.setAccessibleText("Statements, and whether what they do is there");
        for (var found : effects) {
            var status =
                    found.there()
                            ? Status.PASSED.saying("There")
                            : Status.MISSING.saying("Not there");
            var reason = Nodes.prose("Statement " + found.number() + " " + found.reason() + ".");
            HBox.setHgrow(reason, Priority.ALWAYS);
            list.getChildren()
                    .add(
                            Nodes.spoken(
                                    Nodes.row(
                                            "gate-row",
                                            Nodes.wide(92, new StatusChip(status)),
                                            reason),
                                    () -> reason.getText() + " " + status.word()));
        }
        if (effects.isEmpty()) {
            list.getChildren().add(Nodes.prose(TEXTS.get("promotion.repair.nothing"), "muted"));
        }
        return list;
    }

    private static HBox head(String title) {
        var chip = new Chip("Nothing has been changed yet", Icon.NOTHING_CHANGED, Tone.MUTED);
        chip.getStyleClass().add("strong");
        return Nodes.row("wizard-page-head", label(title, "section-title"), chip);
    }
}
