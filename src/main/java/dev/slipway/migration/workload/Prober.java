package dev.slipway.migration.workload;

import dev.slipway.migration.workload.Probed.Execution;
import dev.slipway.migration.workload.Probed.Refusal;
import dev.slipway.migration.workload.Probed.Types;
import dev.slipway.postgres.PostgresFailure;
import dev.slipway.postgres.PostgresFailure.During;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asks a database, which is a throw-away copy, what it makes of statements: whether they parse and
/// with which types, which plan they get, and how an execution ends that is taken back.
///
/// Each probe finds what the others cannot. PREPARE sees missing columns and changed types. The plan,
/// made without values, sees lost privileges, constraints ON CONFLICT relied on, and NULL written into
/// NOT NULL. Only an execution sees CHECK, UNIQUE, triggers and the privileges of sequences.
final class Prober implements AutoCloseable {
    private static final String NAME = "slipway_probe";

    private final Connection connection;
    private final Columns columns;
    private final boolean tellsResult;
    private final String types;
    private String role = "";

    /// Probes over `connection`, which speaks the simple protocol and is in autocommit.
    Prober(Connection connection) {
        this.connection = connection;
        try {
            this.columns = Columns.read(connection);
            this.tellsResult = connection.getMetaData().getDatabaseMajorVersion() >= 16;
            this.types =
                    "select parameter_types::text[]"
                            + (tellsResult ? ", result_types::text[]" : "")
                            + " from pg_prepared_statements where name = '"
                            + NAME
                            + "'";
            run("set plan_cache_mode = force_generic_plan; set statement_timeout = 5000");
        } catch (SQLException e) {
            throw PostgresFailure.exception(e, During.READING);
        }
    }

    /// Whether the types of a result can be seen: PostgreSQL 16 and later.
    boolean tellsResult() {
        return tellsResult;
    }

    /// Becomes `name`, as who the statement ran; makes ourselves a member first when that is allowed.
    ///
    /// @return why it is not possible
    Optional<String> become(String name) throws SQLException {
        if (role.equals(name)) {
            return Optional.empty();
        }
        var quoted = '"' + name.replace("\"", "\"\"") + '"';
        run("reset role");
        role = "";
        try {
            run("set role " + quoted);
        } catch (SQLException e) {
            try {
                run("grant " + quoted + " to current_user");
                run("set role " + quoted);
            } catch (SQLException _) {
                return Optional.of(PostgresFailure.message(e));
            }
        }
        role = name;
        return Optional.empty();
    }

    /// Probes a statement that was never probed, repairing its text when it does not parse.
    Probed first(String sql) throws SQLException {
        var text = sql;
        var types = "";
        for (int attempt = 0; ; attempt++) {
            var probed = planned(text, types);
            if (probed.accepted() || attempt == 4) {
                return probed.accepted() ? executed(probed) : probed;
            }
            var error = probed.error().orElseThrow();
            var parameter = Repair.undetermined(error.message());
            var repaired = Repair.of(text, error.sqlState());
            if (error.sqlState().equals("42P18") && parameter.isPresent()) {
                types = typed(text, types, parameter.getAsInt());
            } else if (repaired.isPresent()) {
                text = repaired.get();
            } else {
                return probed;
            }
        }
    }

    /// Probes the text of `before` again, with the same values.
    Probed again(Probed before) throws SQLException {
        var probed = planned(before.sql(), before.declared());
        if (!probed.accepted()) {
            return probed;
        }
        var executions = new ArrayList<Execution>();
        for (var execution : before.executions()) {
            executions.add(execute(probed, execution.values(), execution.made()));
        }
        return probed.with(executions);
    }

    /// The first two probes of a statement.
    Probed planned(String sql, String declared) throws SQLException {
        try {
            return atOnce(sql, declared);
        } catch (SQLException _) {
            // Which of them failed is told one by one, and what was prepared is still there.
            run("deallocate all");
            return oneByOne(sql, declared);
        }
    }

    /// In a single round trip.
    private Probed atOnce(String sql, String declared) throws SQLException {
        try (var statement = statement()) {
            statement.execute(
                    "prepare "
                            + NAME
                            + declared
                            + " as "
                            + unterminated(sql)
                            + "\n;"
                            + types
                            + "; explain (verbose, format json) execute "
                            + NAME
                            + nulls(Repair.parameters(sql))
                            + "; deallocate "
                            + NAME);
            statement.getMoreResults();
            var types = types(statement);
            statement.getMoreResults();
            var plan = PlanShape.of(text(statement));
            return planned(sql, declared, types, plan);
        }
    }

    private Probed planned(String sql, String declared, Types types, PlanShape plan) {
        return new Probed(
                sql,
                declared,
                Optional.of(types),
                Optional.of(plan),
                Optional.empty(),
                columns.nulls(plan),
                List.of());
    }

