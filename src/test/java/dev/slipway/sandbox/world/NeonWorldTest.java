package dev.slipway.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.domain.InputException;
import dev.slipway.sandbox.postgres.Point;
import dev.slipway.sandbox.postgres.PostgresForTests;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeonWorldTest {
    @TempDir Path folder;
    private NeonWorld neon;
    private String project;
    private NeonBranch production;

    @BeforeEach
    void aProjectWithATable() throws SQLException {
        neon = open(1);
        project = neon.createProject(NeonProject.Draft.named("codex")).id();
        production = neon.branch(project, "production").orElseThrow();
        run(production, "create table t (id int primary key)", "insert into t values (1)");
    }

    @AfterEach
    void close() {
        neon.close();
    }

    private NeonWorld open(double speed) {
        return NeonWorld.open(
                new NeonWorld.Place(
                        folder.resolve("neon"),
                        PostgresForTests.CACHE,
                        false,
                        new Pace(speed),
                        InstantSource.system()));
    }

    @Test
    void aBranchIsIsolatedAndSleepsUntilSomebodyConnects() throws SQLException {
        var branch = neon.createBranch(project, NeonBranch.Draft.named("pr-1"));
        run(production, "insert into t values (2)");
        var endpoint = neon.endpoint(project, branch.id()).orElseThrow();
        assertThat(endpoint.state()).isEqualTo(NeonEndpoint.State.IDLE);

        assertThat(ids(branch)).isEqualTo("1");
        run(branch, "insert into t values (3)");

        assertThat(ids(production)).isEqualTo("1,2");
        assertThat(neon.wakeUps(endpoint.id())).isEqualTo(1);
        assertThat(neon.endpoint(project, branch.id()).orElseThrow().state())
                .isEqualTo(NeonEndpoint.State.ACTIVE);
    }

    @Test
    void lookingAtAComputeDoesNotWakeItAndConnectingDoes() throws SQLException {
        var endpoint = neon.endpoint(project, production.id()).orElseThrow();
        neon.suspend(project, production.id());
        for (int i = 0; i < 10; i++) {
            neon.branches(project);
            neon.endpoint(project, production.id());
            neon.connectionUri(project, production.id(), "neondb", "neondb_owner", false);
        }
        assertThat(neon.wakeUps(endpoint.id())).isZero();

        assertThat(ids(production)).isEqualTo("1");
        neon.suspend(project, production.id());
        assertThat(ids(production)).isEqualTo("1");
        assertThat(neon.wakeUps(endpoint.id())).isEqualTo(2);
        assertThat(neon.endpoint(project, production.id()).orElseThrow().port())
                .isEqualTo(endpoint.port());
    }

    @Test
    void aComputeWithoutWorkFallsAsleepAndOneWithALongStatementDoesNot() throws Exception {
        neon.close();
        neon = open(1000);
        var endpoint = neon.endpoint(project, production.id()).orElseThrow().id();
        assertThat(ids(production)).isEqualTo("1");
        var long_ =
                neon.asOwner(
                        project,
                        production.id(),
                        "neondb",
                        c -> {
                            try (var rows =
                                    c.createStatement().executeQuery("select pg_sleep(4), 1")) {
                                rows.next();
                                return rows.getInt(2);
                            }
                        });
        assertThat(long_).isEqualTo(1);
        await().atMost(Duration.ofMinutes(3))
                .until(() ->
                        neon.endpoint(project, production.id()).orElseThrow().state()
                                == NeonEndpoint.State.IDLE);
        assertThat(neon.wakeUps(endpoint)).isEqualTo(1);
    }

    @Test
    void aRestoreInPlaceKeepsThePortAndPreservesWhatWas() throws SQLException {
        var child = neon.createBranch(project, NeonBranch.Draft.named("child"));
        var port = neon.endpoint(project, production.id()).orElseThrow().port();
        var before = Instant.now();
        run(production, "drop table t");
        var uri = neon.connectionUri(project, production.id(), "neondb", "neondb_owner", false);

        var restored =
                neon.restoreBranch(
                        project,
                        production.id(),
                        production.id(),
                        new Point.When(before),
                        Optional.of("before-restore"));

        assertThat(restored.id()).isEqualTo(production.id());
        assertThat(ids(restored)).isEqualTo("1");
        assertThat(neon.endpoint(project, production.id()).orElseThrow().port()).isEqualTo(port);
        assertThat(neon.connectionUri(project, production.id(), "neondb", "neondb_owner", false))
                .isEqualTo(uri);
        var preserved = neon.branch(project, "before-restore").orElseThrow();
        assertThat(neon.branch(project, "child").orElseThrow().parentId()).contains(preserved.id());
        assertThat(restored.parentId()).contains(preserved.id());
        assertThat(ids(child)).isEqualTo("1");
        var witness =
                neon.createBranch(
                        project, draft("witness", Optional.of(preserved.id()), new Point.Head()));
        assertThatThrownBy(() -> ids(witness)).hasMessageContaining("\"t\" does not exist");
    }

    @Test
    void aSessionIsCutByARestoreAndTheNextOneSeesTheOldData() throws SQLException {
        var before = Instant.now();
        run(production, "insert into t values (2)");
        var uri =
                neon.connectionUri(project, production.id(), "neondb", "neondb_owner", false)
                        .reveal();
        try (var session = connect(uri)) {
            neon.restoreBranch(
                    project,
                    production.id(),
                    production.id(),
                    new Point.When(before),
                    Optional.of("old"));
            assertThatThrownBy(() -> session.createStatement().execute("select 1"))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(ids(production)).isEqualTo("1");
    }

    @Test
    void whatNeonForbidsIsRefusedInItsWords() {
        var branch = neon.createBranch(project, NeonBranch.Draft.named("a"));
        var grandchild =
                neon.createBranch(project, draft("b", Optional.of(branch.id()), new Point.Head()));
        neon.branching()
                .set(
                        project,
                        grandchild.id(),
                        new NeonBranches.Change(
                                Optional.empty(), Optional.of(true), Optional.empty()));

        refused(
                () -> neon.deleteBranch(project, grandchild.id()),
                422,
                "cannot delete protected branch");
        refused(
                () -> neon.deleteBranch(project, branch.id()),
                422,
                "cannot delete branch that has children");
        refused(
                () -> neon.deleteBranch(project, production.id()),
                422,
                "cannot delete the default branch");
        refused(
                () ->
                        neon.restoreBranch(
                                project,
                                grandchild.id(),
                                branch.id(),
                                new Point.Head(),
                                Optional.empty()),
                422,
                "cannot reset protected branch");
        refused(
                () -> neon.createBranch(project, NeonBranch.Draft.named("a")),
                409,
                "already exists");
        refused(() -> neon.deleteBranch(project, "br-none"), 404, "branch not found");
        refused(
                () ->
                        neon.createBranch(
                                project,
                                draft(
                                        "c",
                                        Optional.empty(),
                                        new Point.When(Instant.now().minus(Duration.ofDays(2))))),
                422,
                "precedes the history window");
        var small = neon.createProject(new NeonProject.Draft("small", "main", "db", "owner", 1));
        refused(
                () -> neon.createBranch(small.id(), NeonBranch.Draft.named("x")),
                422,
                "branches limit exceeded");
    }

    @Test
    void aChildOfAProtectedBranchHasItsOwnPassword() throws SQLException {
        neon.branching()
                .set(
                        project,
                        production.id(),
                        new NeonBranches.Change(
                                Optional.empty(), Optional.of(true), Optional.empty()));
        var branch = neon.createBranch(project, NeonBranch.Draft.named("pr-2"));
        assertThat(neon.access().role(project, branch.id(), "neondb_owner").password())
                .isNotEqualTo(
                        neon.access().role(project, production.id(), "neondb_owner").password());
        assertThat(ids(branch)).isEqualTo("1");
    }

    @Test
    void anOwnerDoesWhatOwnersDoAndNoMore() throws SQLException {
        run(
                production,
                "create schema app",
                "create extension pgcrypto",
                "create extension \"uuid-ossp\"",
                "create extension citext",
                "create extension pg_trgm",
                "create extension hstore",
                "create extension if not exists pg_stat_statements",
                "create role reader login password 'x'",
                "grant usage on schema app to reader",
                "create database other");
        assertThat(
                        ask(
                                production,
                                "select count(*) > 0 from pg_stat_statements where query like '%create schema%'"))
                .isEqualTo("t");
        for (var forbidden :
                List.of(
                        "copy t from program 'echo 2'",
                        "copy t to program 'cat'",
                        "copy t from '/etc/passwd'",
                        "select pg_read_file('/etc/passwd')",
                        "select lo_import('/etc/passwd')",
                        "create extension file_fdw",
                        "alter system set fsync = on",
                        "create function f() returns int language c as 'x'",
                        "grant pg_execute_server_program to neondb_owner",
                        "alter role neondb_owner superuser")) {
            assertThatThrownBy(() -> run(production, forbidden))
                    .as(forbidden)
                    .isInstanceOf(SQLException.class)
                    .hasMessageMatching("(?s).*(permission denied|must be superuser|only roles).*");
        }
    }

    @Test
    void directAndPooledAddressesDifferAndBothConnect() throws SQLException {
        var direct =
                neon.connectionUri(project, production.id(), "neondb", "neondb_owner", false)
                        .reveal();
        var pooled =
                neon.connectionUri(project, production.id(), "neondb", "neondb_owner", true)
                        .reveal();
        assertThat(direct).doesNotContain("-pooler");
        assertThat(pooled).matches(".*[?&]options=endpoint%3Dep-[a-z0-9-]+-pooler");
        for (var uri : List.of(direct, pooled)) {
            try (var connection = connect(uri)) {
                assertThat(connection.isValid(5)).isTrue();
            }
        }
    }

    @Test
    void aWorldIsFoundAgainAndBelongsToOneProgram() throws SQLException {
        var branch = neon.createBranch(project, NeonBranch.Draft.named("later"));
        var uri = neon.connectionUri(project, production.id(), "neondb", "neondb_owner", false);
        assertThatThrownBy(() -> open(1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is open in another program");
        neon.close();

        neon = open(1);
        assertThat(neon.branches(project))
                .extracting(NeonBranch::name)
                .containsExactly("production", "later");
        assertThat(neon.connectionUri(project, production.id(), "neondb", "neondb_owner", false))
                .isEqualTo(uri);
        assertThat(ids(production)).isEqualTo("1");
        assertThat(ids(branch)).isEqualTo("1");
    }

    @Test
    void anExpiredBranchGoesByItself() {
        var expiring =
                new NeonBranch.Draft(
                        "brief",
                        Optional.empty(),
                        new Point.Head(),
                        false,
                        Optional.of(Instant.now().plusMillis(700)),
                        true,
                        true,
                        java.util.Map.of());
        neon.createBranch(project, expiring);
        assertThat(neon.branch(project, "brief")).isPresent();
        await().atMost(Duration.ofMinutes(3)).until(() -> neon.branch(project, "brief").isEmpty());
    }

    private static NeonBranch.Draft draft(String name, Optional<String> parent, Point from) {
        return new NeonBranch.Draft(
                name, parent, from, false, Optional.empty(), true, true, java.util.Map.of());
    }

    private static void refused(Runnable what, int status, String words) {
        assertThatThrownBy(what::run)
                .isInstanceOfSatisfying(
                        NeonRefusal.class, r -> assertThat(r.status()).isEqualTo(status))
                .hasMessageContaining(words);
    }

    private static Connection connect(String uri) throws SQLException {
        var at = java.net.URI.create(uri);
        var user = at.getUserInfo().split(":", 2);
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:"
                        + at.getPort()
                        + at.getPath()
                        + "?"
                        + at.getRawQuery(),
                user[0],
                user[1]);
    }

    private void run(NeonBranch branch, String... sql) throws SQLException {
        neon.asOwner(
                project,
                branch.id(),
                "neondb",
                c -> {
                    for (var one : sql) {
                        c.createStatement().execute(one);
                    }
                    return sql.length;
                });
    }

    private String ids(NeonBranch branch) throws SQLException {
        return ask(branch, "select string_agg(id::text, ',' order by id) from t");
    }

    private String ask(NeonBranch branch, String sql) throws SQLException {
        return neon.asOwner(
                project,
                branch.id(),
                "neondb",
                c -> {
                    try (var rows = c.createStatement().executeQuery(sql)) {
                        rows.next();
                        return rows.getString(1);
                    }
                });
    }
}
