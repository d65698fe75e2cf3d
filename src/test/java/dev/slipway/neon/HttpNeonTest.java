package dev.slipway.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.http.RawServer;
import dev.slipway.http.RawServer.Reply;
import dev.slipway.http.Transport;
import dev.slipway.http.Wire;
import dev.slipway.http.Worlds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// The adapter against answers as Neon's interface description has them.
class HttpNeonTest {
    private static final String BRANCH =
            """
            {"id":"br-1","project_id":"p","name":"pr-7","parent_id":"br-0",
             "parent_lsn":"0/1A2B3C8","parent_timestamp":"2026-11-21T09:00:00Z",
             "current_state":"init","pending_state":"ready","default":false,"protected":false,
             "created_at":"2026-11-21T10:00:00Z","updated_at":"2026-11-21T10:00:01Z",
             "logical_size":-1,"creation_source":"console","future_field":{"x":[1]}}
            """;
    private static final String OPERATION =
            """
            {"id":"op-1","project_id":"p","branch_id":"br-1","action":"create_branch",
             "status":"%s","failures_count":0,"created_at":"2026-11-21T10:00:00Z",
             "updated_at":"2026-11-21T10:00:00Z","total_duration_ms":0}
            """;

    @Test
    void branchesCarryTheirAnnotations() {
        var list =
                "{\"branches\":[%s],\"annotations\":{\"br-1\":{\"object\":{\"type\":\"console/branch\",\"id\":\"br-1\"},\"value\":{\"slipway\":\"slipway:1a2b3c4d:rehearse\"}}},\"pagination\":{}}"
                        .formatted(BRANCH);
        with(
                _ -> Reply.of(200, list),
                (neon, server) -> {
                    var branch = neon.branches().getFirst();

                    assertThat(branch.annotation())
                            .containsEntry("slipway", "slipway:1a2b3c4d:rehearse");
                    assertThat(branch.ready()).isFalse();
                    assertThat(branch.logicalSize()).isEmpty();
                    assertThat(branch.expires()).isEmpty();
                    assertThat(branch.parentLsn()).contains("0/1A2B3C8");
                    assertThat(server.received().getFirst().target())
                            .isEqualTo("/projects/p/branches?limit=10000");
                });
    }

    @Test
    void aListIsFollowedToItsEnd() {
        var first = "{\"branches\":[%s],\"pagination\":{\"next\":\"c2\"}}".formatted(BRANCH);
        var last = "{\"branches\":[%s],\"pagination\":{\"sort_by\":\"x\"}}".formatted(BRANCH);
        with(
                r -> Reply.of(200, r.target().contains("cursor=c2") ? last : first),
                (neon, server) -> {
                    assertThat(neon.branches()).hasSize(2);
                    assertThat(server.count()).isEqualTo(2);
                });
    }

    @Test
    void aBranchIsAskedForWithAllItNeeds() {
        var answer =
                "{\"branch\":%s,\"endpoints\":[],\"operations\":[%s],\"roles\":[],\"databases\":[]}"
                        .formatted(BRANCH, OPERATION.formatted("running"));
        with(
                _ -> Reply.of(201, answer),
                (neon, server) -> {
                    var wanted =
                            new NewBranch(
                                    "slipway/1a2b3c4d/rehearsal",
                                    "br-0",
                                    new NewBranch.Point.Lsn("0/1A2B3C8"),
                                    Map.of("slipway", "mark"),
                                    Optional.of(Instant.parse("2026-11-22T10:00:00.123Z")),
                                    true);

                    var created = Wire.during(Wire.Listener.NONE, () -> neon.createBranch(wanted));

                    assertThat(created.branch().id()).isEqualTo("br-1");
                    assertThat(created.operations().getFirst().phase())
                            .isEqualTo(Operation.Phase.RUNNING);
                    assertThat(server.received().getFirst().body())
                            .isEqualTo(
                                    "{\"branch\":{\"name\":\"slipway/1a2b3c4d/rehearsal\",\"parent_id\":\"br-0\",\"parent_lsn\":\"0/1A2B3C8\",\"expires_at\":\"2026-11-22T10:00:00Z\"},\"endpoints\":[{\"type\":\"read_write\"}],\"annotation_value\":{\"slipway\":\"mark\"}}");
                });
    }

    @Test
    void aRestoreAlwaysNamesWhatKeepsTheOldState() {
        var answer =
                "{\"branch\":%s,\"operations\":[%s]}"
                        .formatted(BRANCH, OPERATION.formatted("running"));
        with(
                _ -> Reply.of(200, answer),
                (neon, server) -> {
                    var restore =
                            new BranchRestore(
                                    "br-1",
                                    "br-1",
                                    new NewBranch.Point.Time(Instant.parse("2026-11-21T14:05:00Z")),
                                    "production_old_2026-11-21");
                    var undo =
                            new BranchRestore(
                                    "br-1", "br-2", new NewBranch.Point.Head(), "another");

                    assertThat(Wire.during(Wire.Listener.NONE, () -> neon.restore(restore)))
                            .hasSize(1);
                    Wire.during(Wire.Listener.NONE, () -> neon.restore(undo));
                    Wire.during(Wire.Listener.NONE, () -> neon.protect("br-1", true));

                    assertThat(server.received().get(0).target())
                            .isEqualTo("/projects/p/branches/br-1/restore");
                    assertThat(server.received().get(0).body())
                            .isEqualTo(
                                    "{\"source_branch_id\":\"br-1\",\"source_timestamp\":\"2026-11-21T14:05:00Z\",\"preserve_under_name\":\"production_old_2026-11-21\"}");
                    assertThat(server.received().get(1).body())
                            .isEqualTo(
                                    "{\"source_branch_id\":\"br-2\",\"preserve_under_name\":\"another\"}");
                    assertThat(server.received().get(2).method()).isEqualTo("PATCH");
                    assertThat(server.received().get(2).body())
                            .isEqualTo("{\"branch\":{\"protected\":true}}");
                });
    }

