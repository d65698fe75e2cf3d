package dev.slipway.operation.lock;

import dev.slipway.operation.Plan;
import dev.slipway.operation.Together;
import dev.slipway.operation.lock.RefChain.Tip;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The lock of one production. Who holds it is a run, not a person: two runs of the same person
/// exclude each other, and claiming twice for the same run is the same as once. A run that was taken
/// over belongs to whoever knows the epoch of the takeover.
///
/// Methods that append change one ref, so they run inside [dev.slipway.http.Wire#during]. Safe for
/// use by several threads and, by compare-and-set, by several machines.
public final class ProductionLock {
    private final RefChain chain;
    private final String environment;
    private final Supplier<Person> person;
    private final Duration ttl;
    private final Supplier<String> journalHead;
    private final InstantSource server;

    /// The newest link that was read or written here. What it says never changes.
    private final AtomicReference<Link> newest = new AtomicReference<>(Link.NONE);

    private record Link(String sha, Optional<LockRecord> record) {
        static final Link NONE = new Link("", Optional.empty());
    }

    /// Who claims here.
    ///
    /// @param login at GitHub
    /// @param machine label of this machine
    /// @param app version of this program
    public record Person(String login, String machine, String app) {}

    /// @param person asked when the lock is claimed
    /// @param ttl how long the lock is held without renewal
    /// @param journalHead hash of the last line of the local journal
    /// @param server tells the time of the server that keeps the chain, once the chain was read
    public ProductionLock(
            RefChain chain,
            String environment,
            Supplier<Person> person,
            Duration ttl,
            Supplier<String> journalHead,
            InstantSource server) {
        this.chain = chain;
        this.environment = environment;
        this.person = person;
        this.ttl = ttl;
        this.journalHead = journalHead;
        this.server = server;
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
    ///
    /// @param epoch of the lock as the journal of the run knows it, 0 when it knows none
    public Standing standing(String run, long epoch) {
        return standing(chain.tip(), run, epoch);
    }

    private Standing standing(Optional<Tip> tip, String run, long epoch) {
        if (tip.isEmpty()) {
            return new Standing.Free(0, tip);
        }
        var read = read(tip.get());
        if (read.isEmpty()) {
            return new Standing.Unreadable(tip.get());
        }
        var record = read.get();
        if (!record.held()) {
            return new Standing.Free(record.epoch(), tip);
        }
        return record.run().equals(run) && (record.taken().isEmpty() || record.epoch() == epoch)
                ? new Standing.Ours(record, tip.get())
                : new Standing.Theirs(record, tip.get());
    }

    private Optional<LockRecord> read(Tip tip) {
        var known = newest.get();
        return known.sha().equals(tip.sha())
                ? known.record()
                : noted(tip, LockRecord.read(tip.message()));
    }

    private Optional<LockRecord> noted(Tip tip, Optional<LockRecord> record) {
        newest.set(new Link(tip.sha(), record));
        return record;
    }

    private Standing ours(LockRecord record, Tip tip) {
        var _ = noted(tip, Optional.of(record));
        return new Standing.Ours(record, tip);
    }

    /// Reads the lock for people.
    ///
    /// @param mine whether what a link says is the doing of this home
    public LockStatus status(Predicate<LockRecord> mine) {
        return status(chain.tip(), mine);
    }

    private LockStatus status(Optional<Tip> tip, Predicate<LockRecord> mine) {
        var now = server.instant();
        return switch (standing(tip, "", 0)) {
            case Standing.Free(_, var at) ->
                    new LockStatus(
                            LockStatus.State.FREE,
                            at.flatMap(this::read),
                            Optional.empty(),
                            now,
                            ttl);
            case Standing.Unreadable(var at) ->
                    new LockStatus(
                            LockStatus.State.UNREADABLE,
                            Optional.empty(),
                            Optional.of(at.written()),
                            now,
                            ttl);
            case Standing.Ours(var record, var at) -> held(record, at, mine, now);
            case Standing.Theirs(var record, var at) -> held(record, at, mine, now);
        };
    }

    private static LockStatus held(
            LockRecord record, Tip tip, Predicate<LockRecord> mine, Instant now) {
        var renewed = renewed(record, tip);
        LockStatus.State state;
        if (mine.test(record)) {
            state = LockStatus.State.YOURS;
        } else {
            state =
                    now.isAfter(renewed.plus(record.ttl()))
                            ? LockStatus.State.EXPIRED
                            : LockStatus.State.OTHER;
        }
        return new LockStatus(state, Optional.of(record), Optional.of(renewed), now, record.ttl());
    }

    private static Instant renewed(LockRecord record, Tip tip) {
        return record.pause().map(LockRecord.Pause::renewed).orElse(tip.written());
    }

    /// Claims a free lock for `plan`. Never takes one that is held, however old.
    ///
    /// @return where the run stands afterwards: [Standing.Ours] when it was free or ours before
    public Standing claim(Plan plan, Optional<Integer> release) {
        var before = standing(plan.id(), 0);
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
                        0,
                        Optional.empty(),
                        Optional.empty());
        return chain.append(tip, record.message(), Map.of(RunHistory.PLAN, plan.json()))
                .map(t -> ours(record, t))
                .orElseGet(() -> standing(plan.id(), 0));
    }

