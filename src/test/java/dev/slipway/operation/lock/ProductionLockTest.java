package dev.slipway.operation.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.domain.Provider;
import dev.slipway.domain.World;
import dev.slipway.operation.Action;
import dev.slipway.operation.Driver;
import dev.slipway.operation.Entry;
import dev.slipway.operation.Fence;
import dev.slipway.operation.Machine;
import dev.slipway.operation.MemoryJournal;
import dev.slipway.operation.Moment;
import dev.slipway.operation.Observation;
import dev.slipway.operation.Operation;
import dev.slipway.operation.OperationState;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.Rules;
import dev.slipway.operation.Sending;
import dev.slipway.operation.StepScope;
import dev.slipway.operation.StepWork;
import dev.slipway.operation.StepWorks;
import dev.slipway.operation.TestClock;
import dev.slipway.operation.lock.ProductionLock.Standing;
import dev.slipway.operation.lock.ProductionLock.Takeover;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class ProductionLockTest {
    private static final Duration TTL = Duration.ofMinutes(10);

    private final TestClock clock = new TestClock();
    private final MemoryRefChain chain = new MemoryRefChain(clock);

    @Test
    void ofTenThatClaimAtOnceExactlyOneHoldsIt() throws Exception {
        var gate = new CountDownLatch(1);
        var claims = new ArrayList<Callable<Standing>>();
        for (var i = 0; i < 10; i++) {
            var plan = plan("%08x".formatted(i));
            claims.add(() -> {
                gate.await();
                return lock("kim").claim(plan, Optional.empty());
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = claims.stream().map(threads::submit).toList();
            gate.countDown();
            var ours = 0;
            for (var claim : running) {
                ours += claim.get() instanceof Standing.Ours ? 1 : 0;
            }
            assertThat(ours).isEqualTo(1);
        }
        assertThat(chain.records()).hasSize(1);
    }

    @Test
    void claimingTwiceForOneRunIsTheSameAsOnce() {
        var plan = plan("aaaaaaaa");
        lock("kim").claim(plan, Optional.of(42));

        assertThat(lock("kim").claim(plan, Optional.of(42))).isInstanceOf(Standing.Ours.class);
        assertThat(chain.records()).hasSize(1);
        assertThat(chain.records().getFirst().release()).contains(42);
    }

    @Test
    void twoRunsOfOnePersonExcludeEachOther() {
        lock("kim").claim(plan("aaaaaaaa"), Optional.empty());

        assertThat(lock("kim").claim(plan("bbbbbbbb"), Optional.empty()))
                .isInstanceOf(Standing.Theirs.class);
    }

    @Test
    void theEpochRisesWithEachClaimAndTheChainKeepsEverything() {
        for (var id : List.of("aaaaaaaa", "bbbbbbbb", "cccccccc")) {
            var ours = (Standing.Ours) lock("kim").claim(plan(id), Optional.empty());
            assertThat(lock("kim").release(ours)).isTrue();
        }

        assertThat(chain.records())
                .extracting(LockRecord::epoch)
                .containsExactly(1L, 1L, 2L, 2L, 3L, 3L);
        assertThat(status("").state()).isEqualTo(LockStatus.State.FREE);
    }

    @Test
    void anExpiredLockCanBeTakenOverButIsNotFree() {
        lock("ana").claim(plan("aaaaaaaa"), Optional.empty());
        assertThat(status("aaaaaaaa").state()).isEqualTo(LockStatus.State.YOURS);
        assertThat(status("").state()).isEqualTo(LockStatus.State.OTHER);
        assertThat(status("").sentence())
                .startsWith("ana on laptop-3, promotion of r42, step 1 of 3");

        clock.pass(TTL.plusSeconds(1));

        assertThat(status("").state()).isEqualTo(LockStatus.State.EXPIRED);
        assertThat(status("").sentence()).endsWith("expired, can be taken over");
        assertThat(status("aaaaaaaa").sentence())
                .startsWith("you, promotion of r42, step 1 of 3")
                .endsWith("it does not run now, and continuing it takes the lock again");
        assertThat(lock("kim").claim(plan("bbbbbbbb"), Optional.empty()))
                .isInstanceOf(Standing.Theirs.class);
    }

    @Test
    void whatHasNotExpiredIsNotTaken() {
        lock("ana").claim(plan("aaaaaaaa"), Optional.empty());
        var seen = status("");
        clock.pass(TTL.minusSeconds(1));

        assertThat(lock("kim").takeOver(seen, "in a hurry")).isInstanceOf(Takeover.Not.class);
        assertThat(chain.records()).hasSize(1);
        assertThat(status("").expires()).contains(clock.now().wall().plusSeconds(1));
    }

    @Test
    void ofTwoWhoTakeOverOneDoes() {
        lock("ana").claim(plan("aaaaaaaa"), Optional.of(42));
        clock.pass(TTL.plusSeconds(1));
        var seen = status("");

        var first = lock("kim").takeOver(seen, "a broken laptop");
        var second = lock("ben").takeOver(seen, "a broken laptop");

        assertThat(first)
                .isInstanceOfSatisfying(
                        Takeover.Taken.class,
                        taken -> {
                            var record = taken.ours().record();
                            assertThat(record.run()).isEqualTo("aaaaaaaa");
                            assertThat(record.epoch()).isEqualTo(2);
                            assertThat(record.release()).contains(42);
                            assertThat(record.taken().orElseThrow().looking()).isTrue();
                            assertThat(record.doing()).contains("taken over from ana on laptop-3");
                        });
        assertThat(second).isInstanceOf(Takeover.Not.class);
    }

    @Test
    void whoWasReplacedMayDoNothingAndIsToldByWhom() {
        var plan = plan("aaaaaaaa");
        lock("ana").claim(plan, Optional.empty());
        var keeper = new LockKeeper(lock("ana"), plan, List.of(), World.Bounds.LIVE, clock);
        assertThat(keeper.clear(passage(plan))).isInstanceOf(Fence.Clearance.Clear.class);
        clock.pass(TTL.plusSeconds(1));
        lock("kim").takeOver(status(""), "a broken laptop");

        assertThat(keeper.clear(passage(plan)))
                .isInstanceOfSatisfying(
                        Fence.Clearance.Lost.class,
                        lost ->
                                assertThat(lost.sentence())
                                        .contains(
                                                "kim on laptop-3 took this operation over",
                                                "a broken laptop"));
        assertThat(lock("ana").standing("aaaaaaaa", 1)).isInstanceOf(Standing.Theirs.class);
        assertThat(lock("ana").standing("aaaaaaaa", 0))
                .as("also when the answer to its claim was lost")
                .isInstanceOf(Standing.Theirs.class);
        assertThat(lock("kim").standing("aaaaaaaa", 2)).isInstanceOf(Standing.Ours.class);
    }

    @Test
    void aRecordThatCannotBeReadIsTakenAfterItsTimeAndTheEpochGoesUp() {
        lock("ana").claim(plan("aaaaaaaa"), Optional.empty());
        chain.append(chain.tip(), "somebody pushed here");
        assertThat(status("").takeable()).isFalse();
        clock.pass(TTL.plusSeconds(1));

        assertThat(lock("kim").takeOver(status(""), "unreadable"))
                .isEqualTo(new Takeover.Cleared(2));
        assertThat(status("").state()).isEqualTo(LockStatus.State.FREE);
        assertThat(lock("kim").claim(plan("bbbbbbbb"), Optional.empty()))
                .isInstanceOfSatisfying(
                        Standing.Ours.class,
                        ours -> assertThat(ours.record().epoch()).isEqualTo(3));
    }

    @Test
    void theChainHoldsThePlanAndTheJournalOfTheRun() {
        var held = new CountDownLatch(1);
        var gate = new Waiting(held);
        var journal = new MemoryJournal();
        var operation = operate("aaaaaaaa", "ana", new Counting(() -> {}), gate, journal);
        assertThat(gate.reached()).isTrue();
        operation.pause("ana", "lunch");
        assertThat(operation.await().state()).isEqualTo(OperationState.PAUSED);
        held.countDown();

        var run = lock("kim").history().orElseThrow();

        assertThat(run.plan()).isEqualTo(plan("aaaaaaaa"));
        assertThat(run.entries())
                .extracting(Entry::event)
                .isEqualTo(journal.entries("aaaaaaaa").stream().map(Entry::event).toList());
        assertThat(run.record().lines()).isEqualTo(run.entries().size());
    }

    @Test
    void aRecordThatCannotBeReadCountsAsHeld() {
        chain.append(Optional.empty(), "somebody pushed here");

        assertThat(status("").state()).isEqualTo(LockStatus.State.UNREADABLE);
        assertThat(lock("kim").claim(plan("aaaaaaaa"), Optional.empty()))
                .isInstanceOf(Standing.Unreadable.class);
    }

    @Test
    void aWishToPauseReachesTheHolderAndIsNoRenewal() {
        var plan = plan("aaaaaaaa");
        lock("kim").claim(plan, Optional.empty());
        var keeper = new LockKeeper(lock("kim"), plan, List.of(), World.Bounds.LIVE, clock);
        assertThat(keeper.clear(passage(plan))).isInstanceOf(Fence.Clearance.Clear.class);
        var renewed = status("").renewed();

        clock.pass(Duration.ofMinutes(1));
        assertThat(lock("ana").askPause("ana", "wrong commit")).isPresent();

        assertThat(status("").renewed()).isEqualTo(renewed);
        assertThat(keeper.clear(passage(plan)))
                .isEqualTo(new Fence.Clearance.PauseAsked("ana", "wrong commit"));
        var resumed = new LockKeeper(lock("kim"), plan, List.of(), World.Bounds.LIVE, clock);
        assertThat(resumed.clear(passage(plan)))
                .as("a person who resumed has answered the wish")
                .isInstanceOf(Fence.Clearance.Clear.class);
    }

    @Test
    void theLeaseIsRenewedBeforeItCouldEndDuringTheCall() {
        var plan = plan("aaaaaaaa");
        lock("kim").claim(plan, Optional.empty());
        var keeper = new LockKeeper(lock("kim"), plan, List.of(), World.Bounds.LIVE, clock);

        keeper.clear(passage(plan));
        var once = chain.records().size();
        keeper.clear(passage(plan));
        assertThat(chain.records()).as("not at every call").hasSize(once);

        clock.pass(Duration.ofMinutes(8));
        keeper.clear(passage(plan));
        assertThat(chain.records()).hasSize(once + 1);
        assertThat(status("").state()).isEqualTo(LockStatus.State.OTHER);
    }

    @Test
    void theLeaseGoesOnWhileTheMachineSleeps() {
        var plan = plan("aaaaaaaa");
        lock("kim").claim(plan, Optional.empty());
        var slept = new AtomicInteger();
        Moment.Source sleeper =
                () -> {
                    var now = clock.now();
                    return new Moment(now.wall().plusSeconds(slept.get()), now.mono(), now.boot());
                };
        var keeper = new LockKeeper(lock("kim"), plan, List.of(), World.Bounds.LIVE, sleeper);
        keeper.clear(passage(plan));
        var once = chain.records().size();

        slept.set(480);
        keeper.clear(passage(plan));

        assertThat(chain.records()).as("renewed before the call").hasSize(once + 1);
    }

    @Test
    void whoLostTheLockIsToldToWhom() {
        var plan = plan("aaaaaaaa");
        var ours = (Standing.Ours) lock("kim").claim(plan, Optional.empty());
        var keeper = new LockKeeper(lock("kim"), plan, List.of(), World.Bounds.LIVE, clock);
        keeper.clear(passage(plan));
        var standing = (Standing.Ours) lock("kim").standing("aaaaaaaa", 0);
        assertThat(standing.record().epoch()).isEqualTo(ours.record().epoch());
        lock("kim").release(standing);
        lock("ana").claim(plan("bbbbbbbb"), Optional.empty());

        assertThat(keeper.clear(passage(plan)))
                .isInstanceOfSatisfying(
                        Fence.Clearance.Lost.class,
                        lost -> assertThat(lost.sentence()).contains("ana on laptop-3"));
    }

    @Test
    void twoOperationsAtOnceEndAsOneWriterAndOneRefusal() {
        var writing = new AtomicInteger();
        var together = new AtomicInteger();
        var work =
                new Counting(() -> {
                    together.accumulateAndGet(writing.incrementAndGet(), Math::max);
                    writing.decrementAndGet();
                });
        var first = new CompletableFuture<Operation>();
        var held = new CountDownLatch(1);
        var gate = new Waiting(held);

        first.complete(operate("aaaaaaaa", "kim", work, gate));
        assertThat(gate.reached()).isTrue();
        var second = operate("bbbbbbbb", "ana", work, gate).await();
        held.countDown();

        assertThat(first.join().await().state()).isEqualTo(OperationState.SUCCEEDED);
        assertThat(second.state()).isEqualTo(OperationState.STOPPED_SAFE);
        assertThat(second.reason())
                .startsWith("Production is locked by kim on laptop-3: promotion of r42, step");
        assertThat(together).hasValue(1);
        assertThat(status("").state()).isEqualTo(LockStatus.State.FREE);
    }

    @Test
    void aColleagueStopsARunningOperationThroughTheChain() {
        var held = new CountDownLatch(1);
        var gate = new Waiting(held);
        var operation = operate("aaaaaaaa", "kim", new Counting(() -> {}), gate);
        assertThat(gate.reached()).isTrue();

        assertThat(lock("ana").askPause("ana", "wrong commit")).isPresent();

        assertThat(operation.await())
                .isEqualTo(
                        new Action.End(
                                OperationState.PAUSED, "work", "asked by ana: wrong commit"));
        assertThat(status("").sentence())
                .as("nobody renews it now, so it says where the operation stopped")
                .contains("promotion of r42, step 2 of 3 (Work)");
        held.countDown();
    }

    private Operation operate(String id, String login, StepWork work, Waiting gate) {
        return operate(id, login, work, gate, new MemoryJournal());
    }

    private Operation operate(
            String id, String login, StepWork work, Waiting gate, MemoryJournal journal) {
        var plan = plan(id);
        var moments = Machine.moments(InstantSource.system(), "boot");
        var lock = lock(login);
        var keeper = LockKeeper.ofNew(lock, plan, QUICK, moments);
        StepWorks works =
                (_, step) ->
                        switch (step.key()) {
                            case ClaimLock.KEY -> new ClaimLock(lock);
                            case ReleaseLock.KEY -> new ReleaseLock(lock);
                            default -> gate.before(work);
                        };
        var driver =
                new Driver(
                        journal, works, Rules.of(QUICK), moments, new Driver.Seat("laptop-3", "s"));
        var operation = driver.start(plan, keeper, login, "", List.of(keeper));
        keeper.watch(operation);
        return operation;
    }

    private static final World.Bounds QUICK =
            new World.Bounds(
                    Map.of(Provider.GITHUB, Duration.ofMillis(20)),
                    Duration.ofMillis(5),
                    Duration.ofSeconds(10),
                    Duration.ofMillis(20),
                    Duration.ofMillis(5),
                    Duration.ofMillis(5),
                    Duration.ofMillis(5),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(50),
                    Map.of());

    private ProductionLock lock(String login) {
        return new ProductionLock(
                chain,
                "production",
                () -> new ProductionLock.Person(login, "laptop-3", "0.1.0"),
                TTL,
                () -> "00",
                () -> clock.now().wall());
    }

    private LockStatus status(String mine) {
        return lock("kim").status(record -> record.run().equals(mine));
    }

    private static Fence.Passage passage(Plan plan) {
        return new Fence.Passage(plan, plan.steps().get(1), false, Duration.ofSeconds(180));
    }

    private static Plan plan(String id) {
        return Plan.of(
                id,
                "promotion",
                "r42",
                "world-1",
                Instant.EPOCH,
                Map.of(),
                List.of(
                        ClaimLock.step(Optional.of(42)),
                        PlanStep.mutation("work", Provider.GITHUB, Map.of())
                                .told("Work", "GitHub", "", ""),
                        ReleaseLock.step()));
    }

    /// Work that is done once sent.
    private static final class Counting implements StepWork {
        private final Runnable change;
        private volatile boolean done;

        Counting(Runnable change) {
            this.change = change;
        }

        @Override
        public Observation observe(StepScope scope) {
            return done ? Observation.Done.seen(Map.of()) : Observation.Absent.seen(Map.of());
        }

        @Override
        public Receipt send(StepScope scope, Sending sending) {
            sending.aboutToSend("POST", "/", "00", Map.of());
            change.run();
            done = true;
            return Receipt.NONE;
        }
    }

    /// Keeps an operation waiting while it holds the lock.
    private static final class Waiting {
        private final CountDownLatch held;
        private final CountDownLatch reached = new CountDownLatch(1);

        Waiting(CountDownLatch held) {
            this.held = held;
        }

        boolean reached() {
            try {
                return reached.await(10, java.util.concurrent.TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        StepWork before(StepWork work) {
            return new StepWork() {
                @Override
                public Observation observe(StepScope scope) {
                    reached.countDown();
                    return held.getCount() > 0
                            ? Observation.NotYet.because("held by the test")
                            : work.observe(scope);
                }

                @Override
                public Receipt send(StepScope scope, Sending sending) {
                    return work.send(scope, sending);
                }
            };
        }
    }

    @Test
    void aRecordSaysNothingItWasNotGiven() {
        var standing = (Standing.Ours) lock("kim").claim(plan("aaaaaaaa"), Optional.of(7));

        assertThat(LockRecord.read(standing.tip().message())).contains(standing.record());
        assertThat(standing.tip().message().lines().findFirst())
                .contains(
                        "slipway: held by kim on laptop-3, promotion of r42, step 1 of 3 (Claim the lock)");
    }
}
