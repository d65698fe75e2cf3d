package dev.slipway.release;

import dev.slipway.domain.World;
import dev.slipway.release.GateQuestion.Finding;
import dev.slipway.release.Situation.NeonFacts;
import dev.slipway.release.Situation.TokenFacts;
import dev.slipway.stack.Stack;
import java.time.Duration;
import java.util.List;

/// Whether the providers will serve a promotion to its end.
record ProviderGates(Stack stack, World.Bounds bounds, Situation now) {
    private static final GateQuestion TOKENS =
            new GateQuestion("tokens", "Tokens serve past the end");
    private static final GateQuestion BRANCH_SLOT =
            new GateQuestion("branch-slot", "Room for its database branches");
    private static final GateQuestion HISTORY_WINDOW =
            new GateQuestion("history-window", "Restore point will last");

    List<Gate> all() {
        return List.of(
                TOKENS.judge(now.tokens(), ProviderGates::tokens),
                BRANCH_SLOT.judge(now.neon(), this::branchSlot),
                HISTORY_WINDOW.judge(now.neon(), this::historyWindow));
    }

    private static Finding tokens(TokenFacts facts) {
        return Finding.of(
                facts.problems().isEmpty(), facts.evidence(), String.join(" ", facts.problems()));
    }

    private Finding branchSlot(NeonFacts neon) {
        var needed = PlanBasis.branches(soak(), now);
        if (neon.limit().isEmpty()) {
            return Finding.pass(neon.branches() + " branches, no limit is stated.");
        }
        return Finding.of(
                neon.branches() + needed <= neon.limit().get(),
                neon.branches()
                        + " of "
                        + neon.limit().get()
                        + " branches are used, "
                        + needed
                        + " more are needed.",
                neon.branches()
                        + " of "
                        + neon.limit().get()
                        + " branches are used and "
                        + needed
                        + " more are needed. Remove some first.");
    }

    private Duration soak() {
        return stack.promotion().soak().orElse(bounds.soak());
    }

    private Finding historyWindow(NeonFacts neon) {
        var soak = soak();
        if (!PlanBasis.keepsBranch(soak, now)) {
            return Finding.pass("History reaches back " + neon.window().toHours() + " h.");
        }
        return Finding.of(
                neon.window().compareTo(soak) > 0,
                "History reaches back only "
                        + neon.window().toHours()
                        + " h, so a branch keeps the restore point for 72 h and deletes itself.",
                "History reaches back "
                        + neon.window().toMinutes()
                        + " min, less than the time all traffic is watched.");
    }
}
