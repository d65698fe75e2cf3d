package dev.slipway.release.step;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.migration.LedgerReader;
import dev.slipway.migration.LedgerState;
import dev.slipway.migration.LoneMigrator;
import dev.slipway.migration.LoneStatement;
import dev.slipway.migration.MigrationOrder.Planned;
import dev.slipway.migration.RunPlan;
import dev.slipway.migration.rehearsal.Awaited;
import dev.slipway.migration.rehearsal.LockMode;
import dev.slipway.migration.rehearsal.LocksInTheWay;
import dev.slipway.migration.rehearsal.LocksInTheWay.Needed;
import dev.slipway.operation.CanonicalJson;
import dev.slipway.operation.Observation;
import dev.slipway.operation.Sending;
import dev.slipway.operation.StepScope;
import dev.slipway.operation.StepWork;
import dev.slipway.postgres.Backend;
import dev.slipway.postgres.LockHolder;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Carries out one statement outside of any transaction. What it makes is observed in the catalog; each
/// attempt makes one change: it clears away what an interrupted one left, or it runs the statement.
///
/// @param where the database, and what its migrations are
public record MigrateAlone(Migrate where) implements StepWork {
    @Override
    public Observation observe(StepScope scope) {
        if (where.rehearsal() && scope.purpose() != StepScope.Purpose.ACT) {
            return Observation.Done.seen(Map.of());
        }
        return looking(where, scope, session -> judged(scope, session));
    }

    private Observation judged(StepScope scope, Connection session) throws SQLException {
        var state =
                LedgerState.of(
                        where.folder(scope), LedgerReader.read(session, Migrate.table(scope)));
        var planned = Migrate.planned(scope);
        if (state.in(LedgerState.State.APPLIED).stream()
                .map(Planned::of)
                .toList()
                .containsAll(planned)) {
            return Observation.Done.seen(Map.of("ledger", "its migration is written down"));
        }
        if (!Migrate.toRun(scope, state)) {
            return new Observation.Foreign(
                    "The database has other pending migrations than the plan. Nothing was run.",
                    Map.of());
        }
        var statement = statement(where, scope);
        var seen = statement.look(session, scope.captured());
        if (seen.working()) {
            return Observation.NotYet.because("the server works on " + statement.thing());
        }
        if (seen.left().isPresent()) {
            return new Observation.Absent(Map.of("left", seen.left().get()), seen.facts());
        }
        if (!seen.done()) {
            return new Observation.Absent(Map.of("missing", statement.thing()), seen.facts());
        }
        return scope.begun(scope.step().key()) || statement.tolerant()
                ? Observation.Done.seen(Map.of("seen", statement.thing()))
                : new Observation.Failed(
                        "There is "
                                + statement.thing()
                                + " already, and not by this operation; PostgreSQL would refuse the"
                                + " statement. Take it away, or write the statement with IF EXISTS or"
                                + " IF NOT EXISTS.",
                        Map.of());
    }

    @Override
    public Receipt send(StepScope scope, Sending sending) {
        where.fence(scope);
        var statement = statement(where, scope);
        var way = inTheWay(scope, statement);
        return sent(
                Map.of("inTheWay", way.isEmpty() ? "nobody" : String.join("; ", way)),
                () ->
                        where.migrator()
                                .lone()
                                .run(
                                        where.address(scope),
                                        LoneMigrator.patient(where.order(scope)),
                                        statement,
                                        scope.captured(),
                                        sql -> announce(sending, sql),
                                        new Migrate.Told(scope, sending)));
    }

    /// Who is waited for when it begins: those with another lock on its table, and whom it waits for in
    /// its middle.
    private List<String> inTheWay(StepScope scope, LoneStatement statement) {
        try (var session = where.open(scope, "slipway")) {
            var table = statement.table(session);
            if (table.isEmpty()) {
                return List.of();
            }
            var way =
                    LocksInTheWay.of(
                            List.of(new Needed(table.get(), LockMode.SHARE_UPDATE_EXCLUSIVE)),
                            Awaited.of(statement, table.get()).stream().toList(),
                            LockHolder.all(session));
            var sentences = way.staying().stream().map(LockHolder::sentence).toList();
            sentences.forEach(each -> scope.log(StepScope.Level.WARN, "In the way: " + each + "."));
            return sentences;
        } catch (SQLException e) {
            throw new FailureException(
                    new Failure.Unreachable(Provider.POSTGRES, "the connection broke"), e);
        }
    }

    private interface Call {
        LoneMigrator.Did now() throws InterruptedException;
    }

    private static Receipt sent(Map<String, String> evidence, Call call) {
        try {
            var facts = new LinkedHashMap<>(evidence);
            facts.put("did", call.now().name());
            return new Receipt(facts);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailureException(
                    new Failure.Busy(Provider.POSTGRES, "interrupted before it was sent"), e);
        }
    }

    private static void announce(Sending sending, String sql) {
        sending.aboutToSend("SQL", verb(sql) + " {statement}", CanonicalJson.sha256(sql), Map.of());
    }

    /// The first words, which hold no value: `CREATE INDEX`.
    private static String verb(String sql) {
        var words = sql.strip().split("\\s+", 3);
        return (words.length > 1 ? words[0] + " " + words[1] : words[0])
                .toUpperCase(java.util.Locale.ROOT);
    }

    private interface Question {
        Observation ask(Connection session) throws SQLException;
    }

    private static Observation looking(Migrate where, StepScope scope, Question question) {
        try (var session = where.open(scope, "slipway")) {
            return Backend.named(session, Migrate.application(scope)).isEmpty()
                    ? question.ask(session)
                    : Observation.NotYet.because("an earlier attempt still runs in the database");
        } catch (SQLException e) {
            throw new FailureException(
                    new Failure.Unreachable(Provider.POSTGRES, "the connection broke"), e);
        }
    }

    private static LoneStatement statement(Migrate where, StepScope scope) {
        var planned = Migrate.planned(scope).getFirst();
        var migration =
                where.folder(scope).migrations().stream()
                        .filter(each -> Planned.of(each).equals(planned))
                        .findFirst()
                        .orElseThrow(() ->
                                new FailureException(
                                        new Failure.BadAnswer(
                                                Provider.GITHUB,
                                                "the tree no longer holds " + planned)));
        return RunPlan.lone(migration, Integer.parseInt(scope.step().parameter("statement")));
    }

    /// Sees at the end that no attempt of this operation left an index that costs every write and
    /// serves nobody.
    ///
    /// @param where as above
    public record Discard(Migrate where) implements StepWork {
        @Override
        public Observation observe(StepScope scope) {
            if (!scope.begun(scope.step().parameter("of"))) {
                return Observation.Done.seen(Map.of("built", "nothing"));
            }
            return looking(
                    where,
                    scope,
                    session -> {
                        var seen = statement(where, scope).look(session, Map.of());
                        return seen.left().isEmpty()
                                ? Observation.Done.seen(Map.of("left", "nothing"))
                                : Observation.Absent.seen(Map.of("left", seen.left().get()));
                    });
        }

        @Override
        public Receipt send(StepScope scope, Sending sending) {
            return sent(
                    Map.of(),
                    () ->
                            where.migrator()
                                    .lone()
                                    .clear(
                                            where.address(scope),
                                            LoneMigrator.patient(where.order(scope)),
                                            statement(where, scope),
                                            sql -> announce(sending, sql),
                                            new Migrate.Told(scope, sending)));
        }
    }
}
