package dev.slipway.ui.desk;

import dev.slipway.domain.Sentence;
import dev.slipway.release.rollback.Answer;
import dev.slipway.ui.desk.WayBack.Seen;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.kit.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// "Can we go back?" with its answer, why, how long it takes, what it stands on, and the way there.
public final class WayBackCard {
    private static final Texts TEXTS = Texts.of(WayBackCard.class);

    private WayBackCard() {}

    /// The card.
    ///
    /// @param go opens what goes back
    public static HBox of(Desk desk, WayBack way, Runnable go) {
        var seen = way.seenProperty().get();
        var title = Nodes.label(title(way), "strong");
        title.setWrapText(true);
        title.setMinHeight(Region.USE_PREF_SIZE);
        var words = new VBox(2, title);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        lines(desk, way)
                .forEach(line -> words.getChildren().add(Nodes.prose(line, "caption", "muted")));
        var card = new HBox(12, mark(seen), words);
        card.getStyleClass().addAll("card", "way-back");
        card.setMaxHeight(Double.MAX_VALUE);
        card.getChildren().add(button(desk, go));
        Nodes.spoken(
                words,
                () -> String.join(" ", title.getText() + ".", String.join(" ", lines(desk, way))));
        return card;
    }

    private static Node mark(Optional<Seen> seen) {
        return seen.map(s ->
                        switch (s.answer().kind()) {
                            case CODE_ONLY -> Icon.OK.node(Tone.SUCCESS);
                            case LOOK_FIRST -> Icon.UNKNOWN.node(Tone.WARNING);
                            case DATA_NEEDED -> Icon.ATTENTION.node(Tone.WARNING);
                            case FIX_FORWARD -> Icon.BLOCKED.node(Tone.DANGER);
                        })
                .orElseGet(() -> Icon.UNKNOWN.node(Tone.MUTED));
    }

    private static Button button(Desk desk, Runnable go) {
        var button =
                new Button(TEXTS.get("back.go"), (desk.armed() ? Icon.UNDO : Icon.LOCK).node());
        button.setId("go-back");
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setTooltip(new Tooltip(TEXTS.get("back.go.help")));
        button.setOnAction(_ -> go.run());
        return button;
    }

    /// The answer in a line.
    static String title(WayBack way) {
        return way.seenProperty()
                .get()
                .map(s -> title(s.answer()))
                .orElseGet(() ->
                        TEXTS.get(
                                way.problemProperty().get().isPresent()
                                        ? "back.unknown"
                                        : "back.reading"));
    }

    private static String title(Answer answer) {
        var to = answer.release().map(r -> r.name()).orElse("");
        return switch (answer.kind()) {
            case CODE_ONLY -> TEXTS.get("back.code", to);
            case LOOK_FIRST -> TEXTS.get("back.look");
            case DATA_NEEDED -> TEXTS.get("back.data", to);
            case FIX_FORWARD -> TEXTS.get("back.forward");
        };
    }

    private static List<String> lines(Desk desk, WayBack way) {
        var lines = new ArrayList<String>();
        var seen = way.seenProperty().get();
        way.problemProperty().get().ifPresent(why -> lines.add(Sentence.of(why.sentence())));
        seen.ifPresent(s -> {
            lines.add(reason(s));
            s.answer()
                    .takes()
                    .ifPresent(takes ->
                            lines.add(
                                    (TEXTS.get("back.takes", Times.words(takes))
                                                    + " "
                                                    + s.answer().dependsOn())
                                            .strip()));
            lines.add(stands(desk, s));
        });
        return lines;
    }

    /// Why, without what the title says already.
    private static String reason(Seen seen) {
        var answer = seen.answer();
        var fit =
                answer.release()
                        .flatMap(r -> seen.candidate(r.name()))
                        .map(c -> c.fit().reason() + " ")
                        .orElse("");
        return switch (answer.kind()) {
            case CODE_ONLY -> fit + TEXTS.get("back.code.loss");
            case DATA_NEEDED -> fit + TEXTS.get("back.data.loss");
            case LOOK_FIRST, FIX_FORWARD -> answer.sentence();
        };
    }

    /// What it stands on.
    private static String stands(Desk desk, Seen seen) {
        return TEXTS.get(
                "back.stands",
                Times.clock(seen.scene().observed(), desk.zone()),
                Times.clock(seen.scene().production().schema().asOf(), desk.zone()));
    }
}
