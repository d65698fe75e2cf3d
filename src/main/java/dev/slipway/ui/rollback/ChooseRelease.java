package dev.slipway.ui.rollback;

import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.migration.verdict.Fit;
import dev.slipway.release.rollback.Candidate;
import dev.slipway.release.rollback.Returning;
import dev.slipway.ui.desk.WayBack.Seen;
import dev.slipway.ui.kit.FxThread;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Status;
import dev.slipway.ui.kit.StatusChip;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.kit.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The page "Choose": the releases production had, and what going back to each would mean.
final class ChooseRelease {
    private static final Texts TEXTS = Texts.of(ChooseRelease.class);

    private ChooseRelease() {}

    /// The page of what was found.
    ///
    /// @param choose hears which release the person chooses, by name
    /// @param scope hears what is to go back
    static List<Node> of(
            RollbackDraft draft,
            Seen seen,
            Consumer<String> choose,
            Consumer<RollbackScope> scope) {
        var nodes = new ArrayList<Node>();
        nodes.add(answer(seen));
        nodes.add(scopes(draft, scope));
        if (!draft.scope().choosesRelease()) {
            return nodes;
        }
        var group = new ToggleGroup();
        var list = new VBox(head());
        list.setAccessibleRole(AccessibleRole.LIST_VIEW);
        list.setAccessibleText(TEXTS.get("rollback.releases"));
        seen.candidates().forEach(c -> list.getChildren().add(row(draft, c, group, choose)));
        if (seen.candidates().isEmpty()) {
            list.getChildren().add(Nodes.prose(TEXTS.get("rollback.none"), "muted"));
        }
        var body = new VBox(12, list);
        draft.candidate().ifPresent(c -> body.getChildren().add(chosen(seen, c)));
        nodes.add(Nodes.scrolling(body));
        return nodes;
    }

    private static Node answer(Seen seen) {
        var answer = seen.answer();
        var icon =
                switch (answer.kind()) {
                    case CODE_ONLY -> Icon.OK.node(Tone.SUCCESS);
                    case LOOK_FIRST -> Icon.UNKNOWN.node(Tone.WARNING);
                    case DATA_NEEDED -> Icon.ATTENTION.node(Tone.WARNING);
                    case FIX_FORWARD -> Icon.BLOCKED.node(Tone.DANGER);
                };
        var words =
                Nodes.prose(
                        answer.sentence()
                                + answer.takes()
                                        .map(t -> " " + TEXTS.get("rollback.takes", Times.words(t)))
                                        .orElse(""),
                        "strong");
        words.setId("answer");
        words.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(words, Priority.ALWAYS);
        return Nodes.row("way-back-answer", icon, words);
    }

