package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bench.Numbers;
import dev.slipway.bench.WorldProcess;
import dev.slipway.domain.Provider;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.fault.FaultKind;
import dev.slipway.fault.FaultOrder;
import dev.slipway.http.RecentCall;
import dev.slipway.operation.Happening;
import dev.slipway.operation.Operation;
import dev.slipway.operation.OperationState;
import dev.slipway.operation.Permit;
import dev.slipway.release.Planned;
import dev.slipway.release.RehearsalListener;
import dev.slipway.release.Target;
import dev.slipway.stack.StackFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What going back with code costs when every answer of every provider takes 150 ms longer: calls, how
/// many of them wait for each other, and seconds from the decision until all traffic was seen well. The
/// world runs in another process, at its real speed.
@Tag("bench")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RollbackBench {
    private static final Duration SLOWER = Duration.ofMillis(150);

    @TempDir Path folder;

    @Test
    void codeOnly() throws Exception {
        try (var world = new WorldProcess(folder.resolve("world"), 0, 1);
                var session =
                        new WorldSession(
                                Clock.systemUTC(),
                                new Home(folder.resolve("app")).create(),
                                WorldFile.parse(world.line()),
                                StackFile.read(folder.resolve("world/sandbox/slipway.yaml")),
                                () -> {})) {
            promote(session);
            slower(world);

            var before = Instant.now();
            var proposal = session.rollbacks().propose(Optional.empty(), true);
            var planned = Instant.now();
            assertThat(proposal.open()).as(proposal.refusals().toString()).isTrue();
            var ended = new ConcurrentHashMap<String, Instant>();
            var operation = start(session, proposal, ended);
            var end = operation.await();
            var over = Instant.now();
            assertThat(end.state()).as(end.reason()).isEqualTo(OperationState.SUCCEEDED);

            var healthy = at(ended, "check-back");
            var back =
                    ended.entrySet().stream()
                            .filter(e -> e.getKey().startsWith("back."))
                            .map(Map.Entry::getValue)
                            .max(Comparator.naturalOrder())
                            .orElseThrow();
            row("planning (reading everything)", before, planned, session);
            row("decision until every Worker is back", planned, back, session);
            row("decision until all traffic was seen well", planned, healthy, session);
            row("settling and recording after that", healthy, over, session);
            Numbers.row(
                    "decision to healthy 100 %, 3 Workers, 150 ms more per call",
                    "%.1f s".formatted(seconds(planned, healthy)),
                    "< 10 s",
                    seconds(planned, healthy) < 10);
            var cloudflare =
                    between(session, at(ended, "claim-lock"), back).stream()
                            .filter(c -> c.provider() == Provider.CLOUDFLARE)
                            .toList();
            Numbers.row(
                    "calls to Cloudflare until every Worker is back, one after the other",
                    "%d, %d".formatted(cloudflare.size(), chain(cloudflare)),
                    "≤ 3 one after the other",
                    chain(cloudflare) <= 3);
        }
    }

    private static void promote(WorldSession session) {
        var proposal =
                session.promotions()
                        .propose(
                                new Target.OfPullRequest(new PullRequestNumber(482)),
                                RehearsalListener.SILENT);
        var end = start(session, proposal, new ConcurrentHashMap<>()).await();
        assertThat(end.state()).as(end.reason()).isEqualTo(OperationState.SUCCEEDED);
    }

    private static Operation start(
            WorldSession session, Planned proposal, Map<String, Instant> ended) {
        return session.promotions()
                .start(
                        proposal,
                        proposal.phrase(),
                        Permit.forOne(session.login(), "bench"),
                        List.of(happening -> {
                            if (happening instanceof Happening.StepEnded step) {
                                ended.put(step.step().key(), Instant.now());
                            }
                        }));
    }

    private static void slower(WorldProcess world) {
        var control =
                JsonMapper.builder().build().readTree(world.line()).path("control").stringValue();
        var faults = new SandboxFaults(URI.create(control));
        for (var service : List.of("github", "neon", "cloudflare", "edge")) {
            faults.start(FaultOrder.of(FaultKind.SLOW, service, Optional.of(SLOWER)));
        }
    }

    private static Instant at(Map<String, Instant> ended, String step) {
        return Optional.ofNullable(ended.get(step)).orElseThrow();
    }

    private static void row(String what, Instant from, Instant to, WorldSession session) {
        var calls = between(session, from, to);
        Numbers.row(
                what,
                "%.1f s, %d calls, %d of them one after the other"
                        .formatted(seconds(from, to), calls.size(), chain(calls)));
    }

    private static List<RecentCall> between(WorldSession session, Instant from, Instant to) {
        return session.transport().recent().stream()
                .filter(call -> !call.at().isBefore(from) && call.at().isBefore(to))
                .toList();
    }

    /// The most calls of which none overlaps another one.
    private static int chain(List<RecentCall> calls) {
        var ended = Instant.MIN;
        int chain = 0;
        for (var call :
                calls.stream()
                        .sorted(Comparator.comparing(c -> c.at().plusMillis(c.millis())))
                        .toList()) {
            if (!call.at().isBefore(ended)) {
                chain++;
                ended = call.at().plusMillis(call.millis());
            }
        }
        return chain;
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1e3;
    }
}
