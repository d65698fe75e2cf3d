package dev.slipway.migration;

import dev.slipway.domain.Secret;
import dev.slipway.domain.World;
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
final class TestDatabase implements AutoCloseable {
    private final Timelines timelines;
    private final PostgresServer server;
    private final AtomicInteger number = new AtomicInteger();

    TestDatabase(Path home) {
        timelines = new Timelines(home, PostgresForTests.CACHE, InstantSource.system());
        server = timelines.start(timelines.create()).server();
    }

    Postgres postgres() {
        return new Postgres(new World.Transport(true, true, "disable"), World.Bounds.LIVE);
    }

    Database fresh() throws SQLException {
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

    @Override
    public void close() {
        timelines.removeEverything();
        timelines.close();
    }

    /// One empty database.
    final class Database {
        private final PostgresAddress address;

        Database(PostgresAddress address) {
            this.address = address;
        }

        PostgresAddress address() {
            return address;
        }

        Connection connect(String application) {
            return postgres().open(address, Postgres.Session.reading(application));
        }

        void execute(String sql) throws SQLException {
            try (var connection = connect("test");
                    var statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        String one(String sql) throws SQLException {
            try (var connection = connect("test");
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}