    private static Node scopes(RollbackDraft draft, Consumer<RollbackScope> scope) {
        var group = new ToggleGroup();
        var box = new VBox(4);
        box.setAccessibleText(TEXTS.get("rollback.scope"));
        for (var each : RollbackScope.CHOICES) {
            var choice = new RadioButton(TEXTS.get(words(each)));
            choice.getStyleClass().add("strong");
            choice.setId("scope-" + each.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            choice.setToggleGroup(group);
            choice.setSelected(each == draft.scope());
            choice.setAccessibleHelp(TEXTS.get(means(each)));
            choice.selectedProperty()
                    .addListener((_, _, chosen) -> {
                        if (chosen) {
                            FxThread.later(() -> scope.accept(each));
                        }
                    });
            box.getChildren()
                    .add(
                            new HBox(
                                    12,
                                    Nodes.wide(190, choice),
                                    label(TEXTS.get(means(each)), "muted")));
        }
        return box;
    }

    private static String words(RollbackScope scope) {
        return switch (scope) {
            case CODE -> "rollback.scope.code";
            case LOOK -> "rollback.scope.look";
            case CODE_AND_DATA -> "rollback.scope.both";
            case DATA, UNDO -> "rollback.scope.data";
        };
    }

    private static String means(RollbackScope scope) {
        return switch (scope) {
            case CODE -> "rollback.scope.code.means";
            case LOOK -> "rollback.scope.look.means";
            case CODE_AND_DATA -> "rollback.scope.both.means";
            case DATA, UNDO -> "rollback.scope.data.means";
        };
    }

    private static HBox head() {
        return Nodes.row(
                "figures-head",
                Nodes.wide(96, label("Release")),
                Nodes.wide(76, label("Code")),
                Nodes.wide(124, label("Schema fits")),
                Nodes.wide(150, label("Workers can return")),
                label("Note"));
    }

    private static HBox row(
            RollbackDraft draft, Candidate candidate, ToggleGroup group, Consumer<String> choose) {
        var name = candidate.release().name();
        var choice = new RadioButton(name);
        choice.getStyleClass().add("strong");
        choice.setId("release-" + name);
        choice.setToggleGroup(group);
        choice.setDisable(candidate.live());
        choice.setSelected(draft.target().equals(Optional.of(name)));
        choice.setAccessibleText(sentence(candidate));
        // Arrow keys select without an action. The page is drawn anew by it, so the key is done
        // first.
        choice.selectedProperty()
                .addListener((_, _, chosen) -> {
                    if (chosen) {
                        FxThread.later(() -> choose.accept(name));
                    }
                });
        var note = label(note(candidate), "muted");
        note.setMinWidth(0);
        HBox.setHgrow(note, Priority.ALWAYS);
        var row =
                Nodes.row(
                        "figures-row",
                        Nodes.wide(96, choice),
                        Nodes.wide(76, label(candidate.release().commit().brief(), "mono")),
                        Nodes.wide(124, new StatusChip(fits(candidate))),
                        Nodes.wide(
                                150,
                                label(
                                        candidate.live()
                                                ? "\u2014"
                                                : candidate.able()
                                                        + " of "
                                                        + candidate.returning().size(),
                                        "mono")),
                        note);
        row.getStyleClass().add("release-row");
        if (!candidate.live()) {
            row.setOnMouseClicked(_ -> choice.setSelected(true));
        }
        return row;
    }

    private static Status fits(Candidate candidate) {
        if (candidate.live()) {
            return Status.LIVE;
        }
        return switch (candidate.fit().answer()) {
            case YES -> Status.PASSED.saying("Yes");
            case NO -> Status.BLOCKED.saying("No");
            case UNKNOWN -> Status.UNKNOWN;
        };
    }

    private static String note(Candidate candidate) {
        var words = new ArrayList<String>();
        if (candidate.live()) {
            words.add("users see it now");
        }
        candidate.release().held().ifPresent(why -> words.add("held: " + why));
        if (!candidate.release().recorded()) {
            words.add("found");
        }
        if (!candidate.live()) {
            var stuck =
                    candidate.returning().stream()
                            .filter(r -> r.obstacle().isPresent())
                            .map(Returning::worker)
                            .toList();
            if (stuck.size() == candidate.returning().size()) {
                words.add("no Worker can return");
            } else if (!stuck.isEmpty()) {
                words.add(String.join(", ", stuck) + " cannot return");
            }
        }
        return String.join("; ", words);
    }

    private static String sentence(Candidate candidate) {
        var note = note(candidate);
        return candidate.release().name()
                + ", "
                + candidate.release().commit().brief()
                + ", schema fits: "
                + fits(candidate).word()
                + ", "
                + candidate.able()
                + " of "
                + candidate.returning().size()
                + " Workers can return"
                + (note.isEmpty() ? "" : ", " + note);
    }

    /// What going back to the chosen one means.
    private static VBox chosen(Seen seen, Candidate candidate) {
        var name = candidate.release().name();
        var mixed = Messages.mixed(candidate);
        var box =
                new VBox(
                        label(
                                TEXTS.get("rollback.means", name),
                                "card-title",
                                "underlined",
                                "block-title"));
        if (!mixed.isEmpty() && !candidate.live()) {
            var said = Nodes.point(Icon.BLOCKED, Tone.DANGER, mixed);
            said.setId("mixed");
            box.getChildren().add(said);
        }
        box.getChildren().add(Nodes.fact("Schema", Nodes.prose(candidate.fit().reason())));
        candidate
                .returning()
                .forEach(r -> box.getChildren().add(Nodes.fact(r.worker(), worker(seen, r))));
        box.getChildren()
                .add(
                        Nodes.fact(
                                "Database",
                                label(
                                        TEXTS.get(
                                                candidate.fit().answer() == Fit.Answer.NO
                                                        ? "rollback.database.needed"
                                                        : "rollback.database"))));
        candidate
                .release()
                .held()
                .ifPresent(why -> box.getChildren().add(Nodes.fact("Hold", label(why))));
        if (!candidate.release().recorded()) {
            box.getChildren()
                    .add(Nodes.fact("Found", Nodes.prose(TEXTS.get("rollback.found", name))));
        }
        return box;
    }

    private static Node worker(Seen seen, Returning returning) {
        if (returning.obstacle().isPresent()) {
            var text = returning.obstacle().get();
            var own = returning.worker() + ": ";
            return Nodes.point(
                    Icon.BLOCKED,
                    Tone.DANGER,
                    text.startsWith(own) ? text.substring(own.length()) : text);
        }
        return FromTo.of(seen.scene(), returning);
    }

    /// Why the way on is closed; empty when it is not.
    static Optional<String> closed(RollbackDraft draft) {
        return draft.seen()
                .filter(_ -> !draft.canContinue())
                .map(seen ->
                        draft.candidate()
                                .map(c -> String.join(" ", c.refusals()))
                                .orElseGet(() -> seen.answer().sentence()));
    }
}
