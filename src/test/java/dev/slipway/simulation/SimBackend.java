package dev.slipway.simulation;

import dev.slipway.operation.Plan;
import dev.slipway.simulation.Fault.Kind;
import dev.slipway.simulation.Fault.Place;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A process of the simulated server and the connection it serves. It knows the statements the product
/// sends and, of migrations, `alter table shop add column …` and `drop column …`.
final class SimBackend {
    private static final Duration READING_LOCK = Duration.ofSeconds(2);
    private static final Duration MIGRATING_LOCK = Duration.ofMillis(500);

    private final Run run;
    private final Line line;
    private final SimDatabase database;
    private final String application;
    private final int pid;
    private final Optional<Plan> plan;
    private boolean autoCommit = true;
    private boolean closed;
    private boolean advisory;
    private boolean share;
    private boolean exclusive;
    private SimDatabase.State work;
    private final List<Consumer<SimDatabase.State>> changes = new ArrayList<>();

    SimBackend(Run run, Line line, SimDatabase database, String application) {
        this.run = run;
        this.line = line;
        this.database = database;
        this.application = application;
        this.pid = (int) run.number();
        this.plan = line.operator().plan();
        database.backends.add(this);
    }

    Operator operator() {
        return line.operator();
    }

    Connection connection() {
        return proxy(
                Connection.class,
                (_, method, arguments) ->
                        switch (method.getName()) {
                            case "createStatement" -> statement("");
                            case "prepareStatement" -> statement((String) arguments[0]);
                            case "setAutoCommit" -> {
                                autoCommit = (boolean) arguments[0];
                                yield null;
                            }
                            case "commit" -> {
                                commit();
                                yield null;
                            }
                            case "rollback" -> {
                                endTransaction();
                                yield null;
                            }
                            case "isClosed" -> closed;
                            case "close" -> {
                                end();
                                yield null;
                            }
                            default -> throw new UnsupportedOperationException(method.getName());
                        });
    }

    /// The connection is gone; the transaction is rolled back.
    void end() {
        if (!committing) {
            closed = true;
            work = null;
            database.backends.remove(this);
        }
    }

    private boolean committing;

    private void endTransaction() {
        work = null;
        changes.clear();
        share = false;
        exclusive = false;
    }

    /// What a statement sees: what is committed now, and what this transaction has written.
    private SimDatabase.State state() {
        return work == null ? database.committed() : work;
    }

    private void write(Consumer<SimDatabase.State> change) {
        if (autoCommit) {
            change.accept(database.committed());
            return;
        }
        if (work == null) {
            work = new SimDatabase.State(database.committed());
        }
        change.accept(work);
        changes.add(change);
    }

    private void commit() throws SQLException {
        if (work == null) {
            endTransaction();
            return;
        }
        var fault = run.fate().at(operator().index(), Place.COMMIT, application);
        if (fault.is(Kind.STALL)) {
            run.time().pass(fault.time());
            operator().mustLive();
        }
        var done = List.copyOf(changes);
        commit(
                () -> {
                    var next = new SimDatabase.State(database.committed());
                    done.forEach(change -> change.accept(next));
                    return next;
                },
                fault);
    }

    private void commit(Supplier<SimDatabase.State> done, Fault fault) throws SQLException {
        switch (fault.kind()) {
            case COMMIT_APPLIED -> {
                apply(done);
                throw lost();
            }
            case COMMIT_LOST -> throw lost();
            case CRASH, COMMIT_LATE -> {
                // The backend has the COMMIT and finishes for nobody.
                committing = true;
                var quiet = Duration.ofSeconds(9).toMillis();
                run.time()
                        .in(
                                Duration.ofMillis(quiet * fault.time().toMillis() / 1_000),
                                () -> {
                                    apply(done);
                                    committing = false;
                                    database.backends.remove(this);
                                });
                closed = true;
                if (fault.is(Kind.CRASH)) {
                    throw operator().die();
                }
                run.time().pass(Duration.ofSeconds(1));
                throw new SQLException("An I/O error occurred", "08006");
            }
            default -> {
                run.time().pass(Duration.ofMillis(20));
                apply(done);
                if (run.fate().at(operator().index(), Place.AFTER, "commit").is(Kind.CRASH)) {
                    throw operator().die();
                }
            }
        }
    }

