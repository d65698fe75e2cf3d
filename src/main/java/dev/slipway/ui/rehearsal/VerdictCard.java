package dev.slipway.ui.rehearsal;

import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.migration.verdict.Fit.Answer;
import dev.slipway.migration.verdict.Fit.Judgement;
import dev.slipway.migration.verdict.Order;
import dev.slipway.release.RehearsalResult;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Status;
import dev.slipway.ui.kit.StatusChip;
import dev.slipway.ui.kit.Tone;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The answer of a rehearsal: the order in large letters, then which code works on which schema and
/// why, then what runs when.
public final class VerdictCard extends VBox {
    private final RehearsalResult result;
    private final Sides sides;

    /// The answer of `result`.
    public VerdictCard(RehearsalResult result, Sides sides) {
        this.result = result;
        this.sides = sides;
        getStyleClass().add("verdict-card");
        Styles.on(this);
        tone(result).on(this);
        setNarrow(false);
    }

    /// Puts reasons below what they are about while there is little room.
    void setNarrow(boolean narrow) {
        var tone = tone(result);
        var title = sides.next().isPresent() ? headline(result) : alone(result);
        var headline = Nodes.prose(title, "section-title");
        headline.setMaxWidth(Double.MAX_VALUE);
        headline.setGraphic(icon(tone).node(tone));
        headline.getStyleClass().add("point");
        Nodes.spoken(
                headline, () -> sides.next().isPresent() ? result.verdict().sentence() : title);
        headline.getStyleClass().add("verdict");
        var fit = result.verdict().fit();
        getChildren()
                .setAll(
                        headline,
                        fit(
                                sides.live() + ", live now, on the new schema",
                                fit.liveOnNew(),
                                narrow));
        sides.next()
                .ifPresent(next ->
                        getChildren()
                                .addAll(
                                        fit(next + " on today's schema", fit.newOnLive(), narrow),
                                        order(result.verdict().order(), next, narrow)));
    }

    /// The headline where no code changes: what is live decides.
    private String alone(RehearsalResult result) {
        return switch (result.verdict().fit().liveOnNew().answer()) {
            case YES -> sides.live() + " works with it.";
            case NO -> sides.live() + " does not work with it.";
            case UNKNOWN -> "Whether " + sides.live() + " works with it is not known.";
        };
    }

    /// What stands in large letters.
    static String headline(RehearsalResult result) {
        var order = result.verdict().order();
        return switch (order.kind()) {
            case NOTHING, ANY, SCHEMA_FIRST -> order.sentence();
            case CODE_FIRST -> "The new code gets traffic first, then the migrations run.";
            case SPLIT -> "Some migrations run first, then the new code, then the others.";
            case NONE -> "No order is safe.";
        };
    }

    /// How the answer is coloured; its words say the same.
    public static Tone tone(RehearsalResult result) {
        var works = result.verdict().fit().liveOnNew().answer();
        return switch (result.verdict().order().kind()) {
            case NONE -> Tone.DANGER;
            case CODE_FIRST, SPLIT -> Tone.WARNING;
            case NOTHING, ANY, SCHEMA_FIRST ->
                    switch (works) {
                        case YES -> Tone.SUCCESS;
                        case UNKNOWN -> Tone.WARNING;
                        case NO -> Tone.DANGER;
                    };
        };
    }

    private static Icon icon(Tone tone) {
        return switch (tone) {
            case SUCCESS -> Icon.OK;
            case DANGER -> Icon.BLOCKED;
            default -> Icon.ATTENTION;
        };
    }

    private static Node fit(String question, Judgement judgement, boolean narrow) {
        var status = status(judgement.answer());
        return line(question, new StatusChip(status), status.word(), judgement.reason(), narrow);
    }

    private static Status status(Answer answer) {
        return switch (answer) {
            case YES -> Status.PASSED.saying("Works");
            case NO -> Status.FAILED.saying("Does not work");
            case UNKNOWN -> Status.UNKNOWN.saying("Not known");
        };
    }

    private static Node order(Order order, String next, boolean narrow) {
        var words =
                switch (order.kind()) {
                    case NOTHING -> "Nothing runs.";
                    case NONE -> order.sentence();
                    case ANY, SCHEMA_FIRST, CODE_FIRST, SPLIT ->
                            (order.before().isEmpty()
                                            ? ""
                                            : "Before "
                                                    + next
                                                    + " gets traffic: "
                                                    + String.join(", ", order.before())
                                                    + ". ")
                                    + (order.after().isEmpty()
                                            ? "Nothing waits."
                                            : "Waits for a plan of its own, after "
                                                    + next
                                                    + " has all traffic: "
                                                    + String.join(", ", order.after())
                                                    + ".");
                };
        return line("Order", label(""), "", words, narrow);
    }

    private static Node line(
            String question, Node answer, String word, String reason, boolean narrow) {
        var name = Nodes.prose(question, "strong");
        var why = Nodes.prose(reason);
        why.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(why, Priority.ALWAYS);
        Supplier<String> sentence =
                () -> question + ": " + (word.isEmpty() ? "" : word + ". ") + reason;
        if (narrow) {
            HBox.setHgrow(name, Priority.ALWAYS);
            var head = new HBox(8, name, answer);
            return Nodes.spoken(Nodes.column("verdict-row", head, why), sentence);
        }
        var chip = Nodes.wide(132, new VBox(answer));
        Nodes.wide(212, name);
        return Nodes.spoken(
                word.isEmpty()
                        ? Nodes.row("verdict-row", name, why)
                        : Nodes.row("verdict-row", name, chip, why),
                sentence);
    }
}
