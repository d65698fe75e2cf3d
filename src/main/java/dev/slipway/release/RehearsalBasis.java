package dev.slipway.release;

import dev.slipway.migration.Ledger;
import dev.slipway.migration.LedgerState;
import dev.slipway.migration.MigrationOrder.Planned;
import dev.slipway.operation.CanonicalJson;
import dev.slipway.production.LiveWorker;
import dev.slipway.production.ProductionState;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a rehearsal is true for. When one of these changes it has to be done again.
///
/// @param tree sha of the tree whose migrations ran
/// @param pending what was pending in production, in order
/// @param live the version that has all traffic, by Worker; a Worker without one is left out
/// @param ledgerHead the newest row of production's ledger; empty without one
public record RehearsalBasis(
        String tree, List<Planned> pending, SortedMap<String, String> live, String ledgerHead) {
    public RehearsalBasis {
        pending = List.copyOf(pending);
    }

    static RehearsalBasis of(String tree, LedgerState ledger, List<LiveWorker> workers) {
        var live = new TreeMap<String, String>();
        workers.forEach(w -> w.only().ifPresent(version -> live.put(w.name(), version.id())));
        return new RehearsalBasis(
                tree, ledger.pending().stream().map(Planned::of).toList(), live, head(ledger));
    }

    static RehearsalBasis of(String tree, LedgerState ledger, ProductionState production) {
        return of(tree, ledger, production.workers());
    }

    /// The same for other migrations than the pending ones.
    RehearsalBasis about(List<Planned> migrations) {
        return new RehearsalBasis(tree, migrations, live, ledgerHead);
    }

    private static String head(LedgerState ledger) {
        return Stream.concat(
                        ledger.unknown().stream(),
                        ledger.entries().stream().flatMap(entry -> entry.row().stream()))
                .max(Comparator.comparingLong(Ledger.Row::id))
                .map(row -> row.id() + " " + row.hash())
                .orElse("");
    }

    /// The same text for the same basis.
    String key() {
        return CanonicalJson.sha256(
                String.join("\n", tree, pending.toString(), hashes(), live.toString(), ledgerHead));
    }

    private String hashes() {
        return String.join(",", pending.stream().map(Planned::hash).toList());
    }
}