    private void apply(Supplier<SimDatabase.State> what) {
        var done = what.get();
        run.audit().committed(operator(), plan, database, database.committed(), done);
        database.commit(done);
        endTransaction();
    }

    private SQLException lost() {
        end();
        return new SQLException("An I/O error occurred while sending to the backend.", "08006");
    }

    private SQLException locked(Duration after) {
        run.time().pass(after);
        return new SQLException("canceling statement due to lock timeout", "55P03");
    }

    private boolean others(java.util.function.Predicate<SimBackend> hold) {
        return database.backends.stream().anyMatch(b -> b != this && hold.test(b));
    }

    private Object statement(String prepared) {
        var parameters = new TreeMap<Integer, Object>();
        var result = new Result[1];
        return proxy(
                PreparedStatement.class,
                (_, method, arguments) ->
                        switch (method.getName()) {
                            case "setString", "setLong", "setInt" -> {
                                parameters.put((Integer) arguments[0], arguments[1]);
                                yield null;
                            }
                            case "execute" -> {
                                result[0] = run(sql(prepared, arguments), parameters);
                                yield false;
                            }
                            case "executeUpdate" -> {
                                result[0] = run(sql(prepared, arguments), parameters);
                                yield result[0].count();
                            }
                            case "executeQuery" ->
                                    rows(run(sql(prepared, arguments), parameters).rows());
                            case "getUpdateCount" -> result[0].count();
                            case "setEscapeProcessing", "close" -> null;
                            default -> throw new UnsupportedOperationException(method.getName());
                        });
    }

    private static String sql(String prepared, Object[] arguments) {
        return arguments == null || arguments.length == 0 ? prepared : (String) arguments[0];
    }

    private record Result(List<Object[]> rows, int count) {
        static final Result DONE = new Result(List.of(), 0);

        static Result row(Object... values) {
            return new Result(List.<Object[]>of(values), 0);
        }
    }

    private Result run(String sql, Map<Integer, Object> parameters) throws SQLException {
        operator().mustLive();
        if (closed) {
            throw new SQLException("This connection has been closed.", "08003");
        }
        var fault = run.fate().at(operator().index(), Place.SQL, sql);
        switch (fault.kind()) {
            case CONNECTION_LOST -> throw lost();
            case STALL -> {
                run.time().pass(fault.time());
                operator().mustLive();
            }
            case LOCK_TIMEOUT -> {
                if (!autoCommit) {
                    throw locked(MIGRATING_LOCK);
                }
            }
            default -> {}
        }
        run.time().pass(Duration.ofMillis(3));
        if (sql.startsWith("set ")) {
            return Result.DONE;
        }
        if (sql.contains("pg_stat_activity")) {
            return new Result(
                    database.backends.stream()
                            .filter(b -> b != this && b.application.equals(parameters.get(1)))
                            .map(b -> new Object[] {b.pid, "active"})
                            .toList(),
                    0);
        }
        if (sql.contains("slipway.fence") || sql.contains("slipway:fence")) {
            return fence(sql, parameters);
        }
        if (sql.startsWith("create schema if not exists slipway")) {
            return Result.DONE;
        }
        if (sql.contains("pg_current_wal_lsn")) {
            return Result.row(database.lsn(), run.time().instant().toString());
        }
        if (sql.contains("pg_try_advisory_lock")) {
            advisory = !others(b -> b.advisory);
            return Result.row(advisory);
        }
        if (sql.contains("pg_current_xact_id")) {
            return Result.row(Long.toString(run.number()));
        }
        return sql.contains("__drizzle")
                        || sql.contains("pg_attribute")
                        || sql.contains("\"drizzle\"")
                ? ledger(sql, parameters)
                : schema(sql);
    }

