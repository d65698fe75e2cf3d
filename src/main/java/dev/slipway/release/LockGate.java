package dev.slipway.release;

import dev.slipway.release.GateQuestion.Finding;
import dev.slipway.release.RehearsalResult.LockForecast;

/// Whether what a rehearsal locked can be had in production now.
final class LockGate {
    static final GateQuestion QUESTION = new GateQuestion(Gate.LOCKS, "Its locks can be had");

    private LockGate() {}

    static Finding judge(RehearsalResult rehearsal) {
        return rehearsal
                .locks()
                .map(LockGate::judge)
                .orElseGet(() -> Finding.pass("It takes no lock that production's code meets."));
    }

    private static Finding judge(LockForecast forecast) {
        var way =
                forecast.blockers().isEmpty()
                        ? "Nobody is in the way."
                        : String.join(". ", forecast.blockers()) + ".";
        var stall =
                forecast.expectedStall()
                        .map(time -> " Production's code waits " + time.toMillis() + " ms at most.")
                        .orElse("");
        return switch (forecast.outlook()) {
            case FREE -> Finding.pass(way + stall);
            case PASSING -> Finding.pass(way + stall + " It is waited for.");
            case LASTING ->
                    Finding.fail(
                            way
                                    + " That is longer than a migration waits. End it, or wait for"
                                    + " it. Nothing was changed.");
            case UNKNOWN ->
                    Finding.unknown(
                            (forecast.doubt().isEmpty()
                                            ? way + " Nobody may see for how long already."
                                            : forecast.doubt())
                                    + " Nothing was changed.");
        };
    }
}
