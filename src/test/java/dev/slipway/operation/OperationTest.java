package dev.slipway.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.domain.InputException;
import dev.slipway.domain.Provider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The driver on real threads and a real clock.
@Timeout(180)
class OperationTest {
    private static final Rules QUICK =
            new Rules(
                    Stage.safeguards(
                            Map.of(Provider.CLOUDFLARE, Duration.ofMillis(20)),
                            Duration.ofMillis(5)),
                    Duration.ofMillis(5),
                    Duration.ofMillis(20),
                    Duration.ofSeconds(5),
                    8,
                    Duration.ofMillis(1),
                    Duration.ofMillis(20));

    private final Moment.Source clock = Machine.moments(InstantSource.system(), "boot");
    private final MemoryJournal memory = new MemoryJournal();
    private final Remote remote = new Remote(new TestClock());
    private final Plan plan = Stage.plan();

    @Test
    void whoWatchesHearsEveryStepAndTheEnd() {
        var heard = new ConcurrentLinkedQueue<Happening>();

        var operation =
                driver(memory, remote.works())
                        .start(plan, Fence.NONE, "kim", "", List.of(heard::add));

        assertThat(operation.await().state()).isEqualTo(OperationState.SUCCEEDED);
        assertThat(heard)
                .filteredOn(h -> h instanceof Happening.StepStarted)
                .extracting(h -> ((Happening.StepStarted) h).step().key())
                .containsExactly(
                        "first",
                        "traffic.auth",
                        "traffic.web",
                        "gate",
                        "last",
                        "comment",
                        "unlock");
        assertThat(heard)
                .filteredOn(h -> h instanceof Happening.StepEnded)
                .hasSize(plan.steps().size());
        assertThat(heard).last().isEqualTo(new Happening.Moved(OperationState.SUCCEEDED, "", ""));
    }

    @Test
    void anInterruptFinishesTheCallInFlightAndPauses() throws InterruptedException {
        var sending = new CountDownLatch(1);
        var answer = new CompletableFuture<StepWork.Receipt>();
        var work = new Held(sending, answer);
        var operation =
                driver(memory, (p, s) -> s.key().equals("first") ? work : remote.works().of(p, s))
                        .start(plan, Fence.NONE, "kim", "", List.of());
        var end = new CompletableFuture<Action.End>();
        var interrupted = new CompletableFuture<Boolean>();
        var waiting =
                Thread.ofVirtual()
                        .start(() -> {
                            end.complete(operation.await());
                            interrupted.complete(Thread.currentThread().isInterrupted());
                        });

        assertThat(sending.await(120, TimeUnit.SECONDS)).isTrue();
        waiting.interrupt();
        assertThat(operation.over()).isFalse();
        answer.complete(StepWork.Receipt.NONE);

        assertThat(end.join().state()).isEqualTo(OperationState.PAUSED);
        assertThat(interrupted.join()).isTrue();
        assertThat(work.finished).as("the call was not torn").isTrue();
        assertThat(remote.effects).isEmpty();
    }

    @Test
    void aRequestWakesAnOperationThatWaits() {
        var slow =
                new Rules(
                        Stage.safeguards(Map.of(), Duration.ofHours(1)),
                        Duration.ofHours(1),
                        Duration.ZERO,
                        Duration.ofHours(9),
                        8,
                        Duration.ofHours(1),
                        Duration.ofHours(1));
        var waiting = new CountDownLatch(1);
        remote.script("gate", Observation.NotYet.because("probing"));
        var driver = new Driver(memory, remote.works(), slow, clock, new Driver.Seat("m", "s1"));

        var operation =
                driver.start(
                        plan,
                        Fence.NONE,
                        "kim",
                        "",
                        List.of(h -> {
                            if (h instanceof Happening.Waiting) {
                                waiting.countDown();
                            }
                        }));
        assertThat(awaits(waiting)).isTrue();
        operation.pause("ana", "wrong commit");

        assertThat(operation.await())
                .isEqualTo(
                        new Action.End(
                                OperationState.PAUSED, "gate", "asked by ana: wrong commit"));
    }

