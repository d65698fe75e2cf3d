package dev.slipway.operation.lock;

import dev.slipway.operation.Plan;
import dev.slipway.operation.lock.RefChain.Tip;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The lock of one production. Who holds it is a run, not a person: two runs of the same person
/// exclude each other, and claiming twice for the same run is the same as once.
///
/// Methods that append change one ref, so they run inside [dev.slipway.http.Wire#during]. Safe for
/// use by several threads and, by compare-and-set, by several machines.
public final class ProductionLock {
    private final RefChain chain;
    private final String environment;
    private final Supplier<Person> person;
    private final Duration ttl;
    private final Supplier<String> journalHead;

    /// Who claims here.
    ///
    /// @param login at GitHub
    /// @param machine label of this machine
    /// @param app version of this program
    public record Person(String login, String machine, String app) {}

    /// @param person asked when the lock is claimed
    /// @param ttl how long the lock is held without renewal
    /// @param journalHead hash of the last line of the local journal
    public ProductionLock(
            RefChain chain,
            String environment,
            Supplier<Person> person,
            Duration ttl,
            Supplier<String> journalHead) {
        this.chain = chain;
        this.environment = environment;
        this.person = person;
        this.ttl = ttl;
        this.journalHead = journalHead;
    }

    /// What the chain says for one run.
    public sealed interface Standing {
        /// Nobody holds it.
        ///
        /// @param epoch the last one used, 0 when there was none
        record Free(long epoch, Optional<Tip> tip) implements Standing {}

        /// This run holds it.
        record Ours(LockRecord record, Tip tip) implements Standing {}

        /// Another run holds it, perhaps for too long.
        record Theirs(LockRecord record, Tip tip) implements Standing {}

        /// Somebody holds it, or something else wrote there.
        record Unreadable(Tip tip) implements Standing {}
    }

    /// Reads where `run` stands.
    public Standing standing(String run) {
        return standing(chain.tip(), run);
    }

    private static Standing standing(Optional<Tip> tip, String run) {
        if (tip.isEmpty()) {
            return new Standing.Free(0, tip);
        }
        var read = LockRecord.read(tip.get().message());
        if (read.isEmpty()) {
            return new Standing.Unreadable(tip.get());
        }
        var record = read.get();
        if (!record.held()) {
            return new Standing.Free(record.epoch(), tip);
        }
        return record.run().equals(run)
                ? new Standing.Ours(record, tip.get())
                : new Standing.Theirs(record, tip.get());
    }

    /// Reads the lock for people.
    ///
    /// @param mine whether a run belongs to this home
    public LockStatus status(Predicate<String> mine, Instant now) {
        var tip = chain.tip();
        return switch (standing(tip, "")) {
            case Standing.Free(_, var at) ->
                    new LockStatus(
                            LockStatus.State.FREE,
                            at.flatMap(t -> LockRecord.read(t.message())),
                            Optional.empty(),
                            now);
            case Standing.Unreadable(var at) ->
                    new LockStatus(
                            LockStatus.State.UNREADABLE,
                            Optional.empty(),
                            Optional.of(at.written()),
                            now);
            case Standing.Ours(var record, var at) -> held(record, at, mine, now);
            case Standing.Theirs(var record, var at) -> held(record, at, mine, now);
        };
    }

    private static LockStatus held(
            LockRecord record, Tip tip, Predicate<String> mine, Instant now) {
        var renewed = renewed(record, tip);
        LockStatus.State state;
        if (now.isAfter(renewed.plus(record.ttl()))) {
            state = LockStatus.State.EXPIRED;
        } else {
            state = mine.test(record.run()) ? LockStatus.State.YOURS : LockStatus.State.OTHER;
        }
        return new LockStatus(state, Optional.of(record), Optional.of(renewed), now);
    }

    private static Instant renewed(LockRecord record, Tip tip) {
        return record.pause().map(LockRecord.Pause::renewed).orElse(tip.written());
    }

    /// Claims a free lock for `plan`. Never takes one that is held, however old.
    ///
    /// @return where the run stands afterwards: [Standing.Ours] when it was free or ours before
    public Standing claim(Plan plan, Optional<Integer> release) {
        var before = standing(plan.id());
        if (!(before instanceof Standing.Free(var epoch, var tip))) {
            return before;
        }
        var who = person.get();
        var record =
                new LockRecord(
                        true,
                        environment,
                        plan.id(),
                        plan.hash(),
                        plan.kind(),
                        plan.target(),
                        epoch + 1,
                        who.login(),
                        who.machine(),
                        who.app(),
                        ttl,
                        1,
                        plan.positions(),
                        plan.steps().getFirst().title(),
                        false,
                        journalHead.get(),
                        release,
                        Optional.empty());
        return chain.append(tip, record.message())
                .<Standing>map(t -> new Standing.Ours(record, t))
                .orElseGet(() -> standing(plan.id()));
    }

    /// Renews the lock of a run that holds it and says where the run is. Forgets a wish to pause.
    ///
    /// @return where the run stands afterwards; when somebody appended meanwhile, nothing was
    ///     renewed, which shows in the tip
    public Standing renew(Standing.Ours ours, int step, int steps, String title, boolean noReturn) {
        var record = ours.record().at(step, steps, title, noReturn, journalHead.get());
        return chain.append(Optional.of(ours.tip()), record.message())
                .<Standing>map(t -> new Standing.Ours(record, t))
                .orElseGet(() -> standing(ours.record().run()));
    }

    /// Gives the lock back.
    ///
    /// @return whether it is given back; false when somebody appended meanwhile
    public boolean release(Standing.Ours ours) {
        var record = ours.record().released(journalHead.get());
        return chain.append(Optional.of(ours.tip()), record.message()).isPresent();
    }

    /// Asks whoever holds the lock to pause. The holder obeys between two calls.
    ///
    /// @return the holder that was asked; empty when nobody holds it
    public Optional<LockRecord> askPause(String by, String reason) {
        while (true) {
            var tip = chain.tip();
            if (tip.isEmpty()) {
                return Optional.empty();
            }
            var record = LockRecord.read(tip.get().message()).filter(LockRecord::held);
            if (record.isEmpty()) {
                return Optional.empty();
            }
            var wish = new LockRecord.Pause(by, reason, renewed(record.get(), tip.get()));
            if (chain.append(tip, record.get().asked(wish).message()).isPresent()) {
                return record;
            }
        }
    }
}
