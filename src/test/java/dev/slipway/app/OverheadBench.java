package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bench.Numbers;
import dev.slipway.bench.WorldProcess;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.http.RecentCall;
import dev.slipway.operation.Happening;
import dev.slipway.operation.OperationState;
import dev.slipway.operation.Permit;
import dev.slipway.release.RehearsalListener;
import dev.slipway.release.Target;
import dev.slipway.stack.StackFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a promotion takes beyond what it waits for: calls to providers and the waits it declares, such
/// as quiet time and soak. Probes and SQL statements are not told apart and count as its own, so the
/// true figure is lower. The world runs in another process, at its real speed.
@Tag("bench")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class OverheadBench {
    @TempDir Path folder;

    /// From here to there something was waited for.
    private record Span(Instant from, Instant to) {}

    @Test
    void overheadOfAPromotion() throws Exception {
        try (var world = new WorldProcess(folder.resolve("world"), 0, 1);
                var session =
                        new WorldSession(
                                Clock.systemUTC(),
                                new Home(folder.resolve("app")).create(),
                                WorldFile.parse(world.line()),
                                StackFile.read(folder.resolve("world/sandbox/slipway.yaml")),
                                () -> {})) {
            var proposal =
                    session.promotions()
                            .propose(
                                    new Target.OfPullRequest(new PullRequestNumber(482)),
                                    RehearsalListener.SILENT);
            var waits = new ConcurrentLinkedQueue<Span>();
            var began = Instant.now();
            var operation =
                    session.promotions()
                            .start(
                                    proposal,
                                    proposal.phrase(),
                                    Permit.forOne(session.login(), "bench"),
                                    List.of(happening -> {
                                        if (happening instanceof Happening.Waiting waiting) {
                                            var now = Instant.now();
                                            waits.add(new Span(now, now.plus(waiting.time())));
                                        }
                                    }));
            // Diagnostics keep the last calls only, so they are collected on the way.
            var calls = new LinkedHashSet<RecentCall>();
            do {
                calls.addAll(session.transport().recent());
                operation.awaitAtMost(Duration.ofMillis(500));
            } while (!operation.over());
            var ended = Instant.now();
            calls.addAll(session.transport().recent());
            assertThat(operation.await().state()).isEqualTo(OperationState.SUCCEEDED);

            var waited = union(spans(calls, waits), began, ended);
            var whole = Duration.between(began, ended);
            var own = whole.minus(waited);
            var share = 100.0 * own.toMillis() / waited.toMillis();
            Numbers.row(
                    "overhead of a promotion over its remote waits",
                    "%.1f %% (%.1f s of %.1f s, %d calls)"
                            .formatted(
                                    share,
                                    own.toMillis() / 1e3,
                                    whole.toMillis() / 1e3,
                                    calls.size()),
                    "< 5 %",
                    share < 5);
        }
    }

    private static List<Span> spans(Set<RecentCall> calls, Iterable<Span> waits) {
        var sent =
                calls.stream()
                        .map(call -> new Span(call.at(), call.at().plusMillis(call.millis())));
        var declared = Stream.<Span>builder();
        waits.forEach(declared);
        return Stream.concat(sent, declared.build())
                .sorted(Comparator.comparing(Span::from))
                .collect(Collectors.toList());
    }

    /// How much of `from` to `to` lies in any of the spans.
    private static Duration union(List<Span> sorted, Instant from, Instant to) {
        var sum = Duration.ZERO;
        var covered = from;
        for (var span : sorted) {
            var start = span.from().isBefore(covered) ? covered : span.from();
            var end = span.to().isAfter(to) ? to : span.to();
            if (end.isAfter(start)) {
                sum = sum.plus(Duration.between(start, end));
                covered = end;
            }
        }
        return sum;
    }
}
