package dev.slipway.migration.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bench.Numbers;
import dev.slipway.domain.World;
import dev.slipway.migration.DrizzleMigrator;
import dev.slipway.migration.Folders;
import dev.slipway.migration.LedgerTable;
import dev.slipway.migration.MigrationListener;
import dev.slipway.migration.Shop;
import dev.slipway.migration.catalog.Catalog;
import dev.slipway.migration.catalog.CatalogReader;
import dev.slipway.postgres.Fence;
import dev.slipway.postgres.JdbcPostgres;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import dev.slipway.sandbox.postgres.PostgresForTests;
import dev.slipway.sandbox.world.NeonBranch;
import dev.slipway.sandbox.world.NeonProject;
import dev.slipway.sandbox.world.NeonWorld;
import dev.slipway.sandbox.world.Pace;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How long a rehearsal takes on a branch of a database of 170 MB, and a reading of the catalog.
@Tag("bench")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RehearsalBench {
    private static final int USERS = 260_000;
    private static final String SHOP = "create role app; " + Shop.sql(USERS, "app");
    private static final Postgres POSTGRES =
            new JdbcPostgres(new World.Transport(true, true, "disable"), World.Bounds.LIVE);

    @TempDir private Path home;

    @Test
    void threeMigrationsOnALargeDatabase() throws Exception {
        try (var world =
                NeonWorld.open(
                        new NeonWorld.Place(
                                home,
                                PostgresForTests.CACHE,
                                false,
                                new Pace(20),
                                InstantSource.system()))) {
            var project = world.createProject(NeonProject.Draft.named("shop")).id();
            var main = address(world, project, world.branches(project).getFirst());
            try (var connection = POSTGRES.open(main, Postgres.Session.reading("bench"))) {
                Fence.raise(connection, "production", 1);
            }
            new DrizzleMigrator(POSTGRES)
                    .run(
                            main,
                            RehearsalCasesTest.order(
                                    Folders.read(Folders.journal("0000_shop", SHOP)), 0),
                            MigrationListener.SILENT);
            Numbers.row(
                    "size of the database that is rehearsed on",
                    ask(main, "select pg_size_pretty(pg_database_size(current_database()))"));
            for (int i = 0; i < 5; i++) {
                var phases = rehearsal(world, project, i);
                Numbers.row(
                        "rehearsal of 3 migrations, number " + (i + 1),
                        phases.toString(),
                        "< 10 s",
                        phases.whole() < 10);
            }
            catalog("catalog reading, the shop", main);
            run(
                    main,
                    "do $$ begin for i in 1..160 loop execute format('create table more_%s (id"
                            + " integer primary key, a text not null default %L, b text, c integer, d"
                            + " timestamptz, e jsonb, f text, g integer unique, h text check (h <> %L), i"
                            + " boolean, j bigint, k date, l uuid, m text, n text, o text, p text, q text,"
                            + " r text, s text)', i, 'x', 'x'); end loop; end $$");
            catalog("catalog reading, a large schema", main);
        }
    }

    /// Seconds until the branch takes connections, of the rehearsal, and of the removal.
    private record Phases(double branch, double rehearsal, double removal) {
        double whole() {
            return branch + rehearsal + removal;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%.1f s: branch %.1f, rehearsal %.1f, removal %.1f",
                    whole(),
                    branch,
                    rehearsal,
                    removal);
        }
    }

    private static Phases rehearsal(NeonWorld world, String project, int number) throws Exception {
        var folder =
                Folders.read(
                        Folders.journal(
                                "0000_shop",
                                SHOP,
                                "0001_plan",
                                "alter table users add plan text; create index users_plan_idx on"
                                        + " users (plan)",
                                "0002_refunds",
                                "create table refunds (id integer primary key, purchase_id integer"
                                        + " references purchases(id))",
                                "0003_backfill",
                                "update users set plan = 'free' where plan is null"));
        long start = System.nanoTime();
        var branch =
                world.createBranch(
                        project, NeonBranch.Draft.named("slipway/" + number + "/rehearsal"));
        long ready;
        long done;
        try {
            var address = address(world, project, branch);
            ask(address, "select 1");
            ready = System.nanoTime();
            var report =
                    new Rehearsal(POSTGRES)
                            .run(
                                    address,
                                    RehearsalCasesTest.order(folder, 1),
                                    MigrationListener.SILENT);
            assertThat(report.failure()).isEmpty();
            assertThat(report.migrations()).hasSize(3);
            done = System.nanoTime();
        } finally {
            world.deleteBranch(project, branch.id());
        }
        long end = System.nanoTime();
        return new Phases((ready - start) / 1e9, (done - ready) / 1e9, (end - done) / 1e9);
    }

    private static void catalog(String what, PostgresAddress address) throws SQLException {
        var times = new ArrayList<Double>();
        Catalog catalog = new Catalog(List.of());
        try (var connection = POSTGRES.open(address, Postgres.Session.reading("bench"))) {
            for (int i = 0; i < 20; i++) {
                long start = System.nanoTime();
                catalog = CatalogReader.read(connection, LedgerTable.DEFAULT);
                times.add((System.nanoTime() - start) / 1e6);
            }
        }
        Numbers.row(what + ", " + catalog.size() + " objects", Numbers.spread(times, "ms"));
    }

    private static PostgresAddress address(NeonWorld world, String project, NeonBranch branch) {
        var endpoint = world.endpoint(project, branch.id()).orElseThrow();
        return PostgresAddress.of(world.uri(endpoint, "neondb", "neondb_owner", false));
    }

    private static String ask(PostgresAddress address, String sql) throws SQLException {
        try (var connection = POSTGRES.open(address, Postgres.Session.reading("bench"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void run(PostgresAddress address, String sql) throws SQLException {
        try (var connection = POSTGRES.open(address, Postgres.Session.reading("bench"));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
