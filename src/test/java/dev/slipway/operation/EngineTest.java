package dev.slipway.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.domain.Failure;
import dev.slipway.domain.Provider;
import dev.slipway.operation.Remote.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What an operation does when the world is kind, and when it is not. Time is virtual.
class EngineTest {
    private static final List<String> ALL =
            List.of("first", "traffic.auth", "traffic.web", "last", "comment", "unlock");

    private final Stage stage = new Stage();
    private final Plan plan = Stage.plan();

    @Test
    void everyStepIsDoneOnceAndSeenAgainAtTheEnd() {
        var end = stage.play(plan);

        assertThat(end.state()).isEqualTo(OperationState.SUCCEEDED);
        assertThat(stage.remote.effects).isEqualTo(ALL);
        assertThat(stage.types())
                .startsWith("Started", "Intended", "Sent", "Answered", "Confirmed")
                .containsSubsequence("Settled", "Intended", "Sent", "Confirmed", "Finished");
        // The quiet time of the last call passes before it is believed to have settled.
        assertThat(stage.played()).isBetween(Duration.ofSeconds(120), Duration.ofSeconds(130));
    }

    @Test
    void whatIsTrueBeforeIsSkipped() {
        stage.remote.things.put("first", plan.mark(plan.step("first").orElseThrow()));

        var end = stage.play(plan);

        assertThat(end.state()).isEqualTo(OperationState.SUCCEEDED);
        assertThat(stage.remote.effects).doesNotContain("first");
        assertThat(stage.types()).contains("Skipped");
    }

    @Test
    void aLostAnswerIsObservedBeforeItIsSentAgain() {
        stage.remote.fault("traffic.auth", Fault.ANSWER_LOST);

        assertThat(stage.play(plan).state()).isEqualTo(OperationState.SUCCEEDED);
        assertThat(stage.remote.effects).isEqualTo(ALL);
        assertThat(stage.sent("traffic.auth")).isEqualTo(1);
    }

