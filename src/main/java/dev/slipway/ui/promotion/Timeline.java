package dev.slipway.ui.promotion;

import dev.slipway.operation.journal.OperationDetail;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// When each group of steps began and ended, as the journal says. A group begins where the one
/// before it ended, because a step that only looks is not announced. What is seen of a step after
/// it ended, when an operation settles or is resumed, does not make it longer; nor does the time an
/// operation waited for a person.
final class Timeline {
    private static final Set<String> ENDS =
            Set.of("CONFIRMED", "SKIPPED", "WARNED", "FAILED", "BLOCKED", "COMPENSATED");

    private Timeline() {}

    /// From one line of the journal to another.
    record Span(Instant from, Instant to) {
        Duration length() {
            return Duration.between(from, to);
        }

        Span later(Duration by) {
            return new Span(from.plus(by), to.plus(by));
        }
    }

    /// By group, in the order things happened.
    static Map<String, Span> of(OperationDetail detail) {
        var spans = new LinkedHashMap<String, Span>();
        var ended = new HashSet<String>();
        var last = detail.row().startedAt();
        var before = last;
        for (var line : detail.lines()) {
            var at = line.at().wall();
            if (line.type().equals("RESUMED") || line.type().equals("STARTED")) {
                last = at;
                var waited = Duration.between(before, at);
                spans.replaceAll(
                        (group, span) -> ended(detail, group, ended) ? span : span.later(waited));
            }
            before = at;
            var step = detail.plan().step(line.step());
            if (step.isEmpty() || (line.type().equals("OBSERVED") && ended.contains(line.step()))) {
                continue;
            }
            var from =
                    spans.containsKey(step.get().group())
                            ? spans.get(step.get().group()).from()
                            : last;
            spans.put(step.get().group(), new Span(from, at));
            if (ENDS.contains(line.type())) {
                ended.add(line.step());
                last = at;
            }
        }
        return spans;
    }

    private static boolean ended(OperationDetail detail, String group, Set<String> ended) {
        return detail.plan().steps().stream()
                .filter(step -> step.group().equals(group))
                .allMatch(step -> ended.contains(step.key()));
    }
}
