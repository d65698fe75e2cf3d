package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.domain.Failure;
import dev.slipway.domain.Provider;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.operation.Happening;
import dev.slipway.operation.OperationState;
import dev.slipway.operation.Permit;
import dev.slipway.preview.PreviewList;
import dev.slipway.release.RehearsalListener;
import dev.slipway.release.Target;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.SandboxOptions;
import dev.slipway.sandbox.postgres.PostgresForTests;
import dev.slipway.sandbox.world.Fault;
import dev.slipway.stack.StackFile;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// A provider is down: it is left alone, a person reads why, and an operation goes on when it is back.
class SilentProviderTest {
    /// Calls that may be on their way when the fifth has come to nothing.
    private static final int AT_ONCE = 20;

    @TempDir static Path home;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final StoppingClock CLOCK = new StoppingClock();
    private static Sandbox sandbox;
    private static WorldSession session;

    /// The system's clock, or one that stands still.
    private static final class StoppingClock extends Clock {
        private volatile Optional<Instant> stopped = Optional.empty();

        private void stop() {
            stopped = Optional.of(Instant.now());
        }

        private void pass(Duration time) {
            stopped = stopped.map(at -> at.plus(time));
        }

        private void run() {
            stopped = Optional.empty();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return stopped.orElseGet(Instant::now);
        }
    }

    @BeforeAll
    static void start() {
        sandbox =
                Sandbox.start(SandboxOptions.temporary(PostgresForTests.CACHE).speed(20), _ -> {});
        session =
                new WorldSession(
                        CLOCK,
                        new Home(home).create(),
                        WorldFile.parse(sandbox.worldFile().line()),
                        StackFile.read(sandbox.stack()),
                        () -> {});
    }

    @AfterAll
    static void end() {
        session.close();
        sandbox.close();
    }

    @AfterEach
    void clear() {
        sandbox.faults().clear();
        CLOCK.run();
    }

    private static void down(String service) {
        sandbox.faults().add(new Fault.LoseRequest(Fault.Target.everything(service)));
    }

    /// How many requests have reached a service.
    private static int arrived(String service) {
        try (var http = HttpClient.newHttpClient()) {
            var state = sandbox.worldFile().control().resolve("state");
            var answer =
                    http.send(
                            HttpRequest.newBuilder(state).build(),
                            HttpResponse.BodyHandlers.ofString());
            return JSON.readTree(answer.body()).path("calls").path(service).intValue();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Optional<Failure> failure(PreviewList list, Provider provider) {
        return Optional.ofNullable(list.providers().get(provider))
                .flatMap(PreviewList.ProviderState::failure);
    }

    @Test
    void itIsLeftAloneUntilOneCallIsAnswered() {
        var before = session.previews().refresh();
        assertThat(failure(before, Provider.GITHUB)).isEmpty();
        CLOCK.stop();
        down("github");
        int healthy = arrived("github");
        session.previews().refresh();
        session.previews().refresh();
        int open = arrived("github");
        assertThat(open - healthy).isBetween(5, 5 + AT_ONCE);

        for (int i = 0; i < 10; i++) {
            var list = session.previews().refresh();
            assertThat(failure(list, Provider.GITHUB).map(Failure::sentence).orElse(""))
                    .contains(
                            "GitHub cannot be reached", "times in a row since", "nothing is sent");
            assertThat(list.previews()).as("what was read stays").hasSameSizeAs(before.previews());
            assertThat(list.offline()).isFalse();
        }
        assertThat(arrived("github")).isEqualTo(open);

        CLOCK.pass(Duration.ofMinutes(1));
        session.previews().refresh();
        assertThat(arrived("github")).as("one call decides").isEqualTo(open + 1);

        sandbox.faults().clear();
        CLOCK.pass(Duration.ofMinutes(1));
        await().atMost(Duration.ofMinutes(3))
                .until(() -> failure(session.previews().refresh(), Provider.GITHUB).isEmpty());
    }

    @Test
    void silenceOfAllOfThemIsOffline() {
        session.previews().refresh();
        CLOCK.stop();
        for (var service : List.of("github", "neon", "cloudflare")) {
            down(service);
        }

        await().atMost(Duration.ofMinutes(3))
                .until(() -> {
                    var list = session.previews().refresh();
                    return list.offline()
                            && failure(list, Provider.NEON).orElse(null) instanceof Failure.Silent;
                });

        sandbox.faults().clear();
        CLOCK.pass(Duration.ofMinutes(1));
        await().atMost(Duration.ofMinutes(3))
                .until(() -> {
                    var list = session.previews().refresh();
                    return list.providers().keySet().stream()
                            .allMatch(provider -> failure(list, provider).isEmpty());
                });
    }

    @Test
    void aPromotionGoesOnByItselfWhenItsProviderIsBack() {
        var proposal =
                session.promotions()
                        .propose(
                                new Target.OfPullRequest(new PullRequestNumber(487)),
                                RehearsalListener.SILENT);
        assertThat(proposal.refusals()).isEmpty();
        var waits = Collections.synchronizedList(new ArrayList<String>());
        Happening.Listener outage =
                happening -> {
                    if (happening instanceof Happening.StepStarted(var step, _, _)
                            && step.key().equals("merge")) {
                        down("github");
                    }
                    if (happening instanceof Happening.Waiting(_, _, var reason)
                            && reason.contains("nothing is sent to it before")) {
                        waits.add(reason);
                        if (waits.size() == 4) {
                            sandbox.faults().clear();
                        }
                    }
                };

        var end =
                session.promotions()
                        .start(
                                proposal,
                                proposal.phrase(),
                                Permit.forOne(session.login(), "a test"),
                                List.of(outage))
                        .await();

        assertThat(end.state()).as(end.reason()).isEqualTo(OperationState.SUCCEEDED);
        assertThat(waits).hasSizeGreaterThanOrEqualTo(4);
    }
}
