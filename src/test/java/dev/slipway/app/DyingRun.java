package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.TestWorld;
import dev.slipway.operation.Action;
import dev.slipway.operation.Driver;
import dev.slipway.operation.Event;
import dev.slipway.operation.Fence;
import dev.slipway.operation.Journal;
import dev.slipway.operation.Moment;
import dev.slipway.operation.OperationState;
import dev.slipway.operation.Plan;
import dev.slipway.operation.Rules;
import dev.slipway.operation.journal.SqliteJournal;
import dev.slipway.stack.StackFile;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/// A plan that is carried out by a program that dies at a write of its journal, and is gone on with by
/// the next one. It has succeeded when this is there.
///
/// @param died the write it died at; empty when the boundary was never reached
/// @param what for messages: where it died and how it ended
record DyingRun(Optional<Event> died, String what) {
    /// A session in `world`, with a home of its own.
    static WorldSession session(TestWorld world) {
        return new WorldSession(
                Clock.systemUTC(),
                new Home(world.home()).create(),
                WorldFile.parse(world.sandbox().worldFile().line()),
                StackFile.read(world.sandbox().stack()),
                () -> {});
    }

    /// Carries `plan` out, dying after `boundary` writes that count, and goes on.
    static DyingRun of(
            WorldSession session, Plan plan, int boundary, BiPredicate<Event, List<Event>> counts) {
        try (var journal = SqliteJournal.inMemory(plan.world())) {
            var dying = new DyingJournal(journal, boundary, counts);
            var end = start(session, dying, plan);
            if (dying.died().isPresent()) {
                end = goOn(session, journal, plan);
            }
            var what = "%s died at %s: %s".formatted(plan.target(), dying.died(), end.reason());
            assertThat(end.state()).as(what).isEqualTo(OperationState.SUCCEEDED);
            return new DyingRun(dying.died(), what);
        }
    }

    /// Carries `plan` out undisturbed.
    static void undisturbed(WorldSession session, Plan plan) {
        of(session, plan, Integer.MAX_VALUE, (_, _) -> false);
    }

    /// In which step it died.
    Optional<String> step() {
        return died.map(DyingJournal::step);
    }

    /// Counts the answer to a change, or the end of a step without one: one boundary in each step.
    static boolean ends(Event event, List<Event> counted) {
        return event instanceof Event.Answered
                || ((event instanceof Event.Confirmed || event instanceof Event.Skipped)
                        && counted.stream()
                                .map(DyingJournal::step)
                                .noneMatch(DyingJournal.step(event)::equals));
    }

    private static Action.End start(WorldSession session, Journal journal, Plan plan) {
        return driver(session, journal).start(plan, Fence.NONE, "kim", "test", List.of()).await();
    }

    private static Action.End goOn(WorldSession session, SqliteJournal journal, Plan plan) {
        return journal.plan(plan.id()).isEmpty()
                ? start(session, journal, plan)
                : driver(session, journal)
                        .resume(
                                plan.id(),
                                Fence.NONE,
                                Event.Decision.CONTINUE,
                                "kim",
                                "test",
                                List.of())
                        .await();
    }

    private static Driver driver(WorldSession session, Journal journal) {
        return new Driver(
                journal,
                session.works(),
                Rules.of(session.world().bounds()),
                Moment.Source.of(Clock.systemUTC(), System::nanoTime, "boot"),
                new Driver.Seat("kim-mbp", "s1"));
    }
}
