package dev.slipway.ui.window;

import dev.slipway.domain.Failure;
import dev.slipway.health.Probe;
import dev.slipway.operation.journal.OperationRow;
import dev.slipway.operation.lock.LockStatus;
import dev.slipway.preview.PreviewList;
import dev.slipway.production.ProductionState;
import dev.slipway.ui.kit.Status;
import dev.slipway.ui.shell.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is wrong according to each thing the frame reads. Pure.
final class Diagnosis {
    private Diagnosis() {}

    /// That production is held by somebody who is gone.
    static List<Problems.Problem> of(LockStatus lock) {
        return Optional.of(lock)
                .filter(LockStatus::takeable)
                .map(s ->
                        new Problems.Problem(
                                Status.ATTENTION,
                                "Production is held by " + s.sentence() + ".",
                                new Place.Production()))
                .stream()
                .toList();
    }

    /// That operations wait for a person.
    static List<Problems.Problem> of(List<OperationRow> waiting) {
        return waiting.stream()
                .map(row ->
                        new Problems.Problem(
                                Status.PAUSED,
                                "The %s of %s waits for you at \u201c%s\u201d."
                                        .formatted(row.kind(), row.target(), row.stepTitle()),
                                new Place.Operation(row.id())))
                .toList();
    }

    /// That providers did not answer.
    static List<Problems.Problem> of(PreviewList list) {
        return list.providers().values().stream()
                .flatMap(state -> state.failure().stream())
                .filter(failure -> !(failure instanceof Failure.BudgetSpent))
                .map(failure ->
                        new Problems.Problem(
                                Status.UNKNOWN, failure.sentence() + ".", Place.Previews.ALL))
                .toList();
    }

    /// That production fails, or that nobody knows what serves it.
    static List<Problems.Problem> of(ProductionState state) {
        var all = new ArrayList<Problems.Problem>();
        for (var probe : state.probes()) {
            if (probe.outcome() == Probe.Outcome.FAILING) {
                all.add(
                        new Problems.Problem(
                                Status.FAILING,
                                "Production is failing: " + probe.line(),
                                new Place.Production()));
            }
        }
        for (var worker : state.workers()) {
            worker.doubt()
                    .ifPresent(doubt ->
                            all.add(
                                    new Problems.Problem(
                                            Status.UNKNOWN,
                                            "What serves "
                                                    + worker.name()
                                                    + " is not known: "
                                                    + doubt
                                                    + ".",
                                            new Place.Production())));
        }
        return all;
    }
}
