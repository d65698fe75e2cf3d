package dev.slipway.release.rollback;

import dev.slipway.operation.OperationState;
import dev.slipway.operation.journal.OperationDetail;
import dev.slipway.release.drill.Drill;
import dev.slipway.release.step.RestoreBranch;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// How long going back with code took the last time it was done or practised. Pure.
///
/// @param took from the decision until every Worker was seen well
/// @param at when
/// @param by what: `the drill`, `the rollback to r41`
public record Measured(Duration took, Instant at, String by) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE;

    /// The newest of these; empty when none of them went back in one go.
    public static Optional<Measured> newest(
            Collection<Drill> drills, Collection<OperationDetail> operations) {
        return Stream.concat(
                        drills.stream().filter(Drill::passed).map(Measured::of),
                        operations.stream().flatMap(one -> of(one).stream()))
                .max(Comparator.comparing(Measured::at));
    }

    private static Measured of(Drill drill) {
        return new Measured(drill.back().orElseThrow(), drill.at(), "the drill");
    }

    private static Optional<Measured> of(OperationDetail operation) {
        var plan = operation.plan();
        if (!plan.kind().equals(RollbackProposal.KIND)
                || plan.step(RestoreBranch.KEY).isPresent()
                || operation.row().state() != OperationState.SUCCEEDED
                || operation.lines().stream().anyMatch(l -> l.type().equals("RESUMED"))) {
            return Optional.empty();
        }
        var began = operation.lines().getFirst().at().wall();
        return operation.lines().stream()
                .filter(l -> l.step().equals("check-back") && l.type().equals("CONFIRMED"))
                .findFirst()
                .map(l ->
                        new Measured(
                                Duration.between(began, l.at().wall()),
                                began,
                                "the rollback to " + plan.target()));
    }

    /// `as the drill of 2026-11-26 took`.
    String words() {
        return "as " + by + " of " + DAY.format(at.atOffset(ZoneOffset.UTC)) + " took";
    }
}
