package dev.slipway.migration;

import dev.slipway.domain.Secret;
import dev.slipway.domain.World;
import dev.slipway.postgres.JdbcPostgres;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import dev.slipway.sandbox.postgres.PostgresForTests;
import dev.slipway.sandbox.postgres.PostgresServer;
import dev.slipway.sandbox.postgres.Timelines;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/// A real Postgres that hands out empty databases, each owned by a role without special rights.
public final class TestDatabase implements AutoCloseable {
    private final Timelines timelines;
    private final PostgresServer server;
    private final AtomicInteger number = new AtomicInteger();

    public TestDatabase(Path home) {
        timelines = new Timelines(home, PostgresForTests.CACHE, InstantSource.system());
        server = timelines.start(timelines.create()).server();
    }

    public Postgres postgres() {
        return new JdbcPostgres(new World.Transport(true, true, "disable"), World.Bounds.LIVE);
    }

    public Database fresh() throws SQLException {
        var name = "db" + number.incrementAndGet();
        try (var connection = server.connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("create role " + name + " login password 'p@s:s/w+rd %'");
            statement.execute("create database " + name + " owner " + name);
        }
        return new Database(
                PostgresAddress.of(
                        Secret.of(
                                "postgresql://%s:p%%40s%%3As%%2Fw+rd%%20%%25@127.0.0.1:%d/%s?sslmode=require"
                                        .formatted(name, server.port(), name))));
    }

    /// A database with all that is in `template`, which nobody may be connected to.
    public Database copy(Database template) throws SQLException {
        var name = "db" + number.incrementAndGet();
        var owner = template.address().user();
        try (var connection = server.connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute(
                    "create database "
                            + name
                            + " template "
                            + template.address().database()
                            + " strategy file_copy owner "
                            + owner);
        }
        var address = template.address();
        return new Database(
                new PostgresAddress(
                        address.host(),
                        address.port(),
                        name,
                        address.user(),
                        address.password(),
                        address.channelBinding()));
    }

    /// Runs `sql` with all rights in the database `database`.
    public void asSuperuser(Database database, String sql) throws SQLException {
        try (var connection = server.connect(database.address().database());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// Drops what [#copy] made.
    public void drop(Database database) throws SQLException {
        try (var connection = server.connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("drop database " + database.address().database() + " with (force)");
        }
    }

    @Override
    public void close() {
        timelines.removeEverything();
        timelines.close();
    }

    /// One empty database.
    public final class Database {
        private final PostgresAddress address;

        Database(PostgresAddress address) {
            this.address = address;
        }

        public PostgresAddress address() {
            return address;
        }

        public Connection connect(String application) {
            return postgres().open(address, Postgres.Session.reading(application));
        }

        public void execute(String sql) throws SQLException {
            try (var connection = connect("test");
                    var statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        public String one(String sql) throws SQLException {
            try (var connection = connect("test");
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}
