package dev.slipway.migration.rehearsal;

import dev.slipway.migration.LedgerTable;
import dev.slipway.migration.LoneStatement;
import dev.slipway.migration.MigrationListener;
import dev.slipway.migration.catalog.Catalog;
import dev.slipway.migration.catalog.CatalogDifference;
import dev.slipway.migration.catalog.CatalogObject;
import dev.slipway.migration.catalog.CatalogReader;
import dev.slipway.migration.catalog.ChangeClass;
import dev.slipway.migration.catalog.CheckProbe;
import dev.slipway.migration.catalog.Finding;
import dev.slipway.migration.rehearsal.RehearsalReport.Failed;
import dev.slipway.migration.rehearsal.RehearsalReport.Held;
import dev.slipway.postgres.PostgresFailure;
import dev.slipway.postgres.PostgresFailure.During;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Listens to a migrator and measures between its statements. What it hears goes on to another
/// listener.
final class Measurement implements MigrationListener {
    /// After so many statements the catalog is read once per migration only.
    private static final int TOLD = 60;

    /// `unsafe_new_enum_value_usage`
    private static final String LABEL_NOT_COMMITTED = "55P04";

    private final Catalog live;
    private final LedgerTable ledger;
    private final Canary canary;
    private final MigrationListener next;

    /// Tables and views of the code that is live.
    private final Set<Long> known;

    private final List<MigrationReport> migrations = new ArrayList<>();
    private final List<StatementReport> statements = new ArrayList<>();
    private final Map<StatementReport.Lock, Long> since = new LinkedHashMap<>();
    private final List<Held> held = new ArrayList<>();
    private final Set<Awaited> awaited = new LinkedHashSet<>();
    private final List<Finding> meant = new ArrayList<>();
    private final Supplier<Connection> connections;
    private final RowFindings findings;
    private Optional<Running> running = Optional.empty();
    private Optional<Witness> witness = Optional.empty();
    private Optional<Failed> failed = Optional.empty();
    private Kept kept;
    private Catalog last;
    private Catalog lastStatement;
    private int told;
    private long first;
    private long end;

    /// @param connections opens one more connection to the branch
    Measurement(
            Catalog live,
            LedgerTable ledger,
            Canary canary,
            Supplier<Connection> connections,
            MigrationListener next) {
        this.live = live;
        this.last = live;
        this.lastStatement = live;
        this.findings = new RowFindings(live);
        this.kept = new Kept(List.of(), List.of(), List.of(), live, live, 0);
        this.ledger = ledger;
        this.canary = canary;
        this.connections = connections;
        this.next = next;
        this.known =
                live.objects()
                        .filter(object ->
                                switch (object.kind()) {
                                    case TABLE, VIEW, MATERIALIZED_VIEW -> true;
                                    default -> false;
                                })
                        .map(CatalogObject::key)
                        .map(CatalogObject.Identity::oid)
                        .collect(Collectors.toUnmodifiableSet());
    }

    /// What parts before the one that runs have left for good.
    private record Kept(
            List<MigrationReport> migrations,
            List<StatementReport> statements,
            List<Finding> meant,
            Catalog last,
            Catalog lastStatement,
            int told) {}

    /// What was heard so far is final: another part begins.
    void part() {
        kept =
                new Kept(
                        List.copyOf(migrations),
                        List.copyOf(statements),
                        List.copyOf(meant),
                        last,
                        lastStatement,
                        told);
        since.clear();
        running = Optional.empty();
    }

    /// A batch that runs.
    ///
    /// @param before the reading before the statement that runs
    private record Running(
            Connection connection, Gauge gauge, Gauge.Reading before, long statementBegan) {}

    /// A question to the server, in the middle of a batch.
    private interface Question<T> {
        T ask() throws SQLException;
    }

    private static <T> T ask(Question<T> question) {
        try {
            return question.ask();
        } catch (SQLException e) {
            throw PostgresFailure.exception(e, During.READING);
        }
    }

