package dev.slipway.release;

import dev.slipway.release.GateQuestion.Finding;
import dev.slipway.stack.Stack;
import dev.slipway.stack.StackDifference;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Whether nothing speaks against the moment, and nobody else writes to production.
record WriterGates(Stack stack, Situation now) {
    private static final GateQuestion HOLD = new GateQuestion("hold", "Commit is not held");
    static final GateQuestion FREEZE = new GateQuestion("freeze", "No freeze window");
    private static final GateQuestion STACK_FILE =
            new GateQuestion("stack-file", "Stack file is that of the base branch");
    private static final GateQuestion LOCK = new GateQuestion("lock", "Production is free");
    private static final GateQuestion NOBODY_DEPLOYING =
            new GateQuestion("nobody-deploying", "Nobody is deploying");
    private static final GateQuestion DRILL =
            new GateQuestion("drill", "Going back was practised (never blocks)");
    private static final GateQuestion ONE_DEPLOYER =
            new GateQuestion("one-deployer", "Nothing else deploys on push");

    List<Gate> all() {
        return List.of(
                HOLD.judge(now.held(), WriterGates::hold),
                FREEZE.answer(freeze(stack, now.observed()), now.observed()),
                STACK_FILE.judge(now.conditions().baseStack(), this::stackFile),
                LOCK.judge(now.lock(), WriterGates::lock),
                NOBODY_DEPLOYING.judge(now.running(), WriterGates::nobodyDeploying),
                ONE_DEPLOYER.judge(now.deployers(), this::oneDeployer),
                DRILL.answer(drill(), now.observed()));
    }

    /// Passes always: who is warned may still have to release.
    private Finding drill() {
        return Finding.pass(
                now.conditions()
                        .practice()
                        .value()
                        .map(p -> (p.warns() ? "Warning: " : "") + p.sentence())
                        .orElseGet(() -> now.conditions().practice().doubt()));
    }

    private static Finding hold(Optional<String> why) {
        return why.map(text -> Finding.fail("The commit is held: " + text))
                .orElseGet(() -> Finding.pass("No hold."));
    }

    /// Whether production is frozen at `moment`.
    static Finding freeze(Stack stack, Instant moment) {
        var freeze = stack.freeze();
        return freeze.at(moment)
                .map(frozen ->
                        Finding.fail(
                                "Production is frozen until "
                                        + freeze.words(frozen.until())
                                        + " by the window "
                                        + frozen.window().words()
                                        + ": "
                                        + frozen.window().reason()))
                .orElseGet(() ->
                        Finding.pass(
                                freeze.windows().isEmpty()
                                        ? "slipway.yaml has no freeze window."
                                        : "It is "
                                                + freeze.words(moment)
                                                + ", outside of every freeze window."));
    }

    private Finding stackFile(Optional<Stack> base) {
        if (base.isEmpty()) {
            return Finding.pass(
                    stack.branch() + " has no slipway.yaml, so there is nothing to compare with.");
        }
        var differences = StackDifference.between(stack, base.get());
        return Finding.of(
                differences.isEmpty(),
                "It says the same as slipway.yaml on " + stack.branch() + ".",
                "The file in use differs from slipway.yaml on "
                        + stack.branch()
                        + ": "
                        + String.join("; ", differences)
                        + ". Use the one of the branch, or merge the change first.");
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