    @Test
    void aLostRequestIsSentAgainOnlyAfterTheQuietTimeAndTwoReadings() {
        stage.remote.fault("first", Fault.REQUEST_LOST);

        assertThat(stage.play(plan).state()).isEqualTo(OperationState.SUCCEEDED);
        assertThat(stage.remote.effects).isEqualTo(ALL);
        var sendings =
                stage.entries(Event.Sent.class).stream()
                        .filter(e -> ((Event.Sent) e.event()).step().equals("first"))
                        .toList();
        assertThat(sendings).hasSize(2);
        assertThat(sendings.get(1).at().since(sendings.get(0).at()))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(125));
        assertThat(
                        stage.entries(Event.Observed.class).stream()
                                .map(e -> (Event.Observed) e.event())
                                .filter(o -> o.verdict() == Event.Verdict.ABSENT))
                .hasSize(2);
    }

    @Test
    void whatIsAppliedLateWithinTheQuietTimeHappensOnce() {
        stage.remote.fault("traffic.web", Fault.LATE);

        assertThat(stage.play(plan).state()).isEqualTo(OperationState.SUCCEEDED);
        assertThat(stage.remote.effects).isEqualTo(ALL);
    }

    @Test
    void anEngineWithoutTheQuietTimeDoesALateChangeTwice() {
        stage.remote.fault("traffic.web", Fault.LATE);
        var r = Stage.RULES;
        stage.rules =
                new Rules(
                        new Safeguards(
                                _ -> Duration.ZERO,
                                Stage.ONE_READ,
                                r.safeguards().announcement(),
                                r.safeguards().marks()),
                        r.poll(),
                        Duration.ZERO,
                        r.stepDeadline(),
                        r.attempts(),
                        r.backoff(),
                        r.backoffCap());
        // Another step of the same plan lets the time pass in which the first call lands.
        stage.remote.script(
                "gate",
                new Observation.NotYet(
                        "probing",
                        Optional.empty(),
                        Optional.of(Duration.ofSeconds(150)),
                        Map.of()));

        stage.play(plan);

        assertThat(stage.remote.effects).filteredOn("traffic.web"::equals).hasSize(2);
    }

    @Test
    void whatIsNotAppliedIsTriedAgainAfterTheTimeTheProviderAskedFor() {
        stage.remote.fault("first", Fault.BUSY, Fault.BUSY);

        assertThat(stage.play(plan).state()).isEqualTo(OperationState.SUCCEEDED);
        assertThat(stage.remote.effects).isEqualTo(ALL);
        var answers = stage.entries(Event.Answered.class);
        assertThat(answers.get(1).at().since(answers.get(0).at()))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void eightAttemptsThatComeToNothingPause() {
        for (var i = 0; i < 20; i++) {
            stage.remote.fault("first", Fault.BUSY);
        }

        var end = stage.play(plan);

        assertThat(end.state()).isEqualTo(OperationState.PAUSED);
        assertThat(end.reason()).contains("8 attempts").contains("asks to wait 7 s");
        assertThat(stage.entries(Event.Answered.class)).hasSize(8);
        assertThat(stage.remote.effects).isEmpty();
    }

    @Test
    void whatIsRefusedButIsThereAsOursIsConfirmed() {
        stage.remote.fault("first", Fault.REFUSED_BUT_DONE);

        assertThat(stage.play(plan).state()).isEqualTo(OperationState.SUCCEEDED);
        assertThat(stage.remote.effects).isEqualTo(ALL);
    }

    @Test
    void whatIsRefusedAndNotThereStopsSafely() {
        stage.remote.fault("first", Fault.REFUSED);

        var end = stage.play(plan);

        assertThat(end.state()).isEqualTo(OperationState.STOPPED_SAFE);
        assertThat(end.reason()).contains("no first today");
        assertThat(stage.remote.effects).as("the closing step runs").containsExactly("unlock");
    }

    @Test
    void whatSomebodyElseDidNeedsAnOperatorAndBothFactsAreTold() {
        stage.remote.fault("last", Fault.FOREIGN);

        var end = stage.play(plan);

        assertThat(end.state()).isEqualTo(OperationState.NEEDS_OPERATOR);
        assertThat(end.step()).isEqualTo("last");
        assertThat(end.reason()).contains(plan.brief() + ":last").contains("somebody else");
        assertThat(stage.remote.effects).doesNotContain("unlock");
    }

    @Test
    void anOperatorWhoMadeRoomGoesOn() {
        stage.remote.fault("last", Fault.FOREIGN);
        stage.play(plan);
        stage.remote.things.remove("last");

        var end = stage.play(stage.resume(plan, Event.Decision.CONTINUE));

        assertThat(end.state()).isEqualTo(OperationState.SUCCEEDED);
        assertThat(stage.remote.effects)
                .containsExactly(
                        "first",
                        "traffic.auth",
                        "traffic.web",
                        "last",
                        "last",
                        "comment",
                        "unlock");
    }

    @Test
    void aStepThatOnlyWarnsDoesNotStopThePlan() {
        stage.remote.fault("comment", Fault.REFUSED);

        assertThat(stage.play(plan).state()).isEqualTo(OperationState.SUCCEEDED);
        assertThat(stage.types()).contains("Warned");
    }

    @Test
    void aFailedGateGoesBackPartByPart() {
        stage.remote.script("gate", new Observation.Failed("auth errors 1.2 %", Map.of()));

        var end = stage.play(plan);

        assertThat(end.state()).isEqualTo(OperationState.ROLLED_BACK);
        assertThat(end.reason()).isEqualTo("auth errors 1.2 %");
        assertThat(stage.remote.effects)
                .containsExactly(
                        "first", "traffic.auth", "traffic.web", "back.auth", "back.web", "unlock");
    }

    @Test
    void aCompensationThatIsRefusedDoesNotHoldUpTheOthers() {
        stage.remote.script("gate", new Observation.Failed("auth errors 1.2 %", Map.of()));
        stage.remote.fault("back.auth", Fault.REFUSED);

        var end = stage.play(plan);

        assertThat(end.state()).isEqualTo(OperationState.NEEDS_OPERATOR);
        assertThat(end.step()).isEqualTo("back.auth");
        assertThat(stage.remote.effects).contains("back.web").doesNotContain("unlock");

        var again = stage.play(stage.resume(plan, Event.Decision.CONTINUE));
        assertThat(again.state()).isEqualTo(OperationState.ROLLED_BACK);
        assertThat(stage.remote.effects)
                .containsExactly(
                        "first", "traffic.auth", "traffic.web", "back.web", "back.auth", "unlock");
    }

    @Test
    void aLateChangeCannotLandOnTopOfTheCompensation() {
        // The call is lost and lands late; the gate of the same step fails meanwhile.
        stage.remote.fault("traffic.web", Fault.LATE);
        stage.remote.script(
                "traffic.web",
                Observation.Absent.seen(Map.of()),
                new Observation.Failed("web answers 500", Map.of()));

        var end = stage.play(plan);

        assertThat(end.state()).isEqualTo(OperationState.ROLLED_BACK);
        assertThat(stage.remote.effects.indexOf("back.web"))
                .isGreaterThan(-1)
                .isLessThan(stage.remote.effects.indexOf("unlock"));
        var back = stage.entries(Event.Compensating.class).getFirst().at();
        var sent = stage.entries(Event.Sent.class).get(2).at();
        assertThat(back.since(sent)).isGreaterThanOrEqualTo(Duration.ofSeconds(120));
    }

    @Test
    void aRequestToPauseIsObeyedBetweenCallsAndResumedByAPerson() {
        var execution = stage.begin(plan);
        stage.betweenTurns =
                () -> {
                    if (stage.remote.effects.size() == 2
                            && stage.journal instanceof MemoryJournal) {
                        execution.ask(new Event.Requested(Event.Request.PAUSE, "kim", "lunch"));
                    }
                };

        var end = stage.play(execution);

        assertThat(end.state()).isEqualTo(OperationState.PAUSED);
        assertThat(end.reason()).isEqualTo("asked by kim: lunch");
        assertThat(stage.remote.effects).containsExactly("first", "traffic.auth");

        stage.betweenTurns = () -> {};
        assertThat(stage.play(stage.resume(plan, Event.Decision.CONTINUE)).state())
                .isEqualTo(OperationState.SUCCEEDED);
        assertThat(stage.remote.effects).isEqualTo(ALL);
    }

    @Test
    void aRefusedTokenPausesAtOnceAndTheStepIsSentWithTheNextOne() {
        stage.remote.fault("last", Fault.DENIED);

        var end = stage.play(plan);

        assertThat(end.state()).isEqualTo(OperationState.PAUSED);
        assertThat(end.reason()).contains("refused the token");
        assertThat(stage.play(stage.resume(plan, Event.Decision.CONTINUE)).state())
                .isEqualTo(OperationState.SUCCEEDED);
        assertThat(stage.remote.effects).isEqualTo(ALL);
    }

    @Test
    void whatCannotBeObservedIsWaitedForUntilTheDeadlineAndThenPauses() {
        for (var i = 0; i < 1_000; i++) {
            stage.remote.script(
                    "gate",
                    new Observation.CannotTell(
                            new Failure.Unreachable(Provider.WORKER, "no route")));
        }

        var end = stage.play(plan);

        assertThat(end.state()).isEqualTo(OperationState.PAUSED);
        assertThat(end.reason()).contains("Worker cannot be reached: no route");
        assertThat(stage.played()).isBetween(Duration.ofMinutes(15), Duration.ofMinutes(16));
        assertThat(stage.entries(Event.Observed.class)).as("one line, not one per look").hasSize(1);
    }

    @Test
    void whoIsSilentIsAskedAgainWhenSomethingIsSentToItAgain() {
        var rest = Duration.ofSeconds(40);
        var begun = stage.clock.now().wall();
        stage.remote.script("gate", new Observation.CannotTell(silent(begun.plus(rest))));
        var looks = new ArrayList<Instant>();
        stage.fence =
                passage -> {
                    if (!passage.step().key().equals("last")) {
                        return new Fence.Clearance.Clear();
                    }
                    looks.add(stage.clock.now().wall());
                    return looks.size() == 1
                            ? new Fence.Clearance.CannotTell(silent(looks.getFirst().plus(rest)))
                            : new Fence.Clearance.Clear();
                };

        assertThat(stage.play(plan).state()).isEqualTo(OperationState.SUCCEEDED);

        assertThat(looks).hasSize(2);
        assertThat(looks.getFirst()).isAfterOrEqualTo(begun.plus(rest));
        assertThat(looks.getLast()).isAfterOrEqualTo(looks.getFirst().plus(rest));
        assertThat(stage.sent("last")).isEqualTo(1);
    }

    private static Failure silent(Instant again) {
        return new Failure.Silent(
                new Failure.Unreachable(Provider.GITHUB, "no route"), 5, again, again);
    }

    @Test
    void afterAResumeEverythingIsLookedAtBeforeAnythingIsSent() {
        stage.remote.fault("last", Fault.DENIED);
        stage.play(plan);
        stage.remote.things.remove("first");

        var end = stage.play(stage.resume(plan, Event.Decision.CONTINUE));

        assertThat(end.state()).isEqualTo(OperationState.NEEDS_OPERATOR);
        assertThat(end.step()).isEqualTo("first");
        assertThat(end.reason()).contains("no longer so");
        assertThat(stage.sent("last")).as("nothing more was sent").isEqualTo(1);
    }

    @Test
    void whatIsUndoneByOthersIsFoundWhenItSettles() {
        stage.betweenTurns =
                () -> {
                    if (stage.remote.effects.contains("comment")) {
                        stage.remote.things.put("first", "somebody else");
                    }
                };

        var end = stage.play(plan);

        assertThat(end.state()).isEqualTo(OperationState.NEEDS_OPERATOR);
        assertThat(stage.remote.effects).doesNotContain("unlock");
    }

    @Test
    void afterSleepEverythingIsLookedAtBeforeAnythingIsSent() {
        var execution = stage.begin(plan);
        while (!stage.remote.effects.contains("traffic.auth")) {
            if (execution.take() instanceof Turn.Later(var time)) {
                stage.clock.pass(time);
            }
        }
        stage.clock.sleep(Duration.ofHours(1));
        stage.remote.things.remove("first");

        var end = stage.play(execution);

        assertThat(end.state()).isEqualTo(OperationState.NEEDS_OPERATOR);
        assertThat(end.step()).isEqualTo("first");
        assertThat(stage.sent("traffic.web")).isZero();
        assertThat(stage.entries(Event.WokeUp.class))
                .extracting(Entry::event)
                .containsExactly(new Event.WokeUp(3_600_000));
    }

    @Test
    void aLostLockStopsBeforeTheCall() {
        stage.fence =
                passage ->
                        passage.step().key().equals("last")
                                ? new Fence.Clearance.Lost("Ana on laptop-3 took it.")
                                : new Fence.Clearance.Clear();

        var end = stage.play(plan);

        assertThat(end.state()).isEqualTo(OperationState.NEEDS_OPERATOR);
        assertThat(end.reason()).contains("Ana on laptop-3");
        assertThat(stage.sent("last")).isZero();
    }

    @Test
    void anAnswerLostInAnEarlierBootIsWaitedForFromTheResume() {
        stage.remote.fault("first", Fault.REQUEST_LOST);
        var execution = stage.begin(plan);
        while (stage.sent("first") == 0) {
            execution.take();
        }
        stage.clock.reboot("boot-2");

        assertThat(stage.play(stage.resume(plan, Event.Decision.CONTINUE)).state())
                .isEqualTo(OperationState.SUCCEEDED);
        assertThat(stage.remote.effects).isEqualTo(ALL);
        var resumed = stage.entries(Event.Resumed.class).getFirst().at();
        var again = stage.entries(Event.Sent.class).get(1).at();
        assertThat(again.since(resumed)).isGreaterThanOrEqualTo(Duration.ofSeconds(125));
    }

    @Test
    void outputsAreKeptForLaterStepsAndMayNotChange() {
        stage.play(plan);
        assertThat(RunState.of(plan, stage.journal.entries(plan.id())).outputs())
                .containsEntry("first.id", "id-first");

        var other = new Stage();
        other.remote.script("first", new Observation.Done(Map.of("merge.sha", "x"), Map.of()));
        assertThatThrownBy(() -> other.play(plan))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("merge.sha");
    }

    @Test
    void theSamePlanTwiceHasOneHashAndReadsBackAsItself() {
        var again =
                new Plan(
                        "ffffffffffff",
                        plan.format(),
                        plan.kind(),
                        plan.target(),
                        plan.world(),
                        plan.created().plusSeconds(60),
                        plan.pins(),
                        plan.steps());

        assertThat(again.hash()).isEqualTo(plan.hash());
        assertThat(PlanJson.read(plan.json())).isEqualTo(plan);
        assertThat(CanonicalJson.write(CanonicalJson.read(plan.json()))).isEqualTo(plan.json());
        assertThat(plan.mark(plan.steps().get(1))).isEqualTo("slipway:01234567:traffic.auth");
    }

    @Test
    void onlyDeclaredTransitionsExist() {
        assertThat(StepState.PLANNED.after(StepState.Trigger.INTENDED)).isEqualTo(StepState.INTENT);
        assertThatThrownBy(() -> StepState.PLANNED.after(StepState.Trigger.SENT))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> StepState.COMPENSATED.after(StepState.Trigger.SENT))
                .isInstanceOf(IllegalStateException.class);
        assertThat(StepState.transitions().keySet()).containsExactly(StepState.values());
    }
}
