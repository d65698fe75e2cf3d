package dev.slipway.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.domain.Failure;
import dev.slipway.domain.Provider;
import dev.slipway.operation.Remote.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a person who does not go on gets: the way back from where an operation is, or the end of it as it
/// stands. Time is virtual.
class GoingBackTest {
    private final Stage stage = new Stage();
    private final Plan plan = Stage.plan();

    @Test
    void aRequestToGoBackRunsTheCompensationsOfWhereItIs() {
        var execution = stage.begin(plan);
        stage.betweenTurns =
                () -> {
                    if (stage.remote.effects.size() == 2) {
                        execution.ask(
                                new Event.Requested(Event.Request.ROLL_BACK, "kim", "numbers"));
                    }
                };

        var end = stage.play(execution);

        assertThat(end.state()).isEqualTo(OperationState.ROLLED_BACK);
        assertThat(end.reason()).isEqualTo("kim asked to go back: numbers");
        assertThat(stage.remote.effects)
                .containsExactly("first", "traffic.auth", "back.auth", "back.web", "unlock");
    }

    @Test
    void goingBackFirstFindsOutWhatBecameOfACall() {
        stage.remote.fault("last", Fault.LATE);

        var end = stage.play(goingBackOnceSent("last"));

        assertThat(end.state()).isEqualTo(OperationState.ROLLED_BACK);
        assertThat(stage.types()).containsSubsequence("Requested", "Confirmed", "Failed");
        assertThat(end.step())
                .as("what took effect is not said to have failed")
                .isNotEqualTo("last");
        assertThat(stage.sent("last")).isEqualTo(1);
    }

    @Test
    void goingBackLooksAlsoWhenTheAnswerSaidNotCarriedOut() {
        stage.remote.fault("last", Fault.DONE_THEN_BUSY);

        var end = stage.play(goingBackOnceSent("last"));

        assertThat(end.state()).isEqualTo(OperationState.ROLLED_BACK);
        assertThat(end.step())
                .as("what took effect is not said to have failed")
                .isNotEqualTo("last");
        assertThat(stage.sent("last")).isEqualTo(1);
    }

    @Test
    void whatWasTakenBackIsLookedAtAgainAfterAResume() {
        stage.remote.script("gate", new Observation.Failed("auth errors 1.2 %", Map.of()));
        stage.remote.fault("unlock", Fault.DENIED);
        assertThat(stage.play(plan).state()).isEqualTo(OperationState.PAUSED);
        stage.remote.things.put("back.web", "somebody else");

        var end = stage.play(stage.resume(plan, Event.Decision.CONTINUE));

        assertThat(end.state()).isEqualTo(OperationState.NEEDS_OPERATOR);
        assertThat(end.step()).isEqualTo("back.web");
        assertThat(stage.remote.effects).doesNotContain("unlock");
    }

    @Test
    void whatOthersDoOnceProductionWasGivenBackIsNotOursToJudge() {
        stage.remote.script("gate", new Observation.Failed("auth errors 1.2 %", Map.of()));
        stage.remote.fault("unlock", Fault.ANSWER_LOST);
        stage.remote.script(
                "unlock",
                Observation.Absent.seen(Map.of()),
                new Observation.CannotTell(
                        new Failure.Unauthorized(
                                Provider.CLOUDFLARE, Optional.empty(), "expired")));
        assertThat(stage.play(plan).state()).isEqualTo(OperationState.PAUSED);
        stage.remote.things.put("back.web", "somebody else");

        var end = stage.play(stage.resume(plan, Event.Decision.CONTINUE));

        assertThat(end.state()).isEqualTo(OperationState.ROLLED_BACK);
        assertThat(stage.sent("unlock")).isEqualTo(1);
    }

    @Test
    void goingBackFromACallThatCameToNothingDoesNotSendItAgain() {
        stage.remote.fault("last", Fault.REQUEST_LOST);

        var end = stage.play(goingBackOnceSent("last"));

        assertThat(end.state()).isEqualTo(OperationState.ROLLED_BACK);
        assertThat(end.step()).isEqualTo("last");
        assertThat(stage.sent("last")).isEqualTo(1);
    }

    private Execution goingBackOnceSent(String key) {
        var execution = stage.begin(plan);
        stage.betweenTurns =
                () -> {
                    if (stage.sent(key) == 1) {
                        stage.betweenTurns = () -> {};
                        execution.ask(
                                new Event.Requested(Event.Request.ROLL_BACK, "kim", "numbers"));
                    }
                };
        return execution;
    }

