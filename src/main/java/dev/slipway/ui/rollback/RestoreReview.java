package dev.slipway.ui.rollback;

import static dev.slipway.ui.kit.Nodes.fact;
import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.domain.CommitSha;
import dev.slipway.release.rollback.RestoreProposal;
import dev.slipway.release.rollback.loss.Loss;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.kit.Tone;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;

/// Putting the database back, with or without the code.
record RestoreReview(Desk desk, RollbackDraft draft, RestoreProposal planned)
        implements RollbackReview {
    private static final Texts TEXTS = Texts.of(RestoreReview.class);

    @Override
    public String question() {
        var scene = planned.scene();
        return scene.codeStays()
                ? TEXTS.get("rollback.restore.question", scene.source().words())
                : TEXTS.get(
                        "rollback.restore.question.code",
                        scene.source().words(),
                        scene.to().name());
    }

    @Override
    public String said() {
        return Messages.restore(planned);
    }

    @Override
    public boolean costs() {
        return planned.rows() > 0 || !planned.loss().map(Loss::complete).orElse(false);
    }

    @Override
    public List<Node> changes() {
        var rows = new ArrayList<Node>();
        var scene = planned.scene();
        var branch = desk.services().stack().neon().branch();
        rows.add(
                fact(
                        "Database",
                        label(
                                "Neon branch " + branch + " to " + scene.source().words(),
                                "strong")));
        scene.neon()
                .value()
                .ifPresent(facts -> {
                    rows.add(fact("Kept as", label(facts.backup(), "mono-strong")));
                    rows.add(
                            fact(
                                    "Moves along",
                                    Nodes.prose(
                                            facts.children().isEmpty()
                                                    ? "no branch"
                                                    : String.join(", ", facts.children()))));
                });
        if (scene.codeStays()) {
            rows.add(fact("Code", label("stays " + scene.to().name())));
        } else {
            scene.returning()
                    .forEach(r ->
                            rows.add(
                                    fact(
                                            r.worker(),
                                            r.obstacle()
                                                    .<Node>map(why ->
                                                            Nodes.point(
                                                                    Icon.BLOCKED, Tone.DANGER, why))
                                                    .orElseGet(() -> FromTo.of(scene.code(), r)))));
        }
        rows.add(fact("GitHub", label(String.join(", ", CodeReview.gitHub(planned.plan())))));
        return rows;
    }

    @Override
    public List<Node> untouched() {
        return List.of(
                Nodes.point(Icon.ARCHIVE, Tone.MUTED, TEXTS.get("rollback.restore.kept")),
                Nodes.point(Icon.SECRETS, Tone.MUTED, TEXTS.get("rollback.untouched.rest")),
                Nodes.point(
                        Icon.WAITING,
                        Tone.MUTED,
                        TEXTS.get("rollback.takes", Times.words(planned.takes()))));
    }

    @Override
    public String undo() {
        return TEXTS.get("rollback.restore.undo");
    }

    @Override
    public List<String> lines() {
        return List.of(question(), Messages.restore(planned));
    }

    @Override
    public String left() {
        return draft.scope() == RollbackScope.CODE_AND_DATA
                ? planned.scene().code().liveCommit().map(CommitSha::brief).orElse("")
                : "";
    }
}