    private Result fence(String sql, Map<Integer, Object> parameters) throws SQLException {
        if (sql.contains("to_regclass")) {
            return Result.row(state().fenceTable);
        }
        if (sql.startsWith("create table")) {
            write(state -> state.fenceTable = true);
            return Result.DONE;
        }
        if (sql.startsWith("insert")) {
            if (others(b -> b.share)) {
                throw locked(READING_LOCK);
            }
            return raise((Long) parameters.get(2));
        }
        if (sql.endsWith("for share")) {
            share = true;
        }
        var epoch = state().fence;
        return epoch.isPresent() ? Result.row(epoch.getAsLong()) : Result.DONE;
    }

    /// One statement in autocommit, so that its COMMIT may get lost like any other.
    private Result raise(long epoch) throws SQLException {
        var fault = run.fate().at(operator().index(), Place.COMMIT, application);
        if (fault.is(Kind.STALL)) {
            run.time().pass(fault.time());
            operator().mustLive();
        }
        var raises = database.committed().fence.orElse(0) <= epoch;
        commit(() -> raised(epoch), fault);
        return new Result(List.of(), raises ? 1 : 0);
    }

    private SimDatabase.State raised(long epoch) {
        var next = new SimDatabase.State(database.committed());
        if (next.fence.orElse(0) <= epoch) {
            next.fence = OptionalLong.of(epoch);
        }
        return next;
    }

    private Result ledger(String sql, Map<Integer, Object> parameters) throws SQLException {
        if (sql.contains("pg_attribute")) {
            return new Result(
                    state().ledgerTable
                            ? List.of(
                                    new Object[] {"id"},
                                    new Object[] {"hash"},
                                    new Object[] {"created_at"})
                            : List.of(),
                    0);
        }
        if (sql.startsWith("CREATE")) {
            database.committed().ledgerTable = true;
            return Result.DONE;
        }
        if (others(b -> b.exclusive)) {
            throw locked(READING_LOCK);
        }
        if (sql.startsWith("lock table")) {
            exclusive = true;
            return Result.DONE;
        }
        if (sql.startsWith("insert")) {
            var hash = (String) parameters.get(1);
            var when = (Long) parameters.get(2);
            write(state -> state.insert(hash, when));
            return new Result(List.of(), 1);
        }
        var rows = new ArrayList<Object[]>();
        state().ledger.forEach(r -> rows.add(new Object[] {r.id(), r.hash(), r.when(), null}));
        return new Result(rows, 0);
    }

    private Result schema(String sql) throws SQLException {
        var words = sql.strip().replace(";", "").split("\\s+");
        if (sql.startsWith("select not exists")) {
            return Result.row(false);
        }
        if (words.length < 6 || !words[0].equals("alter")) {
            throw new UnsupportedOperationException(sql);
        }
        var column = words[5];
        var there = state().columns.contains(column);
        if (words[3].equals("add")) {
            if (there) {
                throw new SQLException("column \"" + column + "\" already exists", "42701");
            }
            write(state -> state.columns.add(column));
        }
        if (words[3].equals("drop")) {
            if (!there) {
                throw new SQLException("column \"" + column + "\" does not exist", "42703");
            }
            write(state -> state.columns.remove(column));
        }
        return Result.DONE;
    }

    private static Object rows(List<Object[]> rows) {
        var at = new int[] {-1};
        var last = new Object[1];
        return proxy(
                ResultSet.class,
                (_, method, arguments) -> {
                    var name = method.getName();
                    if (name.equals("next")) {
                        return ++at[0] < rows.size();
                    }
                    if (name.equals("close")) {
                        return null;
                    }
                    if (name.equals("wasNull")) {
                        return last[0] == null;
                    }
                    last[0] = rows.get(at[0])[(Integer) arguments[0] - 1];
                    return switch (name) {
                        case "getString" -> last[0] == null ? null : last[0].toString();
                        case "getLong" -> last[0] == null ? 0L : ((Number) last[0]).longValue();
                        case "getInt" -> last[0] == null ? 0 : ((Number) last[0]).intValue();
                        case "getBoolean" -> last[0];
                        default -> throw new UnsupportedOperationException(name);
                    };
                });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(
                        SimBackend.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
