package dev.slipway.migration.rehearsal;

import dev.slipway.migration.LedgerTable;
import dev.slipway.migration.MigrationListener;
import dev.slipway.migration.catalog.Catalog;
import dev.slipway.migration.catalog.CatalogDifference;
import dev.slipway.migration.catalog.CatalogObject;
import dev.slipway.migration.catalog.CatalogReader;
import dev.slipway.migration.catalog.ChangeClass;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/// Listens to a migrator and measures between its statements. What it hears goes on to another
/// listener.
final class Measurement implements MigrationListener {
    /// After so many statements the catalog is read once per migration only.
    private static final int TOLD = 60;

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
    private final List<Finding> meant = new ArrayList<>();
    private Optional<Running> running = Optional.empty();
    private Optional<Failed> failed = Optional.empty();
    private Catalog last;
    private Catalog lastStatement;
    private int told;
    private long first;
    private long end;

    Measurement(Catalog live, LedgerTable ledger, Canary canary, MigrationListener next) {
        this.live = live;
        this.last = live;
        this.lastStatement = live;
        this.ledger = ledger;
        this.canary = canary;
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
        migrations.clear();
        statements.clear();
        meant.clear();
        since.clear();
        last = live;
        lastStatement = live;
        told = 0;
        var gauge = new Gauge(connection);
        running = Optional.of(new Running(connection, gauge, ask(gauge::read), 0));
        first = System.nanoTime();
        next.began(connection);
    }

    @Override
    public void begins(Step step) {
        next.begins(step);
        var now = running();
        running =
                Optional.of(
                        new Running(
                                now.connection(),
                                now.gauge(),
                                ask(now.gauge()::read),
                                System.nanoTime()));
    }

    @Override
    public void done(Step step, Duration took, OptionalLong rows) {
        var now = running();
        var gauge = now.gauge();
        var after = ask(gauge::read);
        var locks = gauge.locks(now.before(), after, known);
        locks.forEach(lock -> since.putIfAbsent(lock, now.statementBegan()));
        statements.add(
                new StatementReport(
                        step.tag(),
                        step.number(),
                        step.sql(),
                        took,
                        locks,
                        gauge.rewrites(now.before(), after),
                        gauge.rows(now.before(), after),
                        Gauge.walBytes(now.before(), after),
                        alone()));
        next.done(step, took, rows);
    }

    /// What the statement that has just run means, as long as there are few enough to ask after each.
    private List<Finding> alone() {
        if (++told > TOLD) {
            return List.of();
        }
        var now = ask(() -> CatalogReader.read(running().connection(), ledger));
        var findings = CatalogDifference.between(live, lastStatement, now);
        lastStatement = now;
        return findings;
    }

    @Override
    public void failed(Step step, Duration took, String state, String message) {
        if (!state.equals(PostgresFailure.LOCK_NOT_AVAILABLE)) {
            failed = Optional.of(new Failed(step.tag(), step.number(), state, message));
            var reason = "statement " + step.number() + " fails with " + state + ": " + message;
            close(
                    step.tag(),
                    List.of(new Finding(ChangeClass.FAILED, "migration " + step.tag(), reason)));
        }
        next.failed(step, took, state, message);
    }

    @Override
    public void migrated(String tag) {
        var now = ask(() -> CatalogReader.read(running().connection(), ledger));
        var findings = new ArrayList<>(CatalogDifference.between(live, last, now));
        findings.addAll(meant(now));
        close(tag, findings);
        last = now;
        next.migrated(tag);
    }

    private void close(String tag, List<Finding> findings) {
        var all = new ArrayList<>(findings);
        all.addAll(data(statements));
        migrations.add(new MigrationReport(tag, statements, all));
        statements.clear();
    }

