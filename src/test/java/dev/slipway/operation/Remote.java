package dev.slipway.operation;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A provider of the tests: things with a mark, changed by calls that may be lost, late or refused.
/// Time is the test's.
final class Remote {
    private final TestClock clock;

    /// Mark of what is there, by step key.
    final Map<String, String> things = new LinkedHashMap<>();

    /// Every effect that took place, in order.
    final List<String> effects = new ArrayList<>();

    private final Map<String, Deque<Fault>> faults = new HashMap<>();
    private final List<Late> late = new ArrayList<>();
    final Map<String, Deque<Observation>> scripted = new HashMap<>();

    /// Happens between the announcement of a change and its effect.
    Runnable announced = () -> {};

    /// Checks that fail each time they are looked at.
    final Map<String, String> failing = new HashMap<>();

    private record Late(String key, String mark, long at) {}

    /// What happens to one call.
    enum Fault {
        /// Carried out, the answer is lost.
        ANSWER_LOST,
        /// Not carried out, and no answer.
        REQUEST_LOST,
        /// No answer; carried out one second before the quiet time ends.
        LATE,
        /// Asked to wait.
        BUSY,
        /// Delivered twice: carried out the first time, asked to wait the second.
        DONE_THEN_BUSY,
        /// Carried out and refused all the same.
        REFUSED_BUT_DONE,
        /// Refused.
        REFUSED,
        /// The token is refused.
        DENIED,
        /// Somebody else does the same a moment before.
        FOREIGN
    }

    Remote(TestClock clock) {
        this.clock = clock;
    }

    void fault(String key, Fault... next) {
        faults.computeIfAbsent(key, _ -> new ArrayDeque<>()).addAll(List.of(next));
    }

    void script(String key, Observation... next) {
        scripted.computeIfAbsent(key, _ -> new ArrayDeque<>()).addAll(List.of(next));
    }

    StepWorks works() {
        return (_, _) -> new Work();
    }

    private void land(String key, String mark) {
        effects.add(key);
        things.put(key, mark);
    }

    private void settle() {
        late.removeIf(l -> {
            if (l.at() > clock.now().mono()) {
                return false;
            }
            land(l.key(), l.mark());
            return true;
        });
    }

    private final class Work implements StepWork {
        @Override
        public Observation observe(StepScope scope) {
            settle();
            var key = scope.step().key();
            var script = scripted.get(key);
            if (script != null && !script.isEmpty()) {
                return script.poll();
            }
            if (failing.containsKey(key)) {
                return new Observation.Failed(failing.get(key), Map.of());
            }
            if (scope.step().kind() != PlanStep.Kind.MUTATION) {
                return Observation.Done.seen(Map.of("checked", "yes"));
            }
            var mark = things.get(key);
            if (mark == null) {
                return new Observation.Absent(
                        Map.of("seen", "nothing"), Map.of("before", "nothing"));
            }
            return mark.equals(scope.mark())
                    ? new Observation.Done(
                            Map.of(scope.step().group() + ".id", "id-" + scope.step().group()),
                            Map.of("mark", mark))
                    : new Observation.Foreign(
                            "Intended " + scope.mark() + ", found " + mark + ".", Map.of());
        }

        @Override
        public Receipt send(StepScope scope, Sending sending) {
            var key = scope.step().key();
            var next = faults.getOrDefault(key, new ArrayDeque<>()).poll();
            if (next == Fault.BUSY) {
                throw new FailureException(
                        new Failure.RateLimited(Provider.CLOUDFLARE, Duration.ofSeconds(7)));
            }
            sending.aboutToSend("POST", "/things/{key}", "00", Map.of("key", key));
            announced.run();
            if (next == null) {
                land(key, scope.mark());
                return new Receipt(Map.of("id", key));
            }
            if (next == Fault.DONE_THEN_BUSY) {
                land(key, scope.mark());
                throw new FailureException(
                        new Failure.RateLimited(Provider.CLOUDFLARE, Duration.ofSeconds(7)));
            }
            switch (next) {
                case ANSWER_LOST -> land(key, scope.mark());
                case LATE ->
                        late.add(
                                new Late(
                                        key,
                                        scope.mark(),
                                        clock.now().mono() + Duration.ofSeconds(119).toNanos()));
                case REFUSED_BUT_DONE -> land(key, scope.mark());
                case FOREIGN -> land(key, "somebody else");
                case REQUEST_LOST, REFUSED, DENIED, BUSY, DONE_THEN_BUSY -> {}
            }
            throw new FailureException(
                    switch (next) {
                        case REFUSED, REFUSED_BUT_DONE ->
                                new Failure.Refused(
                                        Provider.CLOUDFLARE,
                                        409,
                                        "10",
                                        "no " + key + " today",
                                        Optional.empty());
                        case DENIED ->
                                new Failure.Unauthorized(
                                        Provider.CLOUDFLARE, Optional.empty(), "expired");
                        default -> new Failure.Unknown(Provider.CLOUDFLARE, "the line was cut");
                    });
        }
    }
}
