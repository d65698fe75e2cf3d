package dev.slipway.production;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.InputException;
import dev.slipway.domain.Provider;
import dev.slipway.github.GitHub;
import dev.slipway.github.RepositoryTree;
import dev.slipway.http.Purpose;
import dev.slipway.migration.FolderReader;
import dev.slipway.migration.Ledger;
import dev.slipway.migration.LedgerState;
import dev.slipway.migration.MigrationFolder;
import dev.slipway.neon.Endpoint;
import dev.slipway.stack.Stack;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Reads the ledger of production beside the migrations of a tree. Looking by itself wakes nothing and keeps
/// nothing awake: meanwhile the last ledger is compared, with its age. Safe for use by several threads.
final class Schemas {
    private final Stack stack;
    private final GitHub gitHub;
    private final Databases databases;
    private final ProductionReader.LedgerReader ledgers;
    private final InstantSource clock;
    private final Quiet quiet;
    private final Map<String, MigrationFolder> folders = new ConcurrentHashMap<>();
    private final Recent<Schema> atHead;
    private volatile Optional<Schema> last = Optional.empty();
    private volatile Optional<Kept> kept = Optional.empty();

    /// The ledger as it was read last.
    private record Kept(Ledger ledger, Instant asOf) {
        Schema beside(MigrationFolder folder, String tree) {
            return new Schema(
                    Optional.of(LedgerState.of(folder, ledger)),
                    Optional.empty(),
                    asOf,
                    Optional.of(tree));
        }
    }

    /// Who asks for a reading.
    enum Asked {
        /// A person or an operation: it is read, and may be woken.
        ANEW,
        /// A person, where nothing may be woken.
        AWAKE,
        /// Nobody.
        BY_ITSELF
    }

    Schemas(
            Stack stack,
            GitHub gitHub,
            Databases databases,
            ProductionReader.LedgerReader ledgers,
            InstantSource clock,
            Quiet quiet) {
        this.stack = stack;
        this.gitHub = gitHub;
        this.databases = databases;
        this.ledgers = ledgers;
        this.clock = clock;
        this.quiet = quiet;
        atHead = new Recent<>(clock);
    }

    /// Reads for somebody who asked, which may wake the compute.
    ///
    /// @param tree sha of a commit or tree; empty means the head of the base branch
    Schema anew(Optional<String> tree, Supplier<NeonLists> there) {
        Supplier<Schema> reader =
                () -> read(gitHub.as(Purpose.FOREGROUND), tree, there, Asked.ANEW);
        return tree.isEmpty() ? atHead.anew(Looker.PRODUCTION, reader) : reader.get();
    }

    /// Reads without waking anything. Those that look together share one reading of the base branch.
    ///
    /// @param look when the look began that asks
    Schema since(
            Looker looker,
            Instant look,
            Optional<String> tree,
            Supplier<NeonLists> there,
            Asked asked) {
        Supplier<Schema> reader = () -> read(gitHub.as(Purpose.BACKGROUND), tree, there, asked);
        return tree.isEmpty() ? atHead.since(looker, look, reader) : reader.get();
    }

    /// The base branch as it was last read; empty before.
    Optional<Schema> last() {
        return last;
    }

    /// The ledger as it was read last beside the migrations of a tree; empty before it was read.
    Optional<Schema> beside(String tree) {
        return kept.map(ledger -> ledger.beside(folder(tree), tree));
    }

    /// The compute of production, while looking into its database wakes nothing.
    Optional<Endpoint> awake(NeonLists there) {
        return there.branches().stream()
                .filter(b -> b.name().equals(stack.neon().branch()))
                .flatMap(b -> Databases.awake(b.id(), there.endpoints()).stream())
                .findFirst();
    }

    private boolean mayTouch(NeonLists there, Asked asked) {
        return switch (asked) {
            case ANEW -> true;
            case AWAKE -> awake(there).isPresent();
            case BY_ITSELF ->
                    awake(there)
                            .filter(compute -> quiet.over(compute) || kept.isEmpty())
                            .isPresent();
        };
    }

    private Schema read(GitHub hub, Optional<String> tree, Supplier<NeonLists> neon, Asked asked) {
        var asOf = clock.instant();
        try {
            var sha = tree.orElseGet(() -> baseHead(hub));
            var folder = folder(sha);
            var there = neon.get();
            var branch = databases.production(there.branches()).id();
            if (!mayTouch(there, asked)) {
                return kept.map(ledger -> ledger.beside(folder, sha))
                        .orElseGet(() ->
                                new Schema(
                                        Optional.empty(),
                                        Optional.of(
                                                "The production compute sleeps; looking would wake"
                                                        + " it."),
                                        asOf,
                                        Optional.of(sha)));
            }
            if (asked != Asked.BY_ITSELF) {
                quiet.touched();
            }
            var read =
                    new Kept(
                            ledgers.read(
                                    databases.connection(branch), Databases.ledgerTable(stack)),
                            asOf);
            kept = Optional.of(read);
            var schema = read.beside(folder, sha);
            if (tree.isEmpty()) {
                last = Optional.of(schema);
            }
            return schema;
        } catch (FailureException e) {
            return new Schema(
                    Optional.empty(), Optional.of(e.failure().sentence()), asOf, Optional.empty());
        } catch (InputException e) {
            return new Schema(
                    Optional.empty(), Optional.of(String.join(" ", e.problems())), asOf, tree);
        }
    }

    /// The migrations of a tree.
    ///
    /// @throws InputException when the folder is wrong
    MigrationFolder folder(String sha) {
        return folders.computeIfAbsent(
                sha,
                _ ->
                        FolderReader.read(
                                RepositoryTree.read(gitHub, sha), stack.migrations().folder()));
    }

    private String baseHead(GitHub hub) {
        return hub.ref("refs/heads/" + stack.branch())
                .orElseThrow(() ->
                        new FailureException(
                                new Failure.NotFound(Provider.GITHUB, "branch " + stack.branch())))
                .sha();
    }
}
