package dev.slipway.release;

import dev.slipway.domain.Sentence;
import dev.slipway.migration.Deception;
import dev.slipway.migration.Ledger;
import dev.slipway.migration.LedgerState;
import dev.slipway.migration.Migration;
import dev.slipway.migration.catalog.ChangeClass;
import dev.slipway.migration.verdict.Order;
import dev.slipway.release.GateQuestion.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Whether the migrations of the commit can run on production's schema beside live code.
record MigrationGates(Situation now) {
    private static final GateQuestion LEDGER =
            new GateQuestion(Gate.LEDGER, "Migrations and ledger agree");
    private static final GateQuestion VERDICT =
            new GateQuestion(Gate.VERDICT, "Code and migrations have a safe order");

    List<Gate> all() {
        return List.of(
                now.ledger().value().isPresent()
                        ? LEDGER.judge(now.ledger(), MigrationGates::ledger)
                        : LEDGER.answer(
                                Finding.unknown(Sentence.of(now.ledger().doubt())),
                                now.ledger().asOf()),
                verdict(),
                locks());
    }

    private static Finding ledger(LedgerState state) {
        var wrong = wrong(state);
        var pending = state.pending();
        if (wrong.isEmpty()) {
            return Finding.pass(
                    pending.isEmpty()
                            ? "Nothing is pending."
                            : pending.size() + " pending: " + tags(pending) + ".");
        }
        return Finding.fail(
                String.join(" ", wrong)
                        + (pending.isEmpty()
                                ? ""
                                : " " + pending.size() + " pending: " + tags(pending) + ".")
                        + " Nothing was changed.");
    }

    private static List<String> wrong(LedgerState state) {
        var wrong = new ArrayList<>(state.problems());
        var skipped = state.in(LedgerState.State.SKIPPED_BY_DRIZZLE);
        if (!skipped.isEmpty()) {
            wrong.add(
                    "Drizzle skips "
                            + tags(skipped)
                            + " for ever, because a newer migration ran before. Run it now with"
                            + " \"slipway repair "
                            + skipped.getFirst().tag()
                            + " --apply\", or, when what it does is there, write it down with"
                            + " --record.");
        }
        var edited = state.in(LedgerState.State.EDITED_AFTER_APPLY);
        if (!edited.isEmpty()) {
            wrong.add(
                    "Changed after it ran in production: "
                            + tags(edited)
                            + ". Put the file back as it was (its row in the ledger has the hash), and"
                            + " write the change as a new migration.");
        }
        if (!state.outside().isEmpty()) {
            wrong.add(
                    "Not in the journal, so Drizzle would never run it: "
                            + String.join(", ", state.outside())
                            + ". Add an entry or remove the file.");
        }
        if (!state.unknown().isEmpty()) {
            wrong.add(
                    "Production ran "
                            + state.unknown().size()
                            + " that the repository does not have: "
                            + state.unknown().stream()
                                    .map(MigrationGates::name)
                                    .collect(Collectors.joining("; "))
                            + ". Bring its file and journal entry to "
                            + "the branch it was run from, or merge that branch first.");
        }
        return wrong;
    }

    private static String name(Ledger.Row row) {
        return row.name()
                .orElse(
                        "row "
                                + row.id()
                                + ", hash "
                                + row.hash().substring(0, Math.min(8, row.hash().length())));
    }

    private static String tags(List<Migration> migrations) {
        return migrations.stream().map(Migration::tag).collect(Collectors.joining(", "));
    }

    private Gate verdict() {
        var pending = now.ledger().value().map(LedgerState::pending);
        if (pending.isEmpty()) {
            return VERDICT.answer(
                    Finding.unknown(Sentence.of(now.ledger().doubt())), now.ledger().asOf());
        }
        if (pending.get().isEmpty()) {
            return VERDICT.answer(Finding.pass("Nothing is pending."), now.ledger().asOf());
        }
        var deceptions = pending.get().stream().flatMap(m -> Deception.in(m).stream()).toList();
        return deceptions.isEmpty()
                ? VERDICT.judge(now.rehearsal(), MigrationGates::verdict)
                : VERDICT.answer(
                        Finding.fail(String.join(" ", deceptions) + " Nothing was changed."),
                        now.ledger().asOf());
    }

    private static Finding verdict(RehearsalResult rehearsal) {
        var verdict = rehearsal.verdict();
        return switch (verdict.order().kind()) {
            case NOTHING -> Finding.pass("Nothing is pending.");
            case ANY, SCHEMA_FIRST ->
                    switch (verdict.fit().liveOnNew().answer()) {
                        case YES -> Finding.pass(verdict.sentence());
                        case UNKNOWN ->
                                Finding.unknown(verdict.sentence() + " Nothing was changed.");
                        case NO -> Finding.fail(verdict.sentence() + " Nothing was changed.");
                    };
            // What waits is judged again when its own plan is made.
            case CODE_FIRST -> Finding.pass(verdict.order().sentence());
            case SPLIT -> beforeTraffic(rehearsal);
            case NONE -> Finding.fail(verdict.sentence() + " Nothing was changed.");
        };
    }

    /// Statements were checked on the schema after all migrations, so what the first ones do to them
    /// is told by the catalog alone.
    private static Finding beforeTraffic(RehearsalResult rehearsal) {
        var order = rehearsal.verdict().order();
        var doubts =
                order.before().stream()
                        .filter(tag -> !rehearsal.known().contains(tag))
                        .flatMap(tag -> rehearsal.migration(tag).stream())
                        .flatMap(migration -> migration.findings().stream())
                        .filter(finding ->
                                finding.change() == ChangeClass.BEHAVIOUR
                                        || finding.change() == ChangeClass.PERFORMANCE)
                        .map(finding -> finding.sentence())
                        .distinct()
                        .toList();
        return doubts.isEmpty()
                ? Finding.pass(order.sentence())
                : Finding.unknown(
                        order.sentence()
                                + " What runs first may change what live code does: "
                                + String.join("; ", doubts)
                                + ". Nothing was changed.");
    }

    private Gate locks() {
        var pending = now.ledger().value().map(LedgerState::pending);
        return pending.filter(List::isEmpty).isPresent()
                ? LockGate.QUESTION.answer(Finding.pass("Nothing is pending."), now.ledger().asOf())
                : LockGate.QUESTION.judge(
                        now.rehearsal(),
                        rehearsal ->
                                rehearsal.verdict().order().kind() == Order.Kind.CODE_FIRST
                                        ? Finding.pass("This plan runs no migration.")
                                        : LockGate.judge(rehearsal));
    }
}
