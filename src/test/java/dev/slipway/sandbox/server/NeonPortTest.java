package dev.slipway.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.Secret;
import dev.slipway.http.Wire;
import dev.slipway.neon.CreatedBranch;
import dev.slipway.neon.HttpNeon;
import dev.slipway.neon.Neon;
import dev.slipway.neon.NewBranch;
import dev.slipway.neon.Operation;
import dev.slipway.sandbox.postgres.PostgresForTests;
import dev.slipway.sandbox.world.Fault;
import dev.slipway.sandbox.world.Faults;
import dev.slipway.sandbox.world.NeonProject;
import dev.slipway.sandbox.world.NeonWorld;
import dev.slipway.sandbox.world.Pace;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The port to Neon against the sandbox's Neon: what each method gives, and how each kind of
/// failure arrives.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NeonPortTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir static Path folder;
    private final Faults faults = new Faults();

    /// Operations end by the clock; while it stands still, none does.
    private final AtomicReference<Optional<Instant>> frozen =
            new AtomicReference<>(Optional.empty());

    private NeonWorld world;
    private NeonServer server;
    private Neon neon;
    private String main;

    @BeforeAll
    void start() {
        world =
                NeonWorld.open(
                        new NeonWorld.Place(
                                folder.resolve("neon"),
                                PostgresForTests.CACHE,
                                false,
                                new Pace(10),
                                () -> frozen.get().orElseGet(Instant::now)));
        var project = world.createProject(NeonProject.Draft.named("codex")).id();
        main = world.branches(project).getFirst().id();
        server = new NeonServer(world, faults, Secret.of("napi_test"), 0);
        neon = at("napi_test", project);
    }

    @AfterAll
    void stop() {
        server.close();
        world.close();
    }

    @AfterEach
    void clear() {
        frozen.set(Optional.empty());
        faults.clear();
        quiet();
    }

    private Neon at(String token, String project) {
        return new HttpNeon(Ports.transport(server.base(), Provider.NEON, token), project);
    }

    private static <T> T change(Supplier<T> call) {
        return Wire.during(Wire.Listener.NONE, call);
    }

    private static Failure failing(Runnable call) {
        return catchThrowableOfType(FailureException.class, call::run).failure();
    }

    private void quiet() {
        await().atMost(LONG)
                .until(() ->
                        neon.operations().stream()
                                .allMatch(o -> o.phase() == Operation.Phase.DONE));
    }

    private NewBranch wanted(String name) {
        return new NewBranch(
                name,
                main,
                new NewBranch.Point.Head(),
                Map.of("slipway", "slipway:1a2b3c4d:rehearse"),
                Optional.empty(),
                true);
    }

    private CreatedBranch create(String name) {
        return change(() -> neon.createBranch(wanted(name)));
    }

    private List<String> names() {
        return neon.branches().stream().map(b -> b.name()).toList();
    }

    @Test
    void aBranchComesIsUsedAndGoes() throws Exception {
        var made = create("pr-1");
        assertThat(made.operations()).isNotEmpty();
        assertThat(neon.operation(made.operations().getFirst().id()).id())
                .isEqualTo(made.operations().getFirst().id());
        quiet();

        var branch = neon.branch(made.branch().id()).orElseThrow();
        assertThat(branch.ready()).isTrue();
        assertThat(branch.annotation()).containsEntry("slipway", "slipway:1a2b3c4d:rehearse");
        assertThat(neon.branches()).contains(branch);
        assertThat(neon.endpoints()).anyMatch(e -> e.branch().equals(branch.id()));
        assertThat(neon.databases(branch.id())).extracting(d -> d.name()).containsExactly("neondb");
        assertThat(neon.roles(branch.id()))
                .extracting(r -> r.name())
                .containsExactly("neondb_owner");
        var uri =
                java.net.URI.create(
                        neon.connection(branch.id(), "neondb", "neondb_owner").reveal());
        var user = uri.getUserInfo().split(":", 2);
        try (var connection =
                DriverManager.getConnection(
                        "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath(),
                        user[0],
                        user[1])) {
            assertThat(connection.isValid(5)).isTrue();
        }

        assertThat(change(() -> neon.deleteBranch(branch.id()))).isNotEmpty();
        quiet();
        assertThat(neon.branch(branch.id())).isEmpty();
        assertThat(change(() -> neon.deleteBranch(branch.id()))).as("gone already").isEmpty();
    }

    @Test
    void whatIsNotThereIsEmptyOrNamed() {
        assertThat(neon.branch("br-none")).isEmpty();
        assertThat(failing(() -> neon.databases("br-none"))).isInstanceOf(Failure.NotFound.class);
        assertThat(failing(() -> neon.operation("none"))).isInstanceOf(Failure.NotFound.class);
        assertThat(failing(() -> neon.connection(main, "none", "neondb_owner")))
                .isInstanceOf(Failure.NotFound.class);
        assertThat(failing(() -> at("napi_test", "none").read()))
                .isInstanceOf(Failure.NotFound.class);
    }

    @Test
    void whatMustNotBeIsRefused() {
        create("pr-twice");
        quiet();
        assertThat(failing(() -> create("pr-twice"))).isInstanceOf(Failure.Refused.class);
        assertThat(failing(() -> change(() -> neon.deleteBranch(main))))
                .isInstanceOf(Failure.Refused.class);
        assertThat(failing(() -> at("napi_wrong", neon.project()).read()))
                .isInstanceOf(Failure.Unauthorized.class);
    }

    @Test
    void aSecondChangeIsToldThatTheProjectIsBusy() {
        frozen.set(Optional.of(Instant.now()));
        create("pr-first");

        var busy = failing(() -> create("pr-second"));

        assertThat(busy).isInstanceOf(Failure.Busy.class);
        assertThat(busy.outcome()).isEqualTo(Failure.Outcome.NOT_APPLIED);
        assertThat(names()).contains("pr-first").doesNotContain("pr-second");
    }

    @Test
    void aLostAnswerIsUnknownAndTheListTells() {
        faults.add(new Fault.LoseRequest(creations()));
        assertThat(failing(() -> create("pr-lost")).outcome()).isEqualTo(Failure.Outcome.UNKNOWN);
        assertThat(names()).doesNotContain("pr-lost");

        faults.add(new Fault.LoseAnswer(creations()));
        assertThat(failing(() -> create("pr-made")).outcome()).isEqualTo(Failure.Outcome.UNKNOWN);
        await().atMost(LONG).until(() -> names().contains("pr-made"));

        quiet();
        faults.add(new Fault.Truncate(creations()));
        assertThat(failing(() -> create("pr-cut")).outcome()).isEqualTo(Failure.Outcome.UNKNOWN);
        await().atMost(LONG).until(() -> names().contains("pr-cut"));

        quiet();
        faults.add(new Fault.Answer(creations(), 500, "{}", Optional.empty()));
        assertThat(failing(() -> create("pr-broken")).outcome()).isEqualTo(Failure.Outcome.UNKNOWN);
        faults.add(new Fault.Answer(creations(), 429, "{\"message\":\"slow\"}", Optional.of(2)));
        assertThat(failing(() -> create("pr-limited"))).isInstanceOf(Failure.RateLimited.class);
        assertThat(names()).doesNotContain("pr-broken", "pr-limited");
    }

    private static Fault.Target creations() {
        return Fault.Target.next(1, "neon", "POST", "/branches$");
    }

    @Test
    void aReadingThatIsCutIsNeverBelieved() {
        faults.add(new Fault.Truncate(Fault.Target.everything("neon")));

        assertThat(failing(() -> neon.read()).outcome()).isNotEqualTo(Failure.Outcome.REFUSED);
    }

    @Test
    void theProjectSaysWhatItAllows() {
        assertThat(neon.read().id()).isEqualTo(neon.project());
        assertThat(neon.read().history()).isEqualTo(Duration.ofDays(1));
    }
}
