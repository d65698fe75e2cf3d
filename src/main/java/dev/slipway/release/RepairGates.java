package dev.slipway.release;

import dev.slipway.domain.World;
import dev.slipway.migration.Deception;
import dev.slipway.migration.LedgerState;
import dev.slipway.migration.LedgerState.State;
import dev.slipway.migration.Migration;
import dev.slipway.migration.rehearsal.Effects;
import dev.slipway.release.GateQuestion.Finding;
import dev.slipway.release.Situation.Reading;
import dev.slipway.stack.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What must hold before a repair changes anything: what holds for every writer of production, and
/// what the repair is about.
record RepairGates(Stack stack, World.Bounds bounds, Situation now) {
    private static final Set<String> SHARED =
            Set.of(
                    "pr-not-fork",
                    "live",
                    "tokens",
                    "branch-slot",
                    "history-window",
                    "freeze",
                    "stack-file",
                    "lock",
                    "nobody-deploying");
    private static final GateQuestion SKIPPED =
            new GateQuestion("skipped", "Drizzle skips the migration");
    private static final GateQuestion VERDICT =
            new GateQuestion("verdict", "Live code works with the migration");
    private static final GateQuestion EFFECTS =
            new GateQuestion("effects", "What it does is there");

    List<Gate> apply(Migration migration, Reading<RehearsalResult> rehearsal) {
        var gates = shared(migration);
        var deceptions = Deception.in(migration);
        gates.add(
                deceptions.isEmpty()
                        ? VERDICT.judge(rehearsal, result -> verdict(migration, result))
                        : VERDICT.answer(
                                Finding.fail(
                                        String.join(" ", deceptions) + " Nothing was changed."),
                                now.ledger().asOf()));
        gates.add(LockGate.QUESTION.judge(rehearsal, LockGate::judge));
        return gates;
    }

    List<Gate> record(Migration migration, Reading<List<Effects.Found>> effects) {
        var gates = shared(migration);
        gates.add(EFFECTS.judge(effects, found -> effects(migration, found)));
        return gates;
    }

    private List<Gate> shared(Migration migration) {
        var gates = new ArrayList<Gate>();
        Gates.of(stack, bounds, now).stream()
                .filter(gate -> SHARED.contains(gate.id()))
                .forEach(gates::add);
        gates.add(SKIPPED.judge(now.ledger(), state -> skipped(migration, state)));
        return gates;
    }

    private static Finding skipped(Migration migration, LedgerState state) {
        if (!state.problems().isEmpty()) {
            return Finding.fail(String.join(" ", state.problems()) + " Nothing was changed.");
        }
        return Finding.of(
                state.in(State.SKIPPED_BY_DRIZZLE).contains(migration),
                "A newer migration ran before it. Its row gets its own time, so Drizzle sees nothing"
                        + " else pending afterwards.",
                migration.tag() + " is not skipped any more. Nothing was changed.");
    }

    private static Finding verdict(Migration migration, RehearsalResult result) {
        var verdict = result.verdict();
        return switch (verdict.order().kind()) {
            case NOTHING, ANY, SCHEMA_FIRST ->
                    switch (verdict.fit().liveOnNew().answer()) {
                        case YES -> Finding.pass(verdict.fit().liveOnNew().reason());
                        case UNKNOWN ->
                                Finding.unknown(
                                        verdict.fit().liveOnNew().reason()
                                                + " Nothing was changed.");
                        case NO ->
                                Finding.fail(
                                        verdict.fit().liveOnNew().reason()
                                                + " Nothing was changed.");
                    };
            case CODE_FIRST, SPLIT, NONE ->
                    Finding.fail(
                            verdict.fit().liveOnNew().reason()
                                    + " Generate what "
                                    + migration.tag()
                                    + " does as a new migration, which gets an order of its own, and"
                                    + " record this one. Nothing was changed.");
        };
    }

    private static Finding effects(Migration migration, List<Effects.Found> found) {
        var missing = found.stream().filter(each -> !each.there()).toList();
        if (missing.isEmpty()) {
            return Finding.pass(
                    found.isEmpty()
                            ? migration.tag() + " does nothing."
                            : "All of it was found on a branch of production: " + told(found));
        }
        return Finding.fail(
                missing.size()
                        + " of "
                        + found.size()
                        + " statements are not there: "
                        + told(missing)
                        + " Recording it would say what is not so. Run it instead (--apply), or do by"
                        + " hand what is missing. Nothing was changed.");
    }

    private static String told(List<Effects.Found> found) {
        return found.stream()
                        .map(each -> "statement " + each.number() + " " + each.reason())
                        .collect(Collectors.joining("; "))
                + ".";
    }
}
