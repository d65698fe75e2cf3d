package dev.slipway.release.throwaway;

import dev.slipway.domain.RefusedException;
import dev.slipway.operation.journal.SingleWriter.Holder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The book of what is made to be thrown away. Whoever makes such a thing writes it down first, and says
/// when the provider has named it and when it is used up. What this process did not come to remove, the
/// next one does.
///
/// Safe for use by several threads.
public final class ThrowAways implements AutoCloseable {
    private final Debts debts;
    private final Map<Debt.Kind, Removal> removals;
    private final Abandoned abandoned;
    private final Holder self;
    private final InstantSource clock;
    private final Duration poll;
    private final Map<String, Debt> open = new ConcurrentHashMap<>();
    private volatile boolean ending;

    /// Tells what operations of this home left behind; those are in the journal, not in the book.
    @FunctionalInterface
    public interface Abandoned {
        /// All that is known, asking no remote.
        List<Remains> all();

        /// What an operation may have left.
        ///
        /// @param operation its id
        /// @param stays why it must not be removed yet; empty when nobody needs it any more
        record Remains(String operation, Debt debt, Optional<String> stays) {}
    }

    /// @param removals how each kind is removed
    /// @param self this process, so that what it uses is not removed by another one
    /// @param poll distance of two looks at something that is awaited
    public ThrowAways(
            Debts debts,
            Map<Debt.Kind, Removal> removals,
            Abandoned abandoned,
            Holder self,
            InstantSource clock,
            Duration poll) {
        this.debts = debts;
        this.removals = Map.copyOf(removals);
        this.abandoned = abandoned;
        this.self = self;
        this.clock = clock;
        this.poll = poll;
    }

    /// Writes down that something is about to be asked for. On disk when this returns.
    ///
    /// @throws dev.slipway.domain.InputException when the home cannot be written
    /// @throws RefusedException when this process is ending
    Debt begin(Debt.Kind kind, String name, String mark, String place) {
        if (ending) {
            throw new RefusedException(
                    "Slipway is ending, so nothing was asked for and nothing was changed.");
        }
        var debt = new Debt(kind, name, mark, place, Optional.empty(), clock.instant(), self, "");
        open.put(name, debt);
        debts.write(debt);
        return debt;
    }

    /// The provider has made it and says how it calls it.
    void made(Debt debt, String id) {
        var known = debt.known(id);
        open.put(debt.name(), known);
        debts.write(known);
    }

    /// It was certainly never made.
    void forget(Debt debt) {
        open.remove(debt.name());
        debts.remove(debt);
    }

    /// What is open under `name` was asked for by a person: it expires by itself, and no sweep removes it
    /// before.
    void keep(String name) {
        var debt = open.remove(name);
        if (debt != null) {
            debts.remove(debt);
        }
    }

    /// Removes what is open under `name`, also on a thread that was interrupted, and says why when that
    /// did not work. Waits for a thing that may still come.
    Optional<Debt> remove(String name) {
        // Whoever interrupted the work did not mean that this shall stay.
        boolean interrupted = Thread.interrupted();
        try {
            var debt = open.get(name);
            return debt == null ? Optional.empty() : pay(debt);
        } finally {
            open.remove(name);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// The same, but one that may still come is left to the next sweep.
    Optional<Debt> removeNow(String name) {
        boolean interrupted = Thread.interrupted();
        try {
            var debt = open.get(name);
            return debt == null ? Optional.empty() : settle(debt, swept(debt));
        } finally {
            open.remove(name);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Optional<Debt> pay(Debt first) {
        try {
            while (true) {
                var debt = open.get(first.name());
                if (debt == null) {
                    return Optional.empty();
                }
                var result = removal(debt);
                if (!(result instanceof Removal.Result.MayCome)) {
                    return settle(debt, result);
                }
                Thread.sleep(poll);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return settle(first, new Removal.Result.Stays("removing it was interrupted."));
        }
    }

    /// The names of what this process uses now.
    public List<String> open() {
        return List.copyOf(open.keySet());
    }

    /// Removes everything this process still uses: it ends, and begins nothing any more.
    @Override
    public void close() {
        ending = true;
        for (var name : open()) {
            var _ = remove(name);
        }
    }

    /// What is known to be left and not in use by anybody; asks no remote.
    public Sweep left() {
        var read = debts.all();
        var left = new ArrayList<>(read.debts().stream().filter(debt -> !inUse(debt)).toList());
        remains("")
                .forEach(each ->
                        left.add(each.stays().map(each.debt()::because).orElse(each.debt())));
        return new Sweep(List.of(), left, read.problems());
    }

    /// Removes what earlier runs of this home left. Where nothing is left no remote is asked.
    public Sweep sweep() {
        return sweepBeside("");
    }

    /// The same, but for what the operation of that id made, which is about to go on.
    public Sweep sweepBeside(String operation) {
        var removed = new ArrayList<Debt>();
        var left = new ArrayList<Debt>();
        var read = debts.all();
        for (var debt : read.debts()) {
            if (!inUse(debt)) {
                var result = swept(debt);
                note(debt, result, removed, left);
                settle(debt, result);
            }
        }
        for (var each : remains(operation)) {
            if (each.stays().isPresent()) {
                left.add(each.debt().because(each.stays().get()));
            } else {
                var result = swept(each.debt());
                note(each.debt(), result, removed, left);
                if (gone(result)) {
                    debts.noteGone(each.debt(), clock.instant());
                }
            }
        }
        return new Sweep(removed, left, read.problems());
    }

    private List<Abandoned.Remains> remains(String except) {
        return abandoned.all().stream()
                .filter(each -> !each.operation().equals(except))
                .filter(each -> !debts.gone(each.debt()))
                .toList();
    }

    private Removal.Result swept(Debt debt) {
        try {
            return removal(debt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Removal.Result.Stays("removing it was interrupted.");
        }
    }

    private static void note(
            Debt debt, Removal.Result result, List<Debt> removed, List<Debt> left) {
        switch (result) {
            case Removal.Result.Deleted() -> removed.add(debt);
            case Removal.Result.NeverThere() -> {}
            case Removal.Result.MayCome(var reason) -> left.add(debt.because(reason));
            case Removal.Result.Stays(var reason) -> left.add(debt.because(reason));
        }
    }

    private static boolean gone(Removal.Result result) {
        return result instanceof Removal.Result.Deleted
                || result instanceof Removal.Result.NeverThere;
    }

    private Removal.Result removal(Debt debt) throws InterruptedException {
        var removal = removals.get(debt.kind());
        return removal == null
                ? new Removal.Result.Stays("nothing here can remove such a thing.")
                : removal.of(debt);
    }

    /// Notes what became of it; the debt when it stays one.
    private Optional<Debt> settle(Debt debt, Removal.Result result) {
        if (gone(result)) {
            debts.remove(debt);
            return Optional.empty();
        }
        var left = new ArrayList<Debt>();
        note(debt, result, new ArrayList<>(), left);
        left.forEach(debts::write);
        return left.stream().findFirst();
    }

    /// Nobody uses what somebody tried to remove.
    private boolean inUse(Debt debt) {
        if (!debt.reason().isEmpty()) {
            return false;
        }
        return debt.holder().session().equals(self.session())
                ? open.containsKey(debt.name())
                : debt.holder().alive(self.boot());
    }
}
