package dev.slipway.operation;

import dev.slipway.domain.Provider;
import dev.slipway.domain.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Plays operations against a [Remote] in virtual time, on one thread.
final class Stage {
    static final Rules RULES = Rules.of(World.Bounds.LIVE);

    /// An engine without the rule that two readings must agree.
    static final Safeguards.Agreement ONE_READ =
            new Safeguards.Agreement() {
                @Override
                public boolean certain(List<Moment> absent) {
                    return !absent.isEmpty();
                }

                @Override
                public Duration distance() {
                    return Duration.ZERO;
                }
            };

    final TestClock clock = new TestClock();
    final Remote remote = new Remote(clock);
    final Braid braid = new Braid();
    final List<Happening> heard = new ArrayList<>();
    Journal journal = new MemoryJournal();
    Fence fence = Fence.NONE;
    Rules rules = RULES;
    Runnable betweenTurns = () -> {};
    StepWorks works = remote.works();

    Stage() {
        remote.announced = braid::turn;
    }

    /// `first`, then two parts of a traffic step which go back when they fail, a check, a last one
    /// and the closing step.
    static Plan plan() {
        var back =
                new PlanStep.OnFailure.Compensate(
                        List.of(mutation("back.auth"), mutation("back.web")));
        return Plan.of(
                "0123456789ab",
                "promotion",
                "r42",
                "world-1",
                Instant.parse("2026-11-20T13:59:00Z"),
                Map.of("head", "abc"),
                List.of(
                        mutation("first"),
                        mutation("traffic.auth").onFailure(back),
                        mutation("traffic.web").onFailure(back),
                        PlanStep.check("gate", Map.of()).onFailure(back),
                        mutation("last"),
                        mutation("comment").onFailure(new PlanStep.OnFailure.WarnOnly()),
                        mutation("unlock").atTheEnd().lasting(new PlanStep.Lasting.Once())));
    }

    /// All safeguards, with short times.
    static Safeguards safeguards(Map<Provider, Duration> quiet, Duration twoReads) {
        return new Safeguards(
                new Safeguards.QuietTime.OfProvider(quiet),
                new Safeguards.Agreement.TwoReads(twoReads),
                Safeguards.Announcement.DURABLE,
                Safeguards.Marks.EXACT);
    }

    static PlanStep mutation(String key) {
        return PlanStep.mutation(key, Provider.CLOUDFLARE, Map.of("name", key));
    }

    Execution begin(Plan plan) {
        return Execution.begin(
                ports(), plan, new Event.Started(plan.hash(), "kim", "kim-mbp", "s1", ""));
    }

    Execution resume(Plan plan, Event.Decision decision) {
        return Execution.resume(
                ports(), plan, new Event.Resumed("kim", "kim-mbp", "s2", decision, ""));
    }

    Action.End play(Plan plan) {
        return play(begin(plan));
    }

    Action.End play(Execution execution) {
        for (var turns = 0; turns < 2_000; turns++) {
            switch (execution.take()) {
                case Turn.Again() -> {}
                case Turn.Later(var time) -> clock.pass(time);
                case Turn.Over(var end) -> {
                    return end;
                }
            }
            betweenTurns.run();
        }
        throw new AssertionError("no end after 2000 turns: " + journal.entries(plan().id()));
    }

    List<String> types() {
        return journal.entries(plan().id()).stream()
                .map(e -> e.event().getClass().getSimpleName())
                .toList();
    }

    Duration played() {
        return Duration.ofNanos(clock.now().mono());
    }

    private Execution.Ports ports() {
        return new Execution.Ports(journal, works, fence, rules, clock, braid, heard::add);
    }

    /// How often the change of a step left.
    long sent(String key) {
        return entries(Event.Sent.class).stream()
                .filter(e -> ((Event.Sent) e.event()).step().equals(key))
                .count();
    }

    /// What the journal has of one kind.
    List<Entry> entries(Class<? extends Event> type) {
        return journal.entries(plan().id()).stream()
                .filter(e -> type.isInstance(e.event()))
                .toList();
    }
}
