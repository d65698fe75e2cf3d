package dev.slipway.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.operation.Remote.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Steps that are carried out at the same time: each is announced, answered and seen for itself.
class SideBySideTest {
    private final Stage stage = new Stage();
    private final Plan plan = plan(new PlanStep.OnFailure.StopSafe());

    private static Plan plan(PlanStep.OnFailure policy) {
        return Plan.of(
                "0123456789ab",
                "rollback",
                "r41",
                "world-1",
                Instant.parse("2026-11-20T13:59:00Z"),
                Map.of(),
                List.of(
                        Stage.mutation("first"),
                        beside("auth").onFailure(policy),
                        beside("hook").onFailure(policy),
                        beside("web").onFailure(policy),
                        Stage.mutation("last"),
                        Stage.mutation("unlock").atTheEnd().lasting(new PlanStep.Lasting.Once())));
    }

    private static PlanStep beside(String part) {
        return Stage.mutation("back." + part).sideBySide();
    }

    private List<String> told(Class<? extends Event.OfStep> kind) {
        return stage.journal.entries(plan.id()).stream()
                .map(Entry::event)
                .filter(kind::isInstance)
                .map(e -> ((Event.OfStep) e).step())
                .toList();
    }

    @Test
    void allAreOnTheirWayBeforeTheFirstHasAnAnswerAfterOneLookAtTheLock() {
        var looks = new ArrayList<String>();
        stage.fence =
                passage -> {
                    looks.add(passage.step().key());
                    return new Fence.Clearance.Clear();
                };
        assertThat(stage.play(plan).state()).isEqualTo(OperationState.SUCCEEDED);

        assertThat(stage.remote.effects)
                .containsExactly("first", "back.auth", "back.hook", "back.web", "last", "unlock");
        assertThat(looks).containsExactly("first", "back.auth", "last", "unlock");
        var back =
                stage.journal.entries(plan.id()).stream()
                        .map(Entry::event)
                        .filter(e ->
                                e instanceof Event.OfStep step && step.step().startsWith("back."))
                        .map(e -> e.getClass().getSimpleName())
                        .distinct()
                        .toList();
        assertThat(back).containsExactly("Intended", "Sent", "Answered", "Confirmed", "Observed");
        var order = stage.types();
        assertThat(order.subList(order.indexOf("Sent") + 1, order.size()))
                .containsSubsequence("Sent", "Sent", "Sent", "Answered", "Answered", "Answered");
    }

    @Test
    void whatWasSentBesideOneThatIsRefusedIsFoundOutAndNothingMoreIsSent() {
        stage.remote.fault("back.hook", Fault.REFUSED);
        stage.remote.fault("back.web", Fault.LATE);
        var end = stage.play(plan);

        assertThat(end.state()).isEqualTo(OperationState.STOPPED_SAFE);
        assertThat(end.reason()).contains("no back.hook today");
        assertThat(told(Event.Confirmed.class)).contains("first", "back.auth", "back.web");
        assertThat(stage.remote.effects).contains("back.web").doesNotContain("last");
        assertThat(told(Event.Sent.class)).doesNotContain("last");
    }

    @Test
    void allThatAreRefusedSayWhy() {
        stage.remote.fault("back.auth", Fault.REFUSED);
        stage.remote.fault("back.web", Fault.REFUSED);
        var end = stage.play(plan);

        assertThat(end.state()).isEqualTo(OperationState.STOPPED_SAFE);
        assertThat(end.reason()).contains("no back.auth today", "no back.web today");
        assertThat(stage.remote.effects).containsExactly("first", "back.hook", "unlock");
    }

    @Test
    void whereSomebodyElseHasBeenNoneIsSent() {
        stage.remote.things.put("back.web", "somebody else");
        var end = stage.play(plan);

        assertThat(end.state()).isEqualTo(OperationState.NEEDS_OPERATOR);
        assertThat(end.reason()).contains("found somebody else");
        assertThat(stage.remote.effects).containsExactly("first");
    }

    @Test
    void aLostLockSendsNoneOfThem() {
        stage.fence =
                passage ->
                        passage.step().group().equals("back")
                                ? new Fence.Clearance.Lost("ben took it")
                                : new Fence.Clearance.Clear();
        assertThat(stage.play(plan).reason()).contains("ben took it");
        assertThat(stage.remote.effects).containsExactly("first");
    }

    @Test
    void oneThatHasToWaitDoesNotKeepTheOthers() {
        stage.remote.fault("back.auth", Fault.BUSY, Fault.BUSY);
        assertThat(stage.play(plan).state()).isEqualTo(OperationState.SUCCEEDED);
        assertThat(stage.remote.effects)
                .containsExactly("first", "back.hook", "back.web", "back.auth", "last", "unlock");
    }

