package dev.slipway.release.rollback.loss;

import dev.slipway.postgres.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The application's triggers of tables rows come back to. They do not fire: what they did when the rows
/// were first written is in the rows and tables already, and doing it twice would add it again. Foreign
/// keys are checked all the same.
///
/// Turning them off takes a lock that keeps other writers off the table until the transaction ends, so
/// nobody's writes go without them.
final class Triggers {
    private static final String FIRING =
            "select "
                    + Postgres.MARK
                    + " tgname, tgenabled = 'A' from pg_trigger where tgrelid = ? and not tgisinternal"
                    + " and tgparentid = 0 and tgenabled in ('O', 'A') order by tgname";

    private final Connection target;
    private final List<Trigger> off = new ArrayList<>();

    private record Trigger(TableShape table, String name, boolean always) {}

    Triggers(Connection target) {
        this.target = target;
    }

    /// Turns those of `table` off.
    void off(TableShape table) throws SQLException {
        var firing = new ArrayList<Trigger>();
        try (var statement = target.prepareStatement(FIRING)) {
            statement.setLong(1, table.id());
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    firing.add(new Trigger(table, rows.getString(1), rows.getBoolean(2)));
                }
            }
        }
        for (var trigger : firing) {
            alter(trigger, "disable trigger");
            off.add(trigger);
        }
    }

    /// Turns all on again, as they were. What waits for the end of the transaction is checked before.
    void on() throws SQLException {
        try (var statement = target.createStatement()) {
            statement.execute("set constraints all immediate");
        }
        for (var trigger : off) {
            alter(trigger, trigger.always() ? "enable always trigger" : "enable trigger");
        }
    }

    private void alter(Trigger trigger, String how) throws SQLException {
        try (var statement = target.createStatement()) {
            statement.execute(
                    "alter table %s %s %s"
                            .formatted(
                                    trigger.table().name().sql(),
                                    how,
                                    TableName.quote(trigger.name())));
        }
    }
}
