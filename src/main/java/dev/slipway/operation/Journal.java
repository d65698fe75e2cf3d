package dev.slipway.operation;

import java.util.List;
import java.util.Optional;

/// The durable, append-only record of operations. When a writing method returns, what it wrote
/// survives a crash of the program and of the machine.
public interface Journal {
    /// Begins a plan, with its first event, in one step.
    ///
    /// @throws JournalException when it could not be made durable
    /// @throws IllegalArgumentException when there is a plan of this id
    Entry begin(Plan plan, Event.Started started, Moment at);

    /// Appends an event of a plan that was begun.
    ///
    /// @throws JournalException when it could not be made durable
    Entry append(String plan, Event event, Moment at);

    /// The events of a plan in order, empty when there is none of this id.
    List<Entry> entries(String plan);

    /// The plan of this id.
    Optional<Plan> plan(String id);
}