    @Test
    void noCallLeavesWhenItCannotBeJournalled() {
        var full = new FullAt("Sent");

        var end =
                driver(full, remote.works()).start(plan, Fence.NONE, "kim", "", List.of()).await();

        assertThat(end.state()).isEqualTo(OperationState.PAUSED);
        assertThat(end.reason()).isEqualTo("The disk is full.");
        assertThat(remote.effects).isEmpty();

        full.room();
        assertThat(resume(driver(full, remote.works())).state())
                .isEqualTo(OperationState.SUCCEEDED);
    }

    @Test
    void anAnswerThatCannotBeJournalledIsObservedAfterwards() {
        var full = new FullAt("Answered");

        var end =
                driver(full, remote.works()).start(plan, Fence.NONE, "kim", "", List.of()).await();

        assertThat(end.state()).isEqualTo(OperationState.PAUSED);
        assertThat(remote.effects).containsExactly("first");
        full.room();
        assertThat(resume(driver(full, remote.works())).state())
                .isEqualTo(OperationState.SUCCEEDED);
        assertThat(remote.effects).containsOnlyOnce("first");
    }

    @Test
    void aDefectOfAStepPausesAndIsNotTakenForAnAnswer() {
        StepWorks broken =
                (p, s) ->
                        s.key().equals("last")
                                ? _ -> {
                                    throw new IllegalStateException("a bug");
                                }
                                : remote.works().of(p, s);

        var end = driver(memory, broken).start(plan, Fence.NONE, "kim", "", List.of()).await();

        assertThat(end.state()).isEqualTo(OperationState.PAUSED);
        assertThat(end.reason()).contains("Slipway itself failed (IllegalStateException)");
        assertThat(resume(driver(memory, remote.works())).state())
                .isEqualTo(OperationState.SUCCEEDED);
    }

    @Test
    void whatHasEndedIsNotResumed() {
        var driver = driver(memory, remote.works());
        driver.start(plan, Fence.NONE, "kim", "", List.of()).await();

        assertThatThrownBy(() -> resume(driver))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has ended (done), so there is nothing to resume");
        assertThatThrownBy(() ->
                        driver.resume(
                                "ffffffff",
                                Fence.NONE,
                                Event.Decision.CONTINUE,
                                "kim",
                                "",
                                List.of()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("There is no operation ffffffff");
    }

    private Driver driver(Journal journal, StepWorks works) {
        return new Driver(journal, works, QUICK, clock, new Driver.Seat("kim-mbp", "s1"));
    }

    private Action.End resume(Driver driver) {
        return driver.resume(plan.id(), Fence.NONE, Event.Decision.CONTINUE, "kim", "", List.of())
                .await();
    }

    private static boolean awaits(CountDownLatch latch) {
        try {
            return latch.await(120, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// A call that is answered when the test says so.
    private static final class Held implements StepWork {
        private final CountDownLatch sending;
        private final CompletableFuture<Receipt> answer;
        private volatile boolean finished;

        Held(CountDownLatch sending, CompletableFuture<Receipt> answer) {
            this.sending = sending;
            this.answer = answer;
        }

        @Override
        public Observation observe(StepScope scope) {
            return Observation.Absent.seen(Map.of());
        }

        @Override
        public Receipt send(StepScope scope, Sending announced) {
            announced.aboutToSend("POST", "/", "00", Map.of());
            sending.countDown();
            var receipt = answer.join();
            finished = !Thread.currentThread().isInterrupted();
            return receipt;
        }
    }

    /// A journal on a disk that is full when it comes to one kind of event.
    private final class FullAt implements Journal {
        private final String type;
        private volatile boolean full = true;

        FullAt(String type) {
            this.type = type;
        }

        void room() {
            full = false;
        }

        @Override
        public Entry begin(Plan begun, Event.Started started, Moment at) {
            return memory.begin(begun, started, at);
        }

        @Override
        public Entry append(String id, Event event, Moment at) {
            if (full && event.getClass().getSimpleName().equals(type)) {
                throw new JournalException("The disk is full.");
            }
            return memory.append(id, event, at);
        }

        @Override
        public List<Entry> entries(String id) {
            return memory.entries(id);
        }

        @Override
        public java.util.Optional<Plan> plan(String id) {
            return memory.plan(id);
        }
    }
}
