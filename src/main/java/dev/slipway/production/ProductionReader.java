package dev.slipway.production;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.domain.Attempt;
import dev.slipway.domain.CommitSha;
import dev.slipway.domain.Failure;
import dev.slipway.domain.InputException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.Secret;
import dev.slipway.github.GitHub;
import dev.slipway.github.Tag;
import dev.slipway.health.Probe;
import dev.slipway.health.Prober;
import dev.slipway.http.Purpose;
import dev.slipway.migration.Ledger;
import dev.slipway.migration.LedgerTable;
import dev.slipway.migration.MigrationFolder;
import dev.slipway.neon.Neon;
import dev.slipway.operation.Questions;
import dev.slipway.stack.Stack;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Reads what production runs. A provider that does not answer leaves its part unknown.
///
/// Safe for use by several threads.
public final class ProductionReader {
    private final Stack stack;
    private final GitHub gitHub;
    private final Neon neon;
    private final Cloudflare cloudflare;
    private final InstantSource clock;
    private final Schemas schemas;
    private final Quiet quiet;
    private final Recent<NeonLists> neonLists;
    private final LiveReader live = new LiveReader();
    private final HealthReader health;

    /// Reads the ledger of a database.
    @FunctionalInterface
    public interface LedgerReader {
        /// Reads `table`.
        ///
        /// @param connection direct connection string
        Ledger read(Secret connection, LedgerTable table);
    }

    /// Whether looking may wake the production compute.
    public enum Wake {
        /// A person or an operation asked.
        ALLOWED,
        /// Nobody waits: a sleeping compute stays asleep and an idle one may fall asleep, the last reading
        /// is shown with its age, and the calls providers keep in reserve are left alone.
        NEVER
    }

    public ProductionReader(
            Stack stack,
            GitHub gitHub,
            Neon neon,
            Cloudflare cloudflare,
            Prober prober,
            LedgerReader ledgers,
            InstantSource clock) {
        this.stack = stack;
        this.gitHub = gitHub;
        this.neon = neon;
        this.cloudflare = cloudflare;
        this.clock = clock;
        quiet = new Quiet(clock);
        health = new HealthReader(stack, prober, quiet);
        schemas = new Schemas(stack, gitHub, new Databases(neon, stack), ledgers, clock, quiet);
        neonLists = new Recent<>(clock);
    }

    /// Reads production beside the head of the base branch.
    public ProductionState read(Wake wake) {
        var failures = new EnumMap<Provider, Failure>(Provider.class);
        var purpose = purpose(wake);
        var flare = cloudflare.as(purpose);
        var look = clock.instant();
        try (var questions = new Questions()) {
            var workers =
                    stack.workers().stream()
                            .map(worker -> questions.ask(() -> live.of(flare, worker)))
                            .toList();
            var there = questions.ask(() -> Attempt.at(() -> databases(purpose, look)));
            var schema = questions.ask(() -> schema(wake, look, () -> there.get().orThrow()));
            var tags = questions.ask(() -> Attempt.at(gitHub.as(purpose)::tags));
            var lists = there.get().value();
            var awake = lists.flatMap(schemas::awake);
            var heard = health.heard(wake, awake, workers.stream().map(Supplier::get).toList());
            var tagList = tags.get();
            tagList.failure().ifPresent(f -> failures.put(f.provider(), f));
            var commit = LiveReader.commit(heard.live());
            return new ProductionState(
                    clock.instant(),
                    commit.flatMap(c -> release(c, tagList.value().orElse(List.of()))),
                    commit,
                    heard.live(),
                    schema.get(),
                    lists.flatMap(this::kept),
                    heard.probes(),
                    HealthReader.fit(heard.live(), heard.probes()),
                    failures);
        }
    }

    private Optional<String> kept(NeonLists lists) {
        return lists.branches().stream()
                .filter(branch -> branch.name().equals(stack.neon().branch()))
                .findFirst()
                .flatMap(branch -> Databases.keptBy(branch, lists.branches()));
    }

