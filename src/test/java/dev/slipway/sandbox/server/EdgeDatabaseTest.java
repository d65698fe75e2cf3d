package dev.slipway.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.sandbox.postgres.PostgresForTests;
import dev.slipway.sandbox.server.CloudflareSandbox.Answer;
import dev.slipway.sandbox.world.CloudflareAccount.Delays;
import dev.slipway.sandbox.world.NeonBranch;
import dev.slipway.sandbox.world.NeonEndpoint;
import dev.slipway.sandbox.world.NeonProject;
import dev.slipway.sandbox.world.NeonWorld;
import dev.slipway.sandbox.world.Pace;
import dev.slipway.sandbox.world.WorkerBinding;
import dev.slipway.sandbox.world.WorkerUpload;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Workers at the edge over real databases.
class EdgeDatabaseTest {
    @TempDir static Path folder;
    private static NeonWorld neon;
    private static String project;
    private static NeonBranch production;
    private static CloudflareSandbox sandbox;

    @BeforeAll
    static void start() throws SQLException {
        neon =
                NeonWorld.open(
                        new NeonWorld.Place(
                                folder.resolve("neon"),
                                PostgresForTests.CACHE,
                                false,
                                new Pace(1),
                                InstantSource.system()));
        project = neon.createProject(NeonProject.Draft.named("codex")).id();
        production = neon.branch(project, "production").orElseThrow();
        run(
                production,
                "create table users (id serial primary key, email text not null)",
                "create schema drizzle",
                "create table drizzle.__drizzle_migrations"
                        + " (id serial primary key, hash text not null, created_at bigint)",
                "insert into drizzle.__drizzle_migrations (hash, created_at)"
                        + " values ('newest', 20), ('older', 10)");
        sandbox = new CloudflareSandbox(folder.resolve("cloudflare"), Delays.NONE);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
        neon.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        run(production, "truncate users", "drop table if exists notes");
    }

    @Test
    void healthRunsTheVersionsStatementsAndReadsTheLedgerAndTheBranch() {
        var answer = health(worker("web", production, "select id, email from users"));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        var database = answer.json().path("database");
        assertThat(database.path("connected").asBoolean()).isTrue();
        assertThat(database.path("latest").asString()).isEqualTo("newest");
        assertThat(database.path("branch").asString()).isEqualTo(production.id());
    }

    @Test
    void aBranchAnswersForItself() {
        var branch = neon.createBranch(project, NeonBranch.Draft.named("pr-7"));

        var answer = health(worker("pr7", branch, "select 1"));

        assertThat(answer.json().at("/database/branch").asString()).isEqualTo(branch.id());
    }

    @Test
    void codeThatDoesNotFitTheSchemaFailsForReal() throws SQLException {
        var host = worker("fit", production, "select id, title from notes");

        var before = health(host);
        assertThat(before.status()).isEqualTo(500);
        assertThat(before.json().path("status").asString()).isEqualTo("failing");
        assertThat(before.json().at("/error/code").asString()).isEqualTo("42P01");
        assertThat(before.json().at("/database/connected").asBoolean()).isTrue();
        assertThat(sandbox.visit(host, "/").status()).isEqualTo(500);

        run(production, "create table notes (id int, title text)");
        assertThat(health(host).status()).isEqualTo(200);

        run(production, "alter table notes drop column title");
        assertThat(health(host).json().at("/error/code").asString()).isEqualTo("42703");
    }

    @Test
    void whatARequestWritesIsTakenBackUnlessTheModuleSaysOtherwise() throws SQLException {
        var insert = "insert into users (email) values ('a@codex.test')";
        var shy = worker("shy", production, insert);
        var bold =
                worker("bold", production, Map.of("statements", List.of(insert), "commit", true));

        assertThat(sandbox.visit(shy, "/").status()).isEqualTo(200);
        assertThat(health(bold).status()).isEqualTo(200);
        assertThat(users()).isZero();
        assertThat(sandbox.visit(bold, "/").status()).isEqualTo(200);
        assertThat(users()).isEqualTo(1);
    }

    @Test
    void trafficIsWhatTheDatabasesStatisticsRecord() throws SQLException {
        worker("busy", production, "select email from users where id = 4711");
        sandbox.edge.traffic().on(List.of("busy.codex.test"), Duration.ofMillis(2));

        Awaitility.await().until(() -> calls("select email from users where id = $1") > 10);
        sandbox.edge.traffic().off();
    }

    @Test
    void aDatabaseThatIsGoneIsUnreachable() {
        var branch = neon.createBranch(project, NeonBranch.Draft.named("pr-8"));
        var host = worker("pr8", branch, "select 1");
        assertThat(health(host).status()).isEqualTo(200);

        neon.deleteBranch(project, branch.id());

        var answer = health(host);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().at("/database/connected").asBoolean()).isFalse();
        assertThat(answer.text()).doesNotContain("npg_");
    }

    @Test
    void askingAWorkerWakesItsComputeAndLookingAtItDoesNot() {
        var branch = neon.createBranch(project, NeonBranch.Draft.named("pr-9"));
        var endpoint = neon.endpoint(project, branch.id()).orElseThrow().id();
        var host = worker("pr9", branch, "select 1");

        assertThat(sandbox.get(sandbox.script("pr9") + "/deployments").status()).isEqualTo(200);
        assertThat(neon.wakeUps(endpoint)).isZero();
        health(host);

        assertThat(neon.wakeUps(endpoint)).isEqualTo(1);
        assertThat(neon.endpoint(project, branch.id()).orElseThrow().state())
                .isEqualTo(NeonEndpoint.State.ACTIVE);
    }

    private static Answer health(String host) {
        return sandbox.visit(host, "/health");
    }

    private static String worker(String name, NeonBranch branch, String statement) {
        return worker(name, branch, Map.of("statements", List.of(statement)));
    }

    private static String worker(String name, NeonBranch branch, Map<String, Object> behaviour) {
        var address =
                neon.connectionUri(project, branch.id(), "neondb", "neondb_owner", true).reveal();
        sandbox.world
                .workers()
                .deploy(
                        name,
                        WorkerUpload.of(
                                        "export default {}",
                                        JsonMapper.shared().writeValueAsString(behaviour))
                                .bind(WorkerBinding.secretText("DATABASE_URL", address)));
        sandbox.world.domains().attach(name + ".codex.test", name, false, false);
        return name + ".codex.test";
    }

    private static long users() throws SQLException {
        return count("select count(*) from users");
    }

    private static long calls(String statement) throws SQLException {
        return count(
                "select coalesce(sum(calls), 0) from pg_stat_statements where query = '"
                        + statement
                        + "'");
    }

    private static long count(String sql) throws SQLException {
        return neon.asOwner(
                project,
                production.id(),
                "neondb",
                connection -> {
                    try (var statement = connection.createStatement();
                            var rows = statement.executeQuery(sql)) {
                        rows.next();
                        return rows.getLong(1);
                    }
                });
    }

    private static void run(NeonBranch branch, String... statements) throws SQLException {
        neon.asOwner(
                project,
                branch.id(),
                "neondb",
                connection -> {
                    try (var statement = connection.createStatement()) {
                        for (var sql : statements) {
                            statement.execute(sql);
                        }
                    }
                    return true;
                });
    }
}
