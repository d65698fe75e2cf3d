package dev.slipway.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.domain.SourceTree;
import dev.slipway.domain.World;
import dev.slipway.migration.LedgerState.State;
import dev.slipway.postgres.JdbcPostgres;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import dev.slipway.sandbox.postgres.PostgresForTests;
import dev.slipway.sandbox.world.NeonBranch;
import dev.slipway.sandbox.world.NeonProject;
import dev.slipway.sandbox.world.NeonWorld;
import dev.slipway.sandbox.world.Pace;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Drizzle's own command-line client, unchanged, makes migrations from a schema and runs them on a
/// branch of the sandbox. Needs Node and npm's registry.
@Tag("vendor")
class DrizzleKitTest {
    private static final String KIT = "node_modules/.bin/drizzle-kit";
    private static final String CONFIGURATION =
            """
            export default { dialect: 'postgresql', schema: './schema.js', out: './m',
              dbCredentials: { url: process.env.DATABASE_URL ?? '' } };
            """;
    private static final String FIRST =
            """
            import { pgTable, serial, text } from 'drizzle-orm/pg-core';
            export const users = pgTable('users', { id: serial().primaryKey(), name: text().notNull() });
            """;
    private static final String SECOND =
            """
            import { index, integer, pgEnum, pgTable, serial, text } from 'drizzle-orm/pg-core';
            export const mood = pgEnum('mood', ['calm', 'busy']);
            export const users = pgTable('users', { id: serial().primaryKey(), name: text().notNull(),
              mood: mood().default('calm') }, (t) => [index('users_name').on(t.name)]);
            export const posts = pgTable('posts', { id: serial().primaryKey(),
              by: integer().references(() => users.id, { onDelete: 'cascade' }) });
            """;

    @TempDir private Path home;
    @TempDir private Path npm;

    @ParameterizedTest
    @EnumSource
    void whatItMadeAndRanIsCleanAndWhatWeWouldHaveLeft(Layout layout) throws Exception {
        var folder = new NpmFolder(npm);
        folder.install(NpmFolder.drizzle(layout));
        folder.write("drizzle.config.js", CONFIGURATION);
        generate(folder, "first", FIRST);
        generate(folder, "second", SECOND);
        try (var world = world()) {
            var theirs = branch(world, "kit");
            var ours = branch(world, "slipway");

            folder.run(NpmFolder.database(theirs), List.of(KIT, "migrate"));
            DrizzleComparisonTest.migrate(postgres(), ours, npm);

            assertThat(state(theirs).clean()).isTrue();
            assertThat(state(theirs).in(State.APPLIED)).hasSize(2);
            assertThat(ledger(ours)).isEqualTo(ledger(theirs));
            assertThat(one(ours, DrizzleComparisonTest.CATALOG))
                    .isEqualTo(one(theirs, DrizzleComparisonTest.CATALOG))
                    .contains("label mood busy", "public.posts");

            // It finds nothing to do where we have been.
            var before = ledger(ours);
            folder.run(NpmFolder.database(ours), List.of(KIT, "migrate"));
            assertThat(ledger(ours)).isEqualTo(before);
        }
    }

    private static void generate(NpmFolder folder, String name, String schema) throws Exception {
        folder.write("schema.js", schema);
        folder.run(Map.of(), List.of(KIT, "generate", "--name", name));
    }

    private NeonWorld world() {
        return NeonWorld.open(
                new NeonWorld.Place(
                        home, PostgresForTests.CACHE, false, new Pace(20), InstantSource.system()));
    }

    private static PostgresAddress branch(NeonWorld world, String name) {
        var project =
                world.projects().stream()
                        .findFirst()
                        .orElseGet(() -> world.createProject(NeonProject.Draft.named("codex")));
        var branch = world.createBranch(project.id(), NeonBranch.Draft.named(name));
        var endpoint = world.endpoint(project.id(), branch.id()).orElseThrow();
        return PostgresAddress.of(world.uri(endpoint, "neondb", "neondb_owner", false));
    }

    private LedgerState state(PostgresAddress address) throws Exception {
        return LedgerState.of(FolderReader.read(SourceTree.of(npm), "m"), ledger(address));
    }

    private static Ledger ledger(PostgresAddress address) throws Exception {
        try (var connection = postgres().open(address, Postgres.Session.reading("test"))) {
            return LedgerReader.read(connection, LedgerTable.DEFAULT);
        }
    }

    private static String one(PostgresAddress address, String sql) throws Exception {
        try (var connection = postgres().open(address, Postgres.Session.reading("test"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Postgres postgres() {
        return new JdbcPostgres(new World.Transport(true, true, "disable"), World.Bounds.LIVE);
    }
}