    /// Renews the lock of a run that holds it and says where the run is. Forgets a wish to pause.
    ///
    /// @param journal the lines of its journal that the chain does not have yet
    /// @return where the run stands afterwards; when somebody appended meanwhile, nothing was
    ///     renewed, which shows in the tip
    Standing renew(Standing.Ours ours, LockRecord.Progress progress, List<String> journal) {
        var record = ours.record().at(progress, journalHead.get(), journal.size());
        return chain.append(Optional.of(ours.tip()), record.message(journal))
                .map(t -> ours(record, t))
                .orElseGet(() -> standing(ours.record().run(), ours.record().epoch()));
    }

    /// Gives the lock back.
    ///
    /// @return whether it is given back; false when somebody appended meanwhile
    public boolean release(Standing.Ours ours) {
        var record = ours.record().released(journalHead.get());
        return chain.append(Optional.of(ours.tip()), record.message()).isPresent();
    }

    /// What the chain tells of the run that holds the lock; empty when nobody does or the newest link
    /// cannot be read.
    ///
    /// @throws dev.slipway.domain.FailureException when the chain does not hold all of it
    public Optional<RunHistory> history() {
        return chain.tip()
                .flatMap(tip ->
                        LockRecord.read(tip.message())
                                .filter(LockRecord::held)
                                .map(record -> RunHistory.read(chain, tip, record)));
    }

    /// The plans of the newest runs that claimed the lock, on whichever computer, newest first. One that is
    /// not understood, as that of a newer program, is left out.
    ///
    /// @param kind of the runs
    /// @param within how many runs of any kind are looked through
    /// @param most how many plans are read
    public List<Plan> plans(String kind, int within, int most) {
        return Together.atOnce()
                .ask(
                        chain.bringing(RunHistory.PLAN, within).stream()
                                .flatMap(tip -> claim(tip, kind).stream())
                                .limit(most)
                                .toList())
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /// Reads the plan beside a link when a run of `kind` claimed the lock with it.
    private Optional<Supplier<Optional<Plan>>> claim(Tip tip, String kind) {
        return LockRecord.read(tip.message())
                .filter(record -> record.kind().equals(kind))
                .map(record -> () -> RunHistory.plan(chain, tip, record));
    }

    /// What came of taking over.
    public sealed interface Takeover {
        /// The lock is held by this home now, for the same run, which nobody has decided on yet.
        record Taken(Standing.Ours ours) implements Takeover {}

        /// The newest link could not be read, so there was nothing to go on with: the lock is free.
        ///
        /// @param epoch of the link that freed it
        record Cleared(long epoch) implements Takeover {}

        /// Nothing was changed.
        ///
        /// @param status why: nobody holds it, or it has not expired, or somebody was faster
        record Not(LockStatus status) implements Takeover {}
    }

    /// Takes the lock from a holder who has not renewed it in time.
    ///
    /// @param expected what the person who decides was shown; anything else is not taken
    public Takeover takeOver(LockStatus expected, String reason) {
        var tip = chain.tip();
        var now = status(tip, _ -> false);
        if (!now.takeable() || !now.record().equals(expected.record())) {
            return new Takeover.Not(now);
        }
        if (now.record().isEmpty()) {
            return clear(tip.orElseThrow(), reason, now);
        }
        var old = now.record().get();
        var record = old.takenBy(person.get(), ttl, reason, old.epoch() + 1);
        return chain.append(tip, record.message())
                .<Takeover>map(t -> new Takeover.Taken(new Standing.Ours(record, t)))
                .orElseGet(() -> new Takeover.Not(status(_ -> false)));
    }

    /// Nothing is known of what the holder did, but the epoch never goes down.
    private Takeover clear(Tip tip, String reason, LockStatus now) {
        var known = Optional.<LockRecord>empty();
        for (var link = tip.parent(); link.isPresent() && known.isEmpty(); ) {
            var older = link.flatMap(chain::link);
            known = older.flatMap(t -> LockRecord.read(t.message()));
            link = older.flatMap(Tip::parent);
        }
        var epoch = known.map(LockRecord::epoch).orElse(0L) + 1;
        var who = person.get();
        var record =
                new LockRecord(
                        false,
                        environment,
                        "unreadable",
                        "",
                        "takeover",
                        environment,
                        epoch,
                        who.login(),
                        who.machine(),
                        who.app(),
                        ttl,
                        1,
                        1,
                        "",
                        false,
                        journalHead.get(),
                        Optional.empty(),
                        0,
                        Optional.empty(),
                        Optional.of(new LockRecord.Taken("an unreadable record", reason, false)));
        return chain.append(Optional.of(tip), record.message())
                .<Takeover>map(_ -> new Takeover.Cleared(epoch))
                .orElseGet(() -> new Takeover.Not(now));
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