    @Test
    void goingBackBeforeAnythingKnowsHowStopsSafely() {
        stage.remote.script(
                "first",
                new Observation.CannotTell(
                        new Failure.Unauthorized(
                                Provider.CLOUDFLARE, Optional.empty(), "expired")));
        assertThat(stage.play(plan).state()).isEqualTo(OperationState.PAUSED);

        var end = stage.play(stage.resume(plan, Event.Decision.ROLL_BACK));

        assertThat(end.state()).isEqualTo(OperationState.STOPPED_SAFE);
        assertThat(stage.remote.effects).containsExactly("unlock");
    }

    /// What the former holder did last is not in the lines that were copied from the lock.
    @Test
    void goingBackAfterATakeoverLooksAtTheStepTheFormerHolderWasAt() {
        stage.play(plan);
        var before = stage.journal.entries(plan.id());
        stage.journal = new MemoryJournal();
        stage.remote
                .things
                .keySet()
                .retainAll(List.of("first", "traffic.auth", "traffic.web", "last"));
        var known =
                before.stream()
                        .takeWhile(e ->
                                !(e.event() instanceof Event.Sent sent
                                        && sent.step().equals("last")))
                        .toList();
        stage.journal.begin(plan, (Event.Started) known.getFirst().event(), known.getFirst().at());
        known.stream().skip(1).forEach(e -> stage.journal.append(plan.id(), e.event(), e.at()));
        stage.journal.append(
                plan.id(),
                new Event.TookOver(2, "ana on laptop-3", "kim", "kim-mbp", "s2", "gone"),
                stage.clock.now());

        var end = stage.play(stage.resume(plan, Event.Decision.ROLL_BACK));

        assertThat(end.state()).isEqualTo(OperationState.ROLLED_BACK);
        assertThat(stage.entries(Event.Skipped.class))
                .anyMatch(e -> e.event() instanceof Event.Skipped s && s.step().equals("last"));
        assertThat(stage.entries(Event.Failed.class))
                .noneMatch(e -> e.event() instanceof Event.Failed f && f.step().equals("last"));
    }

    /// Its first step is what stands for the lock here.
    @Test
    void whoWasReplacedMeanwhileDoesNotSayThatItStoppedSafely() {
        stage.remote.script(
                "traffic.auth",
                new Observation.CannotTell(
                        new Failure.Unauthorized(
                                Provider.CLOUDFLARE, Optional.empty(), "expired")));
        assertThat(stage.play(plan).state()).isEqualTo(OperationState.PAUSED);
        stage.remote.things.put("first", "somebody else");

        var end = stage.play(stage.resume(plan, Event.Decision.ROLL_BACK));

        assertThat(end.state()).isEqualTo(OperationState.NEEDS_OPERATOR);
        assertThat(end.step()).isEqualTo("first");
        assertThat(stage.play(stage.resume(plan, Event.Decision.LEAVE)).state())
                .isEqualTo(OperationState.STOPPED_SAFE);
    }

    @Test
    void goingBackGoesThroughWhatSomebodyElseDid() {
        stage.remote.fault("traffic.web", Fault.FOREIGN);
        assertThat(stage.play(plan).state()).isEqualTo(OperationState.NEEDS_OPERATOR);

        var end = stage.play(stage.resume(plan, Event.Decision.ROLL_BACK));

        assertThat(end.state()).as(end.reason()).isEqualTo(OperationState.ROLLED_BACK);
        assertThat(end.reason()).contains("kim asked to go back", "somebody else");
        assertThat(stage.remote.effects).contains("back.auth", "back.web");
    }

    @Test
    void leavingItEndsItEvenWhereNothingElseDoes() {
        stage.fence = _ -> new Fence.Clearance.Lost("Ana on laptop-3 took it.");
        assertThat(stage.play(plan).state()).isEqualTo(OperationState.NEEDS_OPERATOR);
        assertThat(stage.play(stage.resume(plan, Event.Decision.CONTINUE)).state())
                .as("going on stops again")
                .isEqualTo(OperationState.NEEDS_OPERATOR);

        var end = stage.play(stage.resume(plan, Event.Decision.LEAVE));

        assertThat(end.state()).isEqualTo(OperationState.STOPPED_SAFE);
        assertThat(end.reason()).contains("left it as it is");
        assertThat(stage.remote.effects).isEmpty();
    }

    @Test
    void leavingItWaitsForAChangeThatMayStillLand() {
        stage.remote.fault("first", Fault.REQUEST_LOST);
        var execution = stage.begin(plan);
        while (stage.sent("first") == 0) {
            execution.take();
        }
        var before = stage.played();

        var end = stage.play(stage.resume(plan, Event.Decision.LEAVE));

        assertThat(end.state()).isEqualTo(OperationState.STOPPED_SAFE);
        assertThat(stage.played().minus(before)).isGreaterThanOrEqualTo(Duration.ofSeconds(120));
        assertThat(stage.remote.effects).containsExactly("unlock");
    }
}