    private Schema schema(Wake wake, Instant look, Supplier<NeonLists> there) {
        return wake == Wake.ALLOWED
                ? schemas.anew(Optional.empty(), there)
                : schemas.since(
                        Looker.PRODUCTION, look, Optional.empty(), there, Schemas.Asked.BY_ITSELF);
    }

    /// What the live Workers answer now, one probe each.
    public List<Probe> probe() {
        return health.probe(
                stack.workers().stream().map(worker -> live.of(cloudflare, worker)).toList());
    }

    private static Purpose purpose(Wake wake) {
        return switch (wake) {
            case ALLOWED -> Purpose.FOREGROUND;
            case NEVER -> Purpose.BACKGROUND;
        };
    }

    private Optional<String> release(CommitSha commit, List<Tag> tags) {
        return tags.stream()
                .filter(tag -> tag.commit().equals(commit))
                .flatMap(tag -> Releases.number(stack.environment(), tag.name()).stream())
                .max(Comparator.naturalOrder())
                .map(number -> "r" + number);
    }

    /// The ledger beside the migrations of a tree.
    ///
    /// @param tree sha of a commit or tree; empty means the head of the base branch
    public Schema schema(Wake wake, Optional<String> tree) {
        return switch (wake) {
            case ALLOWED -> schemas.anew(tree, () -> databases(purpose(wake), clock.instant()));
            case NEVER -> {
                var look = clock.instant();
                yield schemas.since(
                        Looker.PRODUCTION,
                        look,
                        tree,
                        () -> databases(purpose(wake), look),
                        Schemas.Asked.BY_ITSELF);
            }
        };
    }

    /// The ledger of `schema`, or a newer one, beside the migrations of another tree. No database is asked.
    ///
    /// @param tree sha of a commit or tree
    public Schema beside(Schema schema, String tree) {
        return schema.state()
                .flatMap(_ -> schemas.beside(tree))
                .orElseGet(() ->
                        new Schema(
                                Optional.empty(),
                                schema.doubt().or(() -> Optional.of("The ledger was not read.")),
                                schema.asOf(),
                                Optional.of(tree)));
    }

    /// The ledger beside the migrations of the base branch while the production compute is awake;
    /// while it sleeps the last reading, and nobody is asked anything.
    ///
    /// @param look when the look began that asks; those that look together share one reading
    /// @param there what Neon has just said
    /// @param purpose whether somebody waits for it: then it is read, however recently it was
    public Optional<Schema> schemaAwake(Instant look, NeonLists there, Purpose purpose) {
        var asked =
                switch (purpose) {
                    case FOREGROUND, ROLLBACK -> Schemas.Asked.AWAKE;
                    case BACKGROUND -> Schemas.Asked.BY_ITSELF;
                };
        return schemas.awake(there).isPresent()
                ? Optional.of(
                        schemas.since(Looker.PREVIEWS, look, Optional.empty(), () -> there, asked))
                : schemas.last();
    }

    /// Something used production's database: who looks by itself may look again.
    public void used() {
        quiet.touched();
    }

    /// What Neon says, read once for all that look together.
    ///
    /// @param look when the look began that asks
    public NeonLists neon(Looker looker, Purpose purpose, Instant look) {
        return neonLists.since(looker, look, () -> lists(purpose));
    }

    private NeonLists databases(Purpose purpose, Instant look) {
        // What a person or an operation decides on is read for them.
        return purpose == Purpose.BACKGROUND
                ? neon(Looker.PRODUCTION, purpose, look)
                : neonLists.anew(Looker.PRODUCTION, () -> lists(purpose));
    }

    private NeonLists lists(Purpose purpose) {
        var port = neon.as(purpose);
        return new NeonLists(port.branches(), port.endpoints());
    }

    /// The migrations of a tree.
    ///
    /// @throws InputException when the folder is wrong
    public MigrationFolder folder(String sha) {
        return schemas.folder(sha);
    }
}
