package dev.slipway.operation.lock;

import dev.slipway.operation.CanonicalJson;
import dev.slipway.operation.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A chain in memory, with the compare-and-set of the real one.
final class MemoryRefChain implements RefChain {
    private final Moment.Source clock;
    private final List<Tip> links = new ArrayList<>();

    MemoryRefChain(Moment.Source clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Optional<Tip> tip() {
        return links.isEmpty() ? Optional.empty() : Optional.of(links.getLast());
    }

    @Override
    public synchronized Optional<Tip> append(Optional<Tip> after, String message) {
        if (!tip().map(Tip::sha).equals(after.map(Tip::sha))) {
            return Optional.empty();
        }
        var sha = CanonicalJson.sha256(links.size() + message).substring(0, 40);
        links.add(new Tip(sha, message, clock.now().wall()));
        return tip();
    }

    synchronized List<LockRecord> records() {
        return links.stream().flatMap(l -> LockRecord.read(l.message()).stream()).toList();
    }
}