    @Test
    void goingBackFindsOutAboutAllOfThemFirst() {
        var back = new PlanStep.OnFailure.Compensate(List.of(Stage.mutation("forth")));
        var some = plan(back);
        stage.remote.fault("back.hook", Fault.LATE);
        stage.remote.fault("back.web", Fault.REQUEST_LOST);
        var execution = stage.begin(some);
        stage.betweenTurns =
                () -> {
                    if (stage.remote.effects.contains("back.auth")) {
                        execution.ask(
                                new Event.Requested(Event.Request.ROLL_BACK, "kim", "enough"));
                        stage.betweenTurns = () -> {};
                    }
                };
        assertThat(stage.play(execution).state()).isEqualTo(OperationState.ROLLED_BACK);
        assertThat(stage.remote.effects)
                .containsExactly("first", "back.auth", "back.hook", "forth", "unlock");
    }

    @Test
    void whatDiffersInItsPolicyOrStandsApartIsNoPlan() {
        assertThatThrownBy(() ->
                        plan(
                                beside("web"),
                                beside("auth").onFailure(new PlanStep.OnFailure.WarnOnly())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> plan(beside("web"), Stage.mutation("between"), beside("auth")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> plan(PlanStep.check("gate.web", Map.of()).sideBySide()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Plan plan(PlanStep... steps) {
        return Plan.of(
                "0123456789ab", "rollback", "r41", "w", Instant.EPOCH, Map.of(), List.of(steps));
    }

    enum Story {
        KIND(),
        ANSWERS_LOST(Fault.ANSWER_LOST, Fault.ANSWER_LOST, Fault.ANSWER_LOST),
        MIXED(Fault.LATE, Fault.REQUEST_LOST, Fault.DONE_THEN_BUSY),
        BUSY(Fault.BUSY, Fault.ANSWER_LOST, Fault.BUSY);

        private final List<Fault> faults;

        Story(Fault... faults) {
            this.faults = List.of(faults);
        }

        void tell(Remote remote) {
            var parts = List.of("back.auth", "back.hook", "back.web");
            for (int i = 0; i < faults.size(); i++) {
                remote.fault(parts.get(i), faults.get(i));
            }
        }
    }

    /// The program dies after each line of its journal and between what it sends and its effect, with
    /// others on their way.
    @ParameterizedTest
    @EnumSource(Story.class)
    void aCrashAtAnyBoundaryLeavesTheWorldAsIfNothingHadHappened(Story story) {
        int boundary = 0;
        while (crashed(story, boundary)) {
            boundary++;
        }
        assertThat(boundary).as("boundaries").isGreaterThan(30);
    }

    private boolean crashed(Story story, int boundary) {
        var world = new Stage();
        story.tell(world.remote);
        var cutting = new Cutting(world.journal, boundary);
        world.journal = cutting;
        world.remote.announced =
                () -> {
                    world.braid.turn();
                    cutting.cut();
                };
        boolean cut = false;
        Action.End end;
        try {
            end = world.play(plan);
        } catch (PowerCut e) {
            cut = true;
            world.journal = cutting.journal;
            world.remote.announced = () -> {};
            end = afterwards(world);
        }
        var what = story + " with a crash at boundary " + boundary;
        assertThat(end.state()).as(what + end).isEqualTo(OperationState.SUCCEEDED);
        assertThat(world.remote.effects)
                .as(what)
                .containsExactlyInAnyOrder(
                        "first", "back.auth", "back.hook", "back.web", "last", "unlock");
        return cut;
    }

    private Action.End afterwards(Stage world) {
        if (world.journal.plan(plan.id()).isEmpty()) {
            return world.play(plan);
        }
        return RunState.of(plan, world.journal.entries(plan.id()))
                .end()
                .orElseGet(() -> world.play(world.resume(plan, Event.Decision.CONTINUE)));
    }

    private static final class PowerCut extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static final class Cutting implements Journal {
        private final Journal journal;
        private int left;

        Cutting(Journal journal, int boundary) {
            this.journal = journal;
            this.left = boundary;
        }

        @Override
        public Entry begin(Plan plan, Event.Started started, Moment at) {
            var entry = journal.begin(plan, started, at);
            cut();
            return entry;
        }

        @Override
        public Entry append(String plan, Event event, Moment at) {
            var entry = journal.append(plan, event, at);
            cut();
            return entry;
        }

        @Override
        public List<Entry> entries(String plan) {
            return journal.entries(plan);
        }

        @Override
        public java.util.Optional<Plan> plan(String id) {
            return journal.plan(id);
        }

        private void cut() {
            if (left-- == 0) {
                throw new PowerCut();
            }
        }
    }
}
