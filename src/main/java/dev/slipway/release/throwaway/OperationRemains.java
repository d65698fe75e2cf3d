package dev.slipway.release.throwaway;

import dev.slipway.operation.OperationState;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
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

/// Finds in the journal the throw-away branches of operations that were asked for and not seen to be gone:
/// those a rehearsal ran on, and those lost rows were read from.
///
/// @param self this process, for want of the one that made them
public record OperationRemains(
        Supplier<Operations> operations, String project, Holder self, InstantSource clock)
        implements ThrowAways.Abandoned {
    /// The key of the step that makes the branch; it also begins the keys of those that use it.
    public static final String CREATE = "rehearse.branch";

    /// The group of the steps that make a branch to read lost rows from; the part is its kind.
    private static final String READ = "rescue";

    private static final Set<String> REMOVE = Set.of("rehearse.remove", "discard-rehearsal");
    private static final Set<String> USES = Set.of("rehearse", READ, "fence", "replay");
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
        var plan = detail.plan();
        return plan.steps().stream().flatMap(step -> of(detail, step).stream());
    }

    /// What `step` left, when it makes such a branch.
    private Optional<Remains> of(OperationDetail detail, PlanStep step) {
        if (step.key().equals(CREATE)) {
            return remains(detail, step, "rehearsal", REMOVE);
        }
        return step.group().equals(READ) && step.part().isPresent()
                ? remains(
                        detail,
                        step,
                        step.part().get(),
                        Set.of("discard-" + READ + "." + step.part().get()))
                : Optional.empty();
    }

    private Optional<Remains> remains(
            OperationDetail detail, PlanStep create, String kind, Set<String> remove) {
        var asked = last(detail, Set.of(create.key()), Set.of("SENT"));
        var gone = last(detail, remove, GONE);
        if (asked.isEmpty() || (gone.isPresent() && gone.get().isAfter(asked.get()))) {
            return Optional.empty();
        }
        var plan = detail.plan();
        return Optional.of(
                new Remains(
                        plan.id(),
                        debt(plan, create, kind, asked.get()),
                        needed(detail.row(), plan)));
    }

    private Debt debt(Plan plan, PlanStep create, String kind, Instant asked) {
        return new Debt(
                Debt.Kind.BRANCH,
                "slipway/" + plan.brief() + "/" + kind,
                plan.mark(create),
                project,
                Optional.empty(),
                asked,
                self,
                "");
    }

    /// Who pauses in the middle of what uses it wants to go on with it; who was killed there did not choose
    /// to.
    private static Optional<String> needed(OperationRow row, Plan plan) {
        var using = plan.step(row.stepKey()).filter(s -> USES.contains(s.group())).isPresent();
        return using && row.state() == OperationState.PAUSED
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
