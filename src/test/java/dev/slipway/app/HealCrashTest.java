package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.cli.TestWorld;
import dev.slipway.domain.RefusedException;
import dev.slipway.operation.lock.LockStatus;
import dev.slipway.sandbox.world.WorkerScript;
import dev.slipway.sandbox.world.WorkerUpload;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Uploading again what serves, by a program that dies at a write of its journal and is gone on with: it ends
/// as if nothing had happened.
class HealCrashTest {
    private static TestWorld world;
    private static WorldSession session;

    @BeforeAll
    static void start() {
        world = new TestWorld();
        session = DyingRun.session(world);
    }

    @AfterAll
    static void stop() {
        session.close();
        world.close();
    }

    @Test
    void diedInAnyStepItUploadsOnceAndServesOnce() {
        var played = new TreeSet<String>();
        var died = Optional.of("");
        for (int boundary = 0; died.isPresent(); boundary++) {
            died = play(boundary);
            died.ifPresent(played::add);
        }
        assertThat(played)
                .contains("claim-lock", "check-back", "release-lock")
                .anyMatch(step -> step.startsWith("upload-again."))
                .anyMatch(step -> step.startsWith("serve."));
    }

    private static Optional<String> play(int boundary) {
        var workers = world.sandbox().cloudflare().workers();
        for (var script : scripts()) {
            workers.upload(script.name(), WorkerUpload.of("export default {}", "{}"));
        }
        var before = scripts().stream().map(s -> s.live().orElseThrow().modules()).toList();
        // Cloudflare lists a version a moment after it was uploaded.
        var plan =
                await().atMost(Duration.ofSeconds(60))
                        .ignoreExceptionsInstanceOf(RefusedException.class)
                        .until(session.heals()::propose, made -> made.overtaken().size() == 3)
                        .plan();
        var run = DyingRun.of(session, plan, boundary, DyingRun::ends);
        for (var script : scripts()) {
            assertThat(script.live()).as(run.what()).isEqualTo(script.newest());
            assertThat(script.versions())
                    .as(run.what())
                    .filteredOn(v -> v.annotations().toString().contains(plan.marks()))
                    .hasSize(1);
            assertThat(script.deployments())
                    .as(run.what())
                    .filteredOn(d -> d.annotations().toString().contains(plan.marks()))
                    .hasSize(1);
        }
        assertThat(scripts().stream().map(s -> s.live().orElseThrow().modules()).toList())
                .as(run.what())
                .isEqualTo(before);
        assertThat(session.lock().state()).as(run.what()).isEqualTo(LockStatus.State.FREE);
        return run.step();
    }

    private static List<WorkerScript> scripts() {
        return world.sandbox().cloudflare().workers().scripts().stream()
                .filter(script -> script.name().endsWith("-production"))
                .toList();
    }
}
