package dev.slipway.release;

import dev.slipway.migration.Ledger;
import dev.slipway.migration.LedgerState;
import dev.slipway.migration.Migration;
import dev.slipway.release.GateQuestion.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Whether the migrations of the commit can run on production's schema beside live code.
record MigrationGates(Situation now) {
    private static final GateQuestion LEDGER =
            new GateQuestion("ledger", "Migrations and ledger agree");
    private static final GateQuestion VERDICT =
            new GateQuestion("verdict", "Pending migrations only add");

    List<Gate> all() {
        return List.of(
                LEDGER.judge(now.ledger(), MigrationGates::ledger),
                VERDICT.judge(now.dangers(), MigrationGates::verdict));
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
                            + " for ever, because a newer migration ran before.");
        }
        var edited = state.in(LedgerState.State.EDITED_AFTER_APPLY);
        if (!edited.isEmpty()) {
            wrong.add("Changed after it ran in production: " + tags(edited) + ".");
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
                            + ".");
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

    private static Finding verdict(List<String> dangers) {
        return Finding.of(
                dangers.isEmpty(),
                "Live code keeps what it uses.",
                String.join(" ", dangers) + " Nothing was changed.");
    }
}