    @Override
    public void waiting(String sentence) {
        next.waiting(sentence);
    }

    @Override
    public void began(Connection connection) {
        again(migrations, kept.migrations());
        again(statements, kept.statements());
        again(meant, kept.meant());
        since.clear();
        last = kept.last();
        lastStatement = kept.lastStatement();
        told = kept.told();
        measure(connection);
        next.began(connection);
    }

    private static <T> void again(List<T> list, List<T> before) {
        list.clear();
        list.addAll(before);
    }

    private void measure(Connection connection) {
        var gauge = new Gauge(connection);
        running = Optional.of(new Running(connection, gauge, ask(gauge::read), 0));
        if (first == 0) {
            first = System.nanoTime();
        }
    }

    /// Its locks are seen from outside, the rest is read over the second session.
    @Override
    public void alone(Connection session, LoneStatement statement) {
        next.alone(session, statement);
        measure(canary.connection());
        var table = ask(() -> statement.table(session));
        table.flatMap(name -> Awaited.of(statement, name)).ifPresent(awaited::add);
        witness =
                Optional.of(
                        ask(() ->
                                Witness.of(
                                        canary.connection(),
                                        session,
                                        connections.get(),
                                        table,
                                        this::met)));
    }

    private void met(Set<Gauge.Taken> locks) {
        var gauge = running().gauge();
        locks.stream()
                .filter(lock -> known.contains(lock.relation()))
                .map(lock -> new StatementReport.Lock(gauge.name(lock.relation()), lock.mode()))
                .forEach(lock -> since.putIfAbsent(lock, running().statementBegan()));
        meetAll();
    }

    @Override
    public void begins(Step step) {
        next.begins(step);
        var now = running();
        var before = witness.isPresent() ? now.before() : ask(now.gauge()::read);
        running =
                Optional.of(new Running(now.connection(), now.gauge(), before, System.nanoTime()));
    }

    @Override
    public void done(Step step, Duration took, OptionalLong rows) {
        var seen = witness.map(Witness::end);
        var now = running();
        var gauge = now.gauge();
        var after = ask(gauge::read);
        var locks = gauge.locks(now.before(), seen.map(after::holding).orElse(after), known);
        locks.forEach(lock -> since.putIfAbsent(lock, now.statementBegan()));
        var done =
                new StatementReport(
                        step.tag(),
                        step.number(),
                        step.sql(),
                        took,
                        locks,
                        gauge.rewrites(now.before(), after),
                        seen.isPresent() ? List.of() : gauge.rows(now.before(), after),
                        Gauge.walBytes(now.before(), after),
                        List.of());
        statements.add(done.meaning(meaning(done)));
        if (witness.isPresent()) {
            if (held.stream().noneMatch(lock -> lock.hold().isZero())) {
                meetAll();
            }
            witness = Optional.empty();
            release();
        }
        next.done(step, took, rows);
    }

    /// What the statement that has just run means by itself, as long as there are few enough to ask
    /// after each.
    private List<Finding> meaning(StatementReport done) {
        if (++told > TOLD) {
            return List.of();
        }
        var now = catalog();
        var all = new ArrayList<>(CatalogDifference.between(live, lastStatement, now));
        all.addAll(findings.changed(List.of(done), now));
        all.addAll(findings.meant(List.of(done), last, now));
        lastStatement = now;
        return all;
    }

    private Catalog catalog() {
        var connection = running().connection();
        return ask(() -> CheckProbe.ask(connection, live, CatalogReader.read(connection, ledger)));
    }

