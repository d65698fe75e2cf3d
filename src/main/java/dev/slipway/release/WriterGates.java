package dev.slipway.release;

import dev.slipway.release.GateQuestion.Finding;
import dev.slipway.stack.Stack;
import java.util.List;
import java.util.Optional;

/// Whether nobody objects, and nobody else writes to production at the same time.
record WriterGates(Stack stack, Situation now) {
    private static final GateQuestion HOLD = new GateQuestion("hold", "Commit is not held");
    private static final GateQuestion LOCK = new GateQuestion("lock", "Production is free");
    private static final GateQuestion NOBODY_DEPLOYING =
            new GateQuestion("nobody-deploying", "Nobody is deploying");
    private static final GateQuestion ONE_DEPLOYER =
            new GateQuestion("one-deployer", "Nothing else deploys on push");

    List<Gate> all() {
        return List.of(
                HOLD.judge(now.held(), WriterGates::hold),
                LOCK.judge(now.lock(), WriterGates::lock),
                NOBODY_DEPLOYING.judge(now.running(), WriterGates::nobodyDeploying),
                ONE_DEPLOYER.judge(now.deployers(), this::oneDeployer));
    }

    private static Finding hold(Optional<String> why) {
        return why.map(text -> Finding.fail("The commit is held: " + text))
                .orElseGet(() -> Finding.pass("No hold."));
    }

    private static Finding lock(Situation.LockHolder holder) {
        return Finding.of(holder.free(), holder.sentence(), holder.sentence());
    }

    private static Finding nobodyDeploying(List<String> running) {
        return Finding.of(
                running.isEmpty(), "No deploying workflow runs.", String.join(" ", running));
    }

    private Finding oneDeployer(Situation.Deployers found) {
        return Finding.of(
                found.blocking().isEmpty(),
                found.ignored().isEmpty()
                        ? "No workflow deploys on a push to " + stack.branch() + "."
                        : "Listed under ci.ignored: " + String.join("; ", found.ignored()) + ".",
                String.join(" ", found.blocking())
                        + " Remove it, or list it under ci.ignored with a reason.");
    }
}
