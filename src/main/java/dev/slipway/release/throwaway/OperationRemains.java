package dev.slipway.release.throwaway;

import dev.slipway.operation.OperationState;
import dev.slipway.operation.Plan;
import dev.slipway.operation.journal.OperationDetail;
import dev.slipway.operation.journal.OperationRow;
import dev.slipway.operation.journal.Operations;
import dev.slipway.operation.journal.SingleWriter.Holder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Finds in the journal the rehearsal branches of operations that were asked for and not seen to be gone.
///
/// @param self this process, for want of the one that made them
public record OperationRemains(
        Supplier<Operations> operations, String project, Holder self, InstantSource clock)
        implements ThrowAways.Abandoned {
    /// The key of the step that makes the branch; it also begins the keys of those that use it.
    public static final String CREATE = "rehearse.branch";

    private static final Set<String> REMOVE = Set.of("rehearse.remove", "discard-rehearsal");
    private static final Set<String> GONE = Set.of("CONFIRMED", "SKIPPED");

    /// A branch of an operation expires after a day.
    private static final Duration OLDEST = Duration.ofDays(2);

    /// So many operations nobody runs in two days.
    private static final int MOST = 200;

    @Override
    public List<Remains> all() {
        var since = clock.instant().minus(OLDEST);
        var journal = operations.get();
        return journal.page(0, MOST).stream()
                .filter(row -> row.updated().isAfter(since))
                .filter(row -> row.state() != OperationState.RUNNING)
                .flatMap(row -> journal.one(row.id()).stream())
                .flatMap(this::of)
                .toList();
    }

    private Stream<Remains> of(OperationDetail detail) {
        var asked = last(detail, Set.of(CREATE), Set.of("SENT"));
        var gone = last(detail, REMOVE, GONE);
        if (asked.isEmpty() || (gone.isPresent() && gone.get().isAfter(asked.get()))) {
            return Stream.empty();
        }
        var plan = detail.plan();
        return Stream.of(
                new Remains(plan.id(), debt(plan, asked.get()), needed(detail.row(), plan)));
    }

    private Debt debt(Plan plan, Instant asked) {
        return new Debt(
                Debt.Kind.BRANCH,
                "slipway/" + plan.brief() + "/rehearsal",
                plan.mark(plan.step(CREATE).orElseThrow()),
                project,
                Optional.empty(),
                asked,
                self,
                "");
    }

    /// Who pauses in the middle of a rehearsal wants to go on with it; who was killed there did not
    /// choose to.
    private static Optional<String> needed(OperationRow row, Plan plan) {
        var rehearsing =
                plan.step(row.stepKey()).filter(s -> s.group().equals("rehearse")).isPresent();
        return rehearsing && row.state() == OperationState.PAUSED
                ? Optional.of(
                        "the operation "
                                + row.id()
                                + " is paused and goes on with it; resume it, or leave it and the branch"
                                + " deletes itself after a day.")
                : Optional.empty();
    }

    private static Optional<Instant> last(
            OperationDetail detail, Set<String> steps, Set<String> types) {
        return detail.lines().stream()
                .filter(line -> steps.contains(line.step()) && types.contains(line.type()))
                .map(line -> line.at().wall())
                .reduce((_, later) -> later);
    }
}
