package dev.slipway.ui.rollback;

import dev.slipway.domain.CommitSha;
import dev.slipway.operation.Plan;
import dev.slipway.release.rollback.Candidate;
import dev.slipway.release.rollback.Returning;
import dev.slipway.release.rollback.RollbackProposal;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;

/// Going back with code alone.
record CodeReview(Desk desk, RollbackDraft draft, RollbackProposal planned)
        implements RollbackReview {
    private static final Texts TEXTS = Texts.of(CodeReview.class);

    @Override
    public String question() {
        return TEXTS.get(
                "rollback.question",
                desk.services().stack().cloudflare().zone(),
                planned.release().name());
    }

    @Override
    public String said() {
        return Messages.codeOnly(draft, planned);
    }

    @Override
    public List<Node> changes() {
        var rows = new ArrayList<Node>();
        returning().stream().map(r -> FromTo.row(r.worker(), line(r))).forEach(rows::add);
        rows.add(FromTo.row("GitHub", Nodes.prose(String.join(", ", gitHub(planned.plan())))));
        return rows;
    }

    private List<Returning> returning() {
        return draft.candidate().map(Candidate::returning).orElse(List.of());
    }

    private Node line(Returning returning) {
        return returning.obstacle().isPresent()
                ? Nodes.point(Icon.BLOCKED, Tone.DANGER, returning.obstacle().get())
                : FromTo.of(planned.scene(), returning);
    }

    /// What happens at GitHub.
    static List<String> gitHub(Plan plan) {
        var words = new ArrayList<String>();
        plan.step("hold")
                .flatMap(step -> Optional.ofNullable(step.parameters().get("commit")))
                .map(sha -> "hold on " + new CommitSha(sha).brief())
                .ifPresent(words::add);
        words.add("deployment of " + plan.target() + " recorded");
        return words;
    }

    @Override
    public List<Node> untouched() {
        var schema =
                planned.scene()
                        .production()
                        .schema()
                        .state()
                        .flatMap(s -> s.latest())
                        .map(tag -> TEXTS.get("rollback.untouched.schema", tag))
                        .orElse(TEXTS.get("rollback.untouched.database"));
        return List.of(
                Nodes.point(Icon.DATABASE, Tone.MUTED, schema),
                Nodes.point(Icon.SECRETS, Tone.MUTED, TEXTS.get("rollback.untouched.rest")),
                Nodes.point(
                        Icon.MERGE,
                        Tone.MUTED,
                        TEXTS.get(
                                "rollback.untouched.branch",
                                planned.plan().pins().getOrDefault("branch", "the base branch"))));
    }

    @Override
    public String undo() {
        return TEXTS.get("rollback.undo", draft.live());
    }

    @Override
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(
                "Roll back to %s, code only; live is %s"
                        .formatted(planned.release().name(), draft.live()));
        returning().stream().map(r -> FromTo.sentence(planned.scene(), r)).forEach(lines::add);
        return lines;
    }

    @Override
    public String left() {
        return planned.scene()
                .liveCommit()
                .filter(live -> !live.equals(planned.release().commit()))
                .map(CommitSha::brief)
                .orElse("");
    }
}
