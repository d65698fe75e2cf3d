package dev.slipway.operation.journal;

import dev.slipway.operation.OperationState;
import java.time.Instant;

/// One line of the list of operations.
///
/// @param kind `promotion` …
/// @param target what it is about, `r42`
/// @param by who began it
/// @param step number of the group it is at, from 1; the number of groups when all are done
/// @param steps number of groups of steps
/// @param stepKey key of the step it is at, empty when all are done
/// @param stepTitle its title, empty when all are done
/// @param updated when something last happened
/// @param reason why it is in this state, empty when there is nothing to say
public record OperationRow(
        String id,
        String kind,
        String target,
        String by,
        Instant startedAt,
        int step,
        int steps,
        String stepKey,
        String stepTitle,
        OperationState state,
        Instant updated,
        String reason) {}