    private Probed oneByOne(String sql, String declared) throws SQLException {
        try {
            run("prepare " + NAME + declared + " as " + sql);
        } catch (SQLException e) {
            return refused(sql, declared, "PREPARE", e);
        }
        try {
            var types = types();
            try (var statement = statement()) {
                statement.execute(
                        "explain (verbose, format json) execute "
                                + NAME
                                + nulls(types.parameters().size()));
                return planned(sql, declared, types, PlanShape.of(text(statement)));
            } catch (SQLException e) {
                var refused = refused(sql, declared, "PLAN", e);
                return new Probed(
                        sql,
                        declared,
                        Optional.of(types),
                        Optional.empty(),
                        refused.error(),
                        List.of(),
                        List.of());
            }
        } finally {
            run("deallocate " + NAME);
        }
    }

    private static Probed refused(String sql, String declared, String probe, SQLException e) {
        return new Probed(
                sql,
                declared,
                Optional.empty(),
                Optional.empty(),
                Optional.of(
                        new Refusal(probe, PostgresFailure.state(e), PostgresFailure.message(e))),
                List.of(),
                List.of());
    }

    /// Runs a statement that changes rows twice: with values as rows have them, and with made-up ones.
    private Probed executed(Probed probed) throws SQLException {
        if (!changesRows(probed.sql())) {
            return probed;
        }
        var types = probed.types().orElseThrow().parameters();
        var plan = probed.plan().orElseThrow();
        var samples = new SampleValues(connection, columns);
        return probed.with(
                List.of(
                        execute(probed, samples.like(types, plan), false),
                        execute(probed, samples.made(types, plan), true)));
    }

    /// In a transaction that is taken back.
    private Execution execute(Probed probed, Map<Integer, String> values, boolean made)
            throws SQLException {
        run("begin; set local statement_timeout = 2000");
        try {
            run("prepare " + NAME + probed.declared() + " as " + probed.sql());
            run("execute " + NAME + arguments(probed.types().orElseThrow().parameters(), values));
            return new Execution(values, made, new Refusal("EXECUTE", Probed.RAN, ""));
        } catch (SQLException e) {
            return new Execution(
                    values,
                    made,
                    new Refusal("EXECUTE", PostgresFailure.state(e), PostgresFailure.message(e)));
        } finally {
            run("rollback; deallocate all");
        }
    }

    private static boolean changesRows(String sql) {
        return dev.slipway.migration.SqlLexer.tokens(sql).stream()
                .anyMatch(token ->
                        token.is("insert")
                                || token.is("update")
                                || token.is("delete")
                                || token.is("merge"));
    }

    /// The declared types with `parameter` as text.
    private static String typed(String sql, String declared, int parameter) {
        var types =
                new ArrayList<>(
                        declared.isEmpty()
                                ? Collections.nCopies(Repair.parameters(sql), "unknown")
                                : Arrays.asList(
                                        declared.substring(1, declared.length() - 1).split(", ")));
        types.set(parameter - 1, "text");
        return "(" + String.join(", ", types) + ")";
    }

    private static String arguments(List<String> types, Map<Integer, String> values) {
        if (types.isEmpty()) {
            return "";
        }
        var arguments = new ArrayList<String>();
        for (int i = 1; i <= types.size(); i++) {
            var value = values.get(i);
            arguments.add(value == null ? "null" : "'" + value.replace("'", "''") + "'");
        }
        return "(" + String.join(", ", arguments) + ")";
    }

    private Types types() throws SQLException {
        try (var statement = statement()) {
            statement.execute(types);
            return types(statement);
        }
    }

    private Types types(Statement statement) throws SQLException {
        try (var rows = statement.getResultSet()) {
            rows.next();
            return new Types(
                    list(rows.getArray(1)),
                    tellsResult ? Optional.of(list(rows.getArray(2))) : Optional.empty());
        }
    }

    private static List<String> list(java.sql.@org.jspecify.annotations.Nullable Array array)
            throws SQLException {
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    private static String text(Statement statement) throws SQLException {
        try (var rows = statement.getResultSet()) {
            rows.next();
            return rows.getString(1);
        }
    }

    /// Without the semicolon it may end with.
    private static String unterminated(String sql) {
        var text = sql.stripTrailing();
        return text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
    }

    private static String nulls(int count) {
        return count == 0 ? "" : "(" + String.join(", ", Collections.nCopies(count, "null")) + ")";
    }

    private void run(String sql) throws SQLException {
        try (var statement = statement()) {
            statement.execute(sql);
        }
    }

    private Statement statement() throws SQLException {
        var statement = connection.createStatement();
        statement.setEscapeProcessing(false);
        return statement;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException _) {
            // Nothing was held that the server does not let go by itself.
        }
    }
}
