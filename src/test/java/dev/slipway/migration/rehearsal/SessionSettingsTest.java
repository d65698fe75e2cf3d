package dev.slipway.migration.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.TestDatabase;
import dev.slipway.postgres.Fence;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A session of ours has what a session of drizzle-orm over node-postgres has, which brings no settings
/// but its name.
class SessionSettingsTest {
    private static final String RETYPE =
            "alter table t alter at type timestamp with time zone using at";
    private static TestDatabase server;
    private TestDatabase.Database database;

    @BeforeAll
    static void start(@TempDir Path home) {
        server = new TestDatabase(home);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void fresh() throws Exception {
        database = server.fresh();
        try (var connection = database.connect("test")) {
            Fence.raise(connection, "production", 1);
        }
        database.execute("create schema drizzle");
        database.execute(
                "create table drizzle.__drizzle_migrations (id serial primary key, hash text not null,"
                        + " created_at bigint)");
        database.execute("create table t (at timestamp)");
        database.execute("insert into t values ('2026-07-01 12:00:00')");
    }

    @Test
    void theZoneOfThisMachineDoesNotDecideWhatAMigrationDoes() throws Exception {
        assertThat(probe("Europe/Prague")).isEqualTo("Europe/Prague rewrites []");
        assertThat(database.one("select (at at time zone 'utc')::text from t"))
                .isEqualTo("2026-07-01 12:00:00");
    }

    @Test
    void theZoneOfTheDatabaseDoes() throws Exception {
        server.asSuperuser(
                database,
                "alter database "
                        + database.address().database()
                        + " set timezone = 'Europe/Prague'");
        assertThat(probe("UTC")).isEqualTo("UTC rewrites [t]");
        assertThat(database.one("select (at at time zone 'utc')::text from t"))
                .isEqualTo("2026-07-01 10:00:00");
    }

    @Test
    void theMoreSpecialSettingCounts() throws Exception {
        assertThat(settings()).containsExactly("GMT", "ISO, MDY", "1");
        var name = database.address().user();
        for (var setting :
                List.of(
                        "alter database " + name + " set timezone = 'Asia/Tokyo'",
                        "alter role " + name + " set timezone = 'America/New_York'",
                        "alter role " + name + " set datestyle = 'SQL, DMY'",
                        "alter role " + name + " set extra_float_digits = 0")) {
            server.asSuperuser(database, setting);
        }
        assertThat(settings()).containsExactly("America/New_York", "ISO, DMY", "0");
        server.asSuperuser(
                database,
                "alter role " + name + " in database " + name + " set timezone = 'Asia/Kolkata'");
        assertThat(settings()).containsExactly("Asia/Kolkata", "ISO, DMY", "0");
    }

    private List<String> settings() throws SQLException {
        try (var session = database.connect("test")) {
            return List.of(
                    show(session, "timezone"),
                    show(session, "datestyle"),
                    show(session, "extra_float_digits"));
        }
    }

    private static String show(Connection session, String setting) throws SQLException {
        try (var statement = session.createStatement();
                var rows = statement.executeQuery("show " + setting)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private String probe(String zone) throws Exception {
        var address = database.address();
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Duser.timezone=" + zone,
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                ZoneProbe.class.getName(),
                                RETYPE)
                        .redirectErrorStream(true)
                        .start();
        try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
            in.write(
                    "postgresql://%s:%s@%s:%d/%s"
                            .formatted(
                                    address.user(),
                                    URLEncoder.encode(
                                                    address.password().reveal(),
                                                    StandardCharsets.UTF_8)
                                            .replace("+", "%20"),
                                    address.host(),
                                    address.port(),
                                    address.database()));
        }
        var said = process.inputReader(StandardCharsets.UTF_8).readAllAsString().strip();
        process.waitFor();
        return said.lines().reduce("", (_, last) -> last);
    }
}