    /// Statements that are written to change rows and found none, on tables this migration did not
    /// make itself: whoever wrote them knew of rows.
    private List<Finding> meant(Catalog now) {
        var before = tables(last);
        var findings = new ArrayList<Finding>();
        for (var statement : statements) {
            RowStatement.of(statement.sql())
                    .filter(each ->
                            before.contains(each.table()) || !tables(now).contains(each.table()))
                    .filter(each -> !changed(statement, each.table()))
                    .filter(each -> !fillsNewColumns(each))
                    .map(each ->
                            new Finding(
                                    ChangeClass.DATA,
                                    "table " + each.table(),
                                    "is the target of "
                                            + each.verb()
                                            + " in statement "
                                            + statement.number()
                                            + ", which found no rows on the branch and may find some"
                                            + " in production"))
                    .ifPresent(findings::add);
        }
        meant.addAll(findings);
        return findings;
    }

    /// Filling what the batch itself added changes nothing that live code reads.
    private boolean fillsNewColumns(RowStatement statement) {
        return !statement.columns().isEmpty()
                && live.objects()
                        .filter(object -> object.kind() == CatalogObject.Kind.COLUMN)
                        .filter(object ->
                                object.parent()
                                        .flatMap(live::find)
                                        .filter(table -> table.name().equals(statement.table()))
                                        .isPresent())
                        .noneMatch(column -> statement.columns().contains(column.name()));
    }

    private static boolean changed(StatementReport statement, String table) {
        return statement.rows().stream()
                .filter(rows -> rows.table().equals(table))
                .anyMatch(rows -> rows.updated() > 0 || rows.deleted() > 0 || rows.truncated());
    }

    private static Set<String> tables(Catalog catalog) {
        return catalog.objects()
                .filter(object -> object.kind() == CatalogObject.Kind.TABLE)
                .map(CatalogObject::name)
                .collect(Collectors.toSet());
    }

    /// What statements did to rows that existed.
    private List<Finding> data(List<StatementReport> done) {
        var names = tables(live);
        var findings = new ArrayList<Finding>();
        for (var statement : done) {
            for (var rows : statement.rows()) {
                if (names.contains(rows.table())) {
                    var table = "table " + rows.table();
                    if (rows.truncated()) {
                        findings.add(new Finding(ChangeClass.DATA, table, "is emptied as a whole"));
                    }
                    if (rows.updated() > 0) {
                        findings.add(
                                new Finding(
                                        ChangeClass.DATA,
                                        table,
                                        "gets " + rows.updated() + " rows changed"));
                    }
                    if (rows.deleted() > 0) {
                        findings.add(
                                new Finding(
                                        ChangeClass.DATA,
                                        table,
                                        "loses " + rows.deleted() + " rows"));
                    }
                    if (rows.inserted() > 0) {
                        findings.add(
                                new Finding(
                                        ChangeClass.EXPAND,
                                        table,
                                        "gets " + rows.inserted() + " new rows"));
                    }
                }
            }
        }
        return findings;
    }

    @Override
    public void committing(String xid) {
        held.clear();
        since.keySet().stream()
                .map(StatementReport.Lock::relation)
                .distinct()
                .forEach(relation -> held.add(meet(relation)));
        next.committing(xid);
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
                lockable ? ask(() -> canary.readBlocked(relation)) : mode.blocksReads(),
                lockable ? ask(() -> canary.writeBlocked(relation)) : mode.blocksWrites());
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
        end = System.nanoTime();
        held.replaceAll(lock ->
                new Held(
                        lock.relation(),
                        lock.mode(),
                        Duration.ofNanos(end - strongest(lock)),
                        lock.readsBlocked(),
                        lock.writesBlocked()));
        next.committed();
    }

    private long strongest(Held lock) {
        return since.getOrDefault(new StatementReport.Lock(lock.relation(), lock.mode()), first);
    }

    /// The report of what was heard.
    RehearsalReport report() {
        var findings = new ArrayList<>(CatalogDifference.between(live, last));
        migrations.forEach(migration -> findings.addAll(data(migration.statements())));
        findings.addAll(meant);
        failed.ifPresent(failure ->
                findings.addAll(
                        migrations.getLast().findings().stream()
                                .filter(finding -> finding.change() == ChangeClass.FAILED)
                                .toList()));
        return new RehearsalReport(
                migrations,
                findings,
                held,
                Duration.ofNanos((end == 0 ? System.nanoTime() : end) - first),
                failed);
    }

    private Running running() {
        return running.orElseThrow(() -> new IllegalStateException("no batch has begun"));
    }
}
