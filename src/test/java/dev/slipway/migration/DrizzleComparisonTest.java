package dev.slipway.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.domain.SourceTree;
import dev.slipway.migration.MigrationOrder.FenceEpoch;
import dev.slipway.migration.MigrationOrder.Planned;
import dev.slipway.postgres.Fence;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Runs the same folder with drizzle-orm's own migrator and with ours, and compares what is left.
/// Needs npm and its registry.
@Tag("vendor")
class DrizzleComparisonTest {
    private static final String FIRST =
            """
            CREATE TYPE "mood" AS ENUM('a', 'b');--> statement-breakpoint
            CREATE TABLE "users" ("id" serial PRIMARY KEY NOT NULL, "mood" "mood" DEFAULT 'a', "t" text NOT NULL);
            --> statement-breakpoint
            -- a comment; with a semicolon
            CREATE INDEX "users_t" ON "users" USING btree (lower("t"));
            INSERT INTO "users" ("t") VALUES ('x;y'), (E'\\';');
            DO $$ BEGIN CREATE TYPE "again" AS ENUM('x'); EXCEPTION WHEN duplicate_object THEN null; END $$;
            CREATE FUNCTION f(i int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT i; SELECT i + 1; END;
            """;
    private static final String SECOND =
            """
            CREATE TABLE "posts" ("id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL, "by" integer);\r
            --> statement-breakpoint\r
            ALTER TABLE "posts" ADD CONSTRAINT "posts_by" FOREIGN KEY ("by") REFERENCES "public"."users"("id") ON DELETE cascade;--> statement-breakpoint
            CREATE VIEW "v" AS SELECT "id" FROM "users";--> statement-breakpoint
            """;
    private static final String SCRIPT =
            """
            import { drizzle } from 'drizzle-orm/node-postgres';
            import { migrate } from 'drizzle-orm/node-postgres/migrator';
            import pg from 'pg';
            const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
            await migrate(drizzle({ client: pool }), { migrationsFolder: 'm' });
            await pool.end();
            """;

    /// Everything a schema is made of, without ids that differ from database to database.
    static final String CATALOG =
            """
            select string_agg(line, E'\\n' order by line) from (
              select 'column ' || n.nspname || '.' || c.relname || '.' || a.attname || ' ' || a.attnum || ' '
                || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull || ' '
                || coalesce(pg_get_expr(d.adbin, d.adrelid), '') as line
              from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
              left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
              where a.attnum > 0 and not a.attisdropped and n.nspname in ('public', 'drizzle')
              union all select 'relation ' || n.nspname || '.' || c.relname || ' ' || c.relkind::text
              from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('public', 'drizzle')
              union all select 'index ' || indexdef from pg_indexes where schemaname in ('public', 'drizzle')
              union all select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
              from pg_constraint where connamespace::regnamespace::text in ('public', 'drizzle')
              union all select 'label ' || t.typname || ' ' || e.enumlabel || ' ' || e.enumsortorder
              from pg_enum e join pg_type t on t.oid = e.enumtypid
              union all select 'function ' || pg_get_functiondef(p.oid) from pg_proc p
              join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public'
              union all select 'view ' || pg_get_viewdef(c.oid) from pg_class c
              join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'v' and n.nspname = 'public'
            ) x
            """;

    @TempDir private Path home;
    @TempDir private Path npm;

    @ParameterizedTest
    @EnumSource
    void ourMigratorLeavesWhatDrizzleLeaves(Layout layout) throws Exception {
        write(layout);
        var drizzle = new NpmFolder(npm).write("run.mjs", SCRIPT);
        drizzle.install(NpmFolder.drizzle(layout));
        var run = List.of("node", "run.mjs");
        try (var server = new TestDatabase(home)) {
            var theirs = server.fresh();
            var ours = server.fresh();
            drizzle.run(NpmFolder.database(theirs.address()), run);
            migrate(server.postgres(), ours.address(), npm);

            assertThat(ours.one(CATALOG)).isEqualTo(theirs.one(CATALOG)).contains("label mood b 2");
            var rows =
                    "select string_agg(id || ' ' || hash || ' ' || created_at"
                            + (layout == Layout.FOLDERS ? " || ' ' || name" : "")
                            + ", E'\\n' order by id) from drizzle.__drizzle_migrations";
            assertThat(ours.one(rows)).isEqualTo(theirs.one(rows)).isNotNull();

            // Each finds nothing to do where the other has been.
            drizzle.run(NpmFolder.database(ours.address()), run);
            assertThat(ours.one("select count(*)::text from users")).isEqualTo("2");
            migrate(server.postgres(), theirs.address(), npm);
            assertThat(theirs.one("select count(*)::text from users")).isEqualTo("2");
        }
    }

    private void write(Layout layout) throws IOException {
        var files =
                layout == Layout.JOURNAL
                        ? Folders.journal("0000_first", FIRST, "0001_second", SECOND)
                        : Map.of(
                                "m/20260101000000_first/migration.sql", Folders.bytes(FIRST),
                                "m/20260102000000_second/migration.sql", Folders.bytes(SECOND));
        for (var file : files.entrySet()) {
            Files.createDirectories(npm.resolve(file.getKey()).getParent());
            Files.write(npm.resolve(file.getKey()), file.getValue());
        }
    }

    /// Runs what is pending of the folder `m` with our own migrator.
    static void migrate(Postgres postgres, PostgresAddress address, Path root)
            throws SQLException, InterruptedException {
        var folder = FolderReader.read(SourceTree.of(root), "m");
        var pending = new ArrayList<Planned>();
        try (var connection = postgres.open(address, Postgres.Session.reading("planner"))) {
            Fence.raise(connection, "production", 1);
            LedgerState.of(folder, LedgerReader.read(connection, LedgerTable.DEFAULT))
                    .pending()
                    .forEach(each -> pending.add(Planned.of(each)));
        }
        new DrizzleMigrator(postgres)
                .run(
                        address,
                        new MigrationOrder(
                                folder,
                                LedgerTable.DEFAULT,
                                List.copyOf(pending),
                                "comparison",
                                new FenceEpoch("production", 1),
                                new LockRetry(
                                        Duration.ofSeconds(1),
                                        1,
                                        Duration.ofMillis(20),
                                        Duration.ofMillis(100)),
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(5)),
                        MigrationListener.SILENT);
    }
}
