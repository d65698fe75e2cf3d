package dev.slipway.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.Secret;
import dev.slipway.domain.World;
import dev.slipway.http.Transport;
import dev.slipway.http.Worlds;
import dev.slipway.neon.HttpNeon;
import dev.slipway.neon.Neon;
import dev.slipway.neon.NewBranch.Point;
import dev.slipway.sandbox.postgres.PostgresForTests;
import dev.slipway.sandbox.world.Faults;
import dev.slipway.sandbox.world.NeonBranch;
import dev.slipway.sandbox.world.NeonEndpoint;
import dev.slipway.sandbox.world.NeonProject;
import dev.slipway.sandbox.world.NeonWorld;
import dev.slipway.sandbox.world.Pace;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Reading a schema at a point: the sandbox's answer, through the port that asks.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NeonSchemaTest {
    private static final String EVERYTHING =
            """
            create schema "Billing";
            create type mood as enum ('sad', 'it''s fine');
            create domain email as text check (value like '%@%');
            create table customers (
                id bigint generated always as identity primary key,
                name text collate "C" not null default 'nobody',
                mail email unique,
                feels mood default 'sad',
                lower_name text generated always as (lower(name)) stored);
            create table "Billing"."Invoices" (
                id serial primary key,
                customer bigint not null references customers on delete cascade,
                cents integer check (cents > 0));
            create index on "Billing"."Invoices" (customer) where cents > 100;
            create view rich as select name from customers where id < 10;
            create materialized view poor as select name from customers;
            create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
            create trigger touched before update on customers for each row execute function touch();
            create table events (at timestamptz not null, what jsonb) partition by range (at);
            create table events_2026 partition of events
                for values from ('2026-01-01') to ('2027-01-01');
            alter table customers enable row level security;
            create policy own on customers for select using (name = current_user);
            comment on column customers.name is 'what it''s called';
            """;

    @TempDir static Path folder;
    private NeonWorld world;
    private NeonServer server;
    private String project;
    private String main;
    private Neon neon;

    @BeforeAll
    void start() throws SQLException {
        world =
                NeonWorld.open(
                        new NeonWorld.Place(
                                folder.resolve("neon"),
                                PostgresForTests.CACHE,
                                false,
                                new Pace(4),
                                InstantSource.system()));
        project = world.createProject(NeonProject.Draft.named("codex")).id();
        main = world.branches(project).getFirst().id();
        server = new NeonServer(world, new Faults(), Secret.of("napi_test"), 0);
        run(main, EVERYTHING);
        var transport =
                new Transport(
                        Worlds.with(
                                server.base(),
                                server.base(),
                                server.base(),
                                Optional.empty(),
                                Optional.empty(),
                                World.Bounds.LIVE,
                                Worlds.LOOPBACK,
                                Map.of(Provider.NEON, Secret.of("napi_test"))),
                        InstantSource.system());
        neon = new HttpNeon(transport, project);
    }

    @AfterAll
    void stop() {
        server.close();
        world.close();
    }

    @Test
    void theTextMakesTheSameSchemaAgain() throws SQLException {
        var sql = neon.schema(main, "neondb", new Point.Head());
        world.access()
                .createDatabase(project, main, "again", "neondb_owner", NeonWorld.Tempo.AT_ONCE);
        world.asOwner(
                project,
                main,
                "again",
                connection -> {
                    try (var statement = connection.createStatement()) {
                        // In pg_dump too a function's body may name what comes after it.
                        statement.execute("set check_function_bodies = off");
                        return statement.execute(sql);
                    }
                });

        assertThat(neon.schema(main, "again", new Point.Head())).isEqualTo(sql);
        assertThat(sql)
                .contains(
                        "CREATE TABLE \"Billing\".\"Invoices\" (",
                        "ON DELETE CASCADE",
                        "ENABLE ROW LEVEL");
    }

    @Test
    void aPositionAndATimeShowWhatWasThereThen() throws Exception {
        var branch = branch("pr-past");
        run(branch, "create table before_it ()");
        var lsn = ask(branch, "select pg_current_wal_lsn()::text");
        var time =
                Instant.parse(
                        ask(branch, "select to_json(clock_timestamp())#>>'{}'")
                                .replace("+00:00", "Z"));
        run(branch, "create table after_it ()");

        for (var point : new Point[] {new Point.Lsn(lsn), new Point.Time(time)}) {
            assertThat(neon.schema(branch, "neondb", point))
                    .as(point.toString())
                    .contains("CREATE TABLE public.before_it")
                    .doesNotContain("after_it");
        }
        assertThat(neon.schema(branch, "neondb", new Point.Head())).contains("after_it");
    }

    @Test
    void lookingLeavesASleepingComputeAsleepAndNothingBehind() throws Exception {
        var branch = branch("pr-asleep");
        run(branch, "create table dreams ()");
        world.suspend(project, branch);
        var endpoint = world.endpoint(project, branch).orElseThrow().id();
        var woken = world.wakeUps(endpoint);

        assertThat(neon.schema(branch, "neondb", new Point.Head())).contains("dreams");

        assertThat(world.endpoint(project, branch).orElseThrow().state())
                .isEqualTo(NeonEndpoint.State.IDLE);
        assertThat(world.wakeUps(endpoint)).isEqualTo(woken);
        assertThat(neon.branches())
                .extracting(b -> b.name())
                .contains("pr-asleep")
                .doesNotContain("");
    }

    @Test
    void whatCannotBeReadIsRefused() {
        var far = new Point.Lsn("FFFF/0");
        var old = new Point.Time(Instant.parse("2020-01-01T00:00:00Z"));

        assertThat(refusal("none", "neondb", new Point.Head())).contains("has no ");
        assertThat(refusal(main, "none", new Point.Head())).contains("has no ");
        assertThat(refusal(main, "neondb", far)).contains("is ahead of the branch");
        assertThat(refusal(main, "neondb", old)).contains("precedes the history window");
    }

    private String refusal(String branch, String database, Point point) {
        var thrown =
                catchThrowableOfType(
                        FailureException.class, () -> neon.schema(branch, database, point));
        assertThat(thrown.failure().outcome()).isEqualTo(Failure.Outcome.REFUSED);
        return thrown.failure().sentence();
    }

    @Test
    void aBranchIsComparedWithItsParent() throws Exception {
        var branch = branch("pr-compared");
        assertThat(compare(branch, "")).isEmpty();
        run(branch, "alter table customers add column phone text");

        assertThat(compare(branch, "").lines().filter(l -> l.startsWith("+") || l.startsWith("-")))
                .containsExactly(
                        "-    lower_name text GENERATED ALWAYS AS (lower(name)) STORED",
                        "+    lower_name text GENERATED ALWAYS AS (lower(name)) STORED,",
                        "+    phone text");
    }

    private String compare(String branch, String more) throws Exception {
        var request =
                HttpRequest.newBuilder(
                                URI.create(
                                        server.base()
                                                + "/projects/"
                                                + project
                                                + "/branches/"
                                                + branch
                                                + "/compare_schema?db_name=neondb"
                                                + more))
                        .header("Authorization", "Bearer napi_test")
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return JsonMapper.shared().readTree(answer.body()).path("diff").stringValue();
        }
    }

    private String branch(String name) {
        return world.createBranch(project, NeonBranch.Draft.named(name)).id();
    }

    private void run(String branch, String sql) throws SQLException {
        world.asOwner(
                project,
                branch,
                "neondb",
                connection -> {
                    try (var statement = connection.createStatement()) {
                        return statement.execute(sql);
                    }
                });
    }

    private String ask(String branch, String sql) throws SQLException {
        return world.asOwner(
                project,
                branch,
                "neondb",
                connection -> {
                    try (var statement = connection.createStatement();
                            var rows = statement.executeQuery(sql)) {
                        rows.next();
                        return rows.getString(1);
                    }
                });
    }
}
