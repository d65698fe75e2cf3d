package dev.slipway.operation.lock;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.InputException;
import dev.slipway.domain.Provider;
import dev.slipway.operation.Entry;
import dev.slipway.operation.Event;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanJson;
import dev.slipway.operation.journal.CopiedLine;
import dev.slipway.operation.lock.RefChain.Tip;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A run as the lock chain tells it: its plan, and its journal up to the last link its holder
/// appended. Before the first change of each numbered step the holder appends one, so a change that
/// is not in it can only be one of the step it is at.
///
/// @param record what the newest link says
/// @param entries the journal so far, in order; their numbers and hashes are those of nobody
public record RunHistory(LockRecord record, Plan plan, List<Entry> entries) {
    /// The file beside the links that holds the plan.
    static final String PLAN = "plan.json";

    public RunHistory {
        entries = List.copyOf(entries);
    }

    /// Reads back from `tip`, which says `record`, to where the run claimed the lock.
    ///
    /// @throws FailureException when the chain cannot be read, or does not hold all of it
    static RunHistory read(RefChain chain, Tip tip, LockRecord record) {
        var plan = need(chain, tip, record);
        var parts = new ArrayDeque<List<String>>();
        var missing = record.lines();
        var link = tip;
        while (missing > 0) {
            var lines = LockRecord.journal(link.message());
            parts.addFirst(lines);
            missing -= lines.size();
            if (missing > 0) {
                link =
                        link.parent()
                                .flatMap(chain::link)
                                .orElseThrow(() -> torn("the chain ends before its beginning"));
            }
        }
        var entries = new ArrayList<Entry>();
        try {
            parts.forEach(
                    part -> part.forEach(line -> entries.add(CopiedLine.read(plan.id(), line))));
        } catch (IllegalArgumentException e) {
            throw torn(
                    "a line of its journal is not understood; a newer Slipway may have written it");
        }
        if (missing < 0) {
            throw torn("it holds more lines than it counts");
        }
        if (!entries.isEmpty()
                && !(entries.getFirst().event() instanceof Event.Started started
                        && started.planHash().equals(plan.hash()))) {
            throw torn("its journal does not begin with the approval of its plan");
        }
        return new RunHistory(record, plan, entries);
    }

    /// The plan beside a link; empty when it is not understood or not the one of `record`.
    static Optional<Plan> plan(RefChain chain, Tip tip, LockRecord record) {
        try {
            return Optional.of(need(chain, tip, record));
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.BadAnswer) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Plan need(RefChain chain, Tip tip, LockRecord record) {
        Plan plan;
        try {
            plan =
                    PlanJson.read(
                            chain.file(tip, PLAN)
                                    .orElseThrow(() -> torn("there is no plan beside it")));
        } catch (InputException e) {
            throw torn(String.join(" ", e.problems()));
        } catch (IllegalArgumentException | tools.jackson.core.JacksonException e) {
            throw torn("its plan is not understood");
        }
        if (!plan.id().equals(record.run()) || !plan.hash().equals(record.planHash())) {
            throw torn("the plan beside it is another one");
        }
        return plan;
    }

    private static FailureException torn(String why) {
        return new FailureException(
                new Failure.BadAnswer(
                        Provider.GITHUB,
                        "of the production lock, what it says of the run: " + why));
    }
}