    @Override
    public void failed(Step step, Duration took, String state, String message) {
        witness.ifPresent(Witness::end);
        witness = Optional.empty();
        if (!state.equals(PostgresFailure.LOCK_NOT_AVAILABLE)) {
            failed = Optional.of(new Failed(step.tag(), step.number(), state, message));
            var reason =
                    "statement "
                            + step.number()
                            + " fails with "
                            + state
                            + ": "
                            + message
                            + (state.equals(LABEL_NOT_COMMITTED)
                                    ? "; move the statement that adds the label to a migration of its"
                                            + " own before it"
                                    : "");
            close(
                    step.tag(),
                    List.of(new Finding(ChangeClass.FAILED, "migration " + step.tag(), reason)),
                    last);
        }
        next.failed(step, took, state, message);
    }

    @Override
    public void migrated(String tag) {
        var now = catalog();
        var all = new ArrayList<>(CatalogDifference.between(live, last, now));
        var without = findings.meant(statements, last, now);
        meant.addAll(without);
        all.addAll(without);
        close(tag, all, now);
        last = now;
        next.migrated(tag);
    }

    private void close(String tag, List<Finding> catalog, Catalog now) {
        var all = new ArrayList<>(catalog);
        all.addAll(findings.changed(statements, now));
        migrations.add(new MigrationReport(tag, statements, all));
        statements.clear();
    }

    @Override
    public void committing(String xid) {
        meetAll();
        next.committing(xid);
    }

    /// What this part holds now, to be completed by [#release].
    private void meetAll() {
        held.removeIf(lock -> lock.hold().isZero());
        since.keySet().stream()
                .map(StatementReport.Lock::relation)
                .distinct()
                .forEach(relation -> held.add(meet(relation)));
    }

    /// Tries the table under the name that code which is live knows.
    private Held meet(String relation) {
        var mode =
                since.keySet().stream()
                        .filter(lock -> lock.relation().equals(relation))
                        .map(StatementReport.Lock::mode)
                        .max(Comparator.naturalOrder())
                        .orElseThrow();
        boolean lockable = lockable(relation);
        return new Held(
                relation,
                mode,
                Duration.ZERO,
                lockable
                        ? blocked(mode.blocksReads(), () -> canary.readBlocked(relation))
                        : mode.blocksReads(),
                lockable
                        ? blocked(mode.blocksWrites(), () -> canary.writeBlocked(relation))
                        : mode.blocksWrites());
    }

    /// A lock that a statement in no transaction was seen to hold may be gone before it can be tried.
    private boolean blocked(boolean seen, Question<Boolean> trial) {
        return (witness.isPresent() && seen) || ask(trial);
    }

    /// LOCK TABLE knows no materialized views.
    private boolean lockable(String relation) {
        return live.objects()
                .noneMatch(object ->
                        object.kind() == CatalogObject.Kind.MATERIALIZED_VIEW
                                && object.name().equals(relation));
    }

    @Override
    public void committed() {
        release();
        next.committed();
    }

    private void release() {
        end = System.nanoTime();
        held.replaceAll(lock ->
                lock.hold().isZero()
                        ? new Held(
                                lock.relation(),
                                lock.mode(),
                                Duration.ofNanos(end - strongest(lock)),
                                lock.readsBlocked(),
                                lock.writesBlocked())
                        : lock);
    }

    private long strongest(Held lock) {
        return since.getOrDefault(new StatementReport.Lock(lock.relation(), lock.mode()), first);
    }

    /// The report of what was heard.
    RehearsalReport report() {
        var all = new ArrayList<>(CatalogDifference.between(live, last));
        migrations.forEach(migration -> all.addAll(findings.changed(migration.statements(), last)));
        all.addAll(meant);
        failed.ifPresent(failure ->
                all.addAll(
                        migrations.getLast().findings().stream()
                                .filter(finding -> finding.change() == ChangeClass.FAILED)
                                .toList()));
        return new RehearsalReport(
                migrations,
                all,
                held,
                List.copyOf(awaited),
                Duration.ofNanos((end == 0 ? System.nanoTime() : end) - first),
                failed);
    }

    private Running running() {
        return running.orElseThrow(() -> new IllegalStateException("no batch has begun"));
    }
}