    @Test
    void aRestoreWithoutABackupOrToWhatIsThereCannotBeBuilt() {
        var point = new NewBranch.Point.Lsn("0/1A2B3C8");
        assertThatThrownBy(() -> new BranchRestore("br-1", "br-1", point, ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BranchRestore("br-1", "br-2", point, ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> new BranchRestore("br-1", "br-1", new NewBranch.Point.Head(), "old"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void deletingWhatIsGoneIsDone() {
        with(
                r ->
                        r.number() == 1
                                ? Reply.of(
                                        200,
                                        "{\"branch\":%s,\"operations\":[%s]}"
                                                .formatted(BRANCH, OPERATION.formatted("running")))
                                : Reply.of(204, ""),
                (neon, _) -> {
                    assertThat(Wire.during(Wire.Listener.NONE, () -> neon.deleteBranch("br-1")))
                            .hasSize(1);
                    assertThat(Wire.during(Wire.Listener.NONE, () -> neon.deleteBranch("br-1")))
                            .isEmpty();
                });
    }

    @Test
    void aLockedProjectIsBusyAndTheChangeWasNotApplied() {
        with(
                _ ->
                        Reply.of(
                                423,
                                "{\"request_id\":\"r\",\"code\":\"\",\"message\":\"project already has running conflicting operations\"}"),
                (neon, server) -> {
                    var failure =
                            catchThrowableOfType(
                                            FailureException.class,
                                            () ->
                                                    Wire.during(
                                                            Wire.Listener.NONE,
                                                            () -> neon.deleteBranch("br-1")))
                                    .failure();

                    assertThat(failure).isInstanceOf(Failure.Busy.class);
                    assertThat(failure.notApplied()).isTrue();
                    assertThat(server.count()).isEqualTo(1);
                });
    }

    @Test
    void aConnectionIsDirectASecretAndMasked() {
        var uri =
                "postgresql://owner:n3verSeen%2Fx@ep-cool-sun-1.eu-central-1.aws.neon.tech/db?sslmode=require";
        var pooled = uri.replace("ep-cool-sun-1", "ep-cool-sun-1-pooler");
        with(
                r -> Reply.of(200, "{\"uri\":\"" + (r.number() == 1 ? uri : pooled) + "\"}"),
                (neon, server) -> {
                    var secret = neon.connection("br-1", "db", "owner");

                    assertThat(secret.reveal()).isEqualTo(uri);
                    assertThat(secret.toString()).doesNotContain("n3verSeen");
                    assertThat(server.received().getFirst().target())
                            .isEqualTo(
                                    "/projects/p/connection_uri?branch_id=br-1&database_name=db&role_name=owner&pooled=false");
                    var failure =
                            catchThrowableOfType(
                                    FailureException.class,
                                    () -> neon.connection("br-1", "db", "owner"));
                    assertThat(failure.failure()).isInstanceOf(Failure.BadAnswer.class);
                    assertThat(failure).hasMessageNotContaining("n3verSeen");
                });
    }

    @Test
    void aProjectTellsItsLimitsOrNothing() {
        var project =
                """
                {"project":{"id":"p","name":"codex","region_id":"aws-eu-central-1","pg_version":17,
                 "history_retention_seconds":86400,"store_passwords":true%s}}
                """;
        with(
                r ->
                        Reply.of(
                                200,
                                project.formatted(
                                        r.number() == 1
                                                ? ",\"owner\":{\"branches_limit\":10}"
                                                : "")),
                (neon, _) -> {
                    assertThat(neon.read().branchLimit()).hasValue(10);
                    assertThat(neon.read().branchLimit()).isEmpty();
                    assertThat(neon.read().history()).isEqualTo(Duration.ofDays(1));
                });
    }

    @Test
    void failedIsNotTheEndOfAnOperation() {
        for (var expected :
                Map.of(
                                "finished", Operation.Phase.DONE,
                                "skipped", Operation.Phase.DONE,
                                "failed", Operation.Phase.FAILING,
                                "error", Operation.Phase.FAILED,
                                "cancelled", Operation.Phase.FAILED,
                                "cancelling", Operation.Phase.RUNNING,
                                "new-word", Operation.Phase.RUNNING)
                        .entrySet()) {
            with(
                    _ ->
                            Reply.of(
                                    200,
                                    "{\"operation\":%s}"
                                            .formatted(OPERATION.formatted(expected.getKey()))),
                    (neon, _) ->
                            assertThat(neon.operation("op-1").phase())
                                    .isEqualTo(expected.getValue()));
        }
    }

    private interface Body {
        void run(Neon neon, RawServer server);
    }

    private static void with(Function<RawServer.Received, Reply> script, Body body) {
        try (var server = new RawServer(script)) {
            var transport = new Transport(Worlds.at(server.address()), InstantSource.system());
            body.run(new HttpNeon(transport, "p"), server);
        }
    }
}
