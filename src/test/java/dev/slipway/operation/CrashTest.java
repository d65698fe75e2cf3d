package dev.slipway.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.operation.Remote.Fault;
import dev.slipway.operation.journal.HashChain;
import dev.slipway.operation.journal.SqliteJournal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The program dies before and after every single write of its journal, which lies between any two
/// things it does, and is resumed. The world must look as if it had never died.
class CrashTest {
    private static final List<String> FORWARD =
            List.of("first", "traffic.auth", "traffic.web", "last", "comment", "unlock");
    private static final List<String> BACK =
            List.of("first", "traffic.auth", "traffic.web", "back.auth", "back.web", "unlock");

    private final Plan plan = Stage.plan();

    enum Story {
        KIND,
        ANSWERS_LOST,
        REQUESTS_LOST,
        LATE,
        GATE_FAILS,
        GATE_FAILS_AND_COMPENSATION_UNKNOWN;

        void tell(Remote remote) {
            switch (this) {
                case KIND -> {}
                case ANSWERS_LOST -> {
                    remote.fault("first", Fault.ANSWER_LOST);
                    remote.fault("traffic.web", Fault.ANSWER_LOST);
                    remote.fault("unlock", Fault.ANSWER_LOST);
                }
                case REQUESTS_LOST -> remote.fault("traffic.auth", Fault.REQUEST_LOST);
                case LATE -> remote.fault("last", Fault.LATE);
                case GATE_FAILS -> remote.failing.put("gate", "errors 1.2 %");
                case GATE_FAILS_AND_COMPENSATION_UNKNOWN -> {
                    remote.failing.put("gate", "errors 1.2 %");
                    remote.fault("back.auth", Fault.LATE);
                }
            }
        }

        boolean back() {
            return this == GATE_FAILS || this == GATE_FAILS_AND_COMPENSATION_UNKNOWN;
        }
    }

    @ParameterizedTest
    @EnumSource(Story.class)
    void aCrashAtAnyBoundaryLeavesTheWorldAsIfNothingHadHappened(Story story) {
        var boundary = 0;
        while (crashed(story, boundary)) {
            boundary++;
        }
        assertThat(boundary).as("boundaries").isGreaterThan(50);
    }

    /// Plays the story with a crash at `boundary`; false when there is no such boundary.
    private boolean crashed(Story story, int boundary) {
        var what = story + " with a crash at boundary " + boundary;
        var stage = new Stage();
        story.tell(stage.remote);
        try (var journal = SqliteJournal.inMemory(plan.world())) {
            stage.journal = new Cutting(journal, boundary);
            try {
                ends(stage.play(plan), stage, story, what);
                return false;
            } catch (PowerCut e) {
                stage.journal = journal;
            }
            if (boundary % 3 == 0) {
                stage.clock.reboot("boot-2");
            }
            ends(afterwards(stage, journal), stage, story, what);
            assertThat(journal.check()).isInstanceOf(HashChain.Check.Whole.class);
            return true;
        }
    }

    private Action.End afterwards(Stage stage, Journal journal) {
        if (journal.plan(plan.id()).isEmpty()) {
            return stage.play(plan);
        }
        // The cut may have come after the last word.
        var ended = RunState.of(plan, journal.entries(plan.id())).end();
        return ended.orElseGet(() -> stage.play(stage.resume(plan, Event.Decision.CONTINUE)));
    }

    private static void ends(Action.End end, Stage stage, Story story, String what) {
        assertThat(end.state())
                .as(what)
                .isEqualTo(story.back() ? OperationState.ROLLED_BACK : OperationState.SUCCEEDED);
        assertThat(stage.remote.effects).as(what).isEqualTo(story.back() ? BACK : FORWARD);
    }

    private static final class PowerCut extends Error {
        private static final long serialVersionUID = 1L;
    }

    /// Even boundaries lie before a write, odd ones after it.
    private static final class Cutting implements Journal {
        private final Journal journal;
        private int left;

        Cutting(Journal journal, int boundary) {
            this.journal = journal;
            this.left = boundary;
        }

        @Override
        public Entry begin(Plan plan, Event.Started started, Moment at) {
            cut();
            var entry = journal.begin(plan, started, at);
            cut();
            return entry;
        }

        @Override
        public Entry append(String plan, Event event, Moment at) {
            cut();
            var entry = journal.append(plan, event, at);
            cut();
            return entry;
        }

        @Override
        public List<Entry> entries(String plan) {
            return journal.entries(plan);
        }

        @Override
        public Optional<Plan> plan(String id) {
            return journal.plan(id);
        }

        private void cut() {
            if (left-- == 0) {
                throw new PowerCut();
            }
        }
    }
}
