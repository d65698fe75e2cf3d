package dev.slipway.operation.lock;

import dev.slipway.operation.CanonicalJson;
import dev.slipway.operation.Moment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A chain in memory, with the compare-and-set of the real one.
final class MemoryRefChain implements RefChain {
    private final Moment.Source clock;
    private final List<Tip> links = new ArrayList<>();
    private final Map<String, Map<String, String>> files = new HashMap<>();

    MemoryRefChain(Moment.Source clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Optional<Tip> tip() {
        return links.isEmpty() ? Optional.empty() : Optional.of(links.getLast());
    }

    @Override
    public synchronized Optional<Tip> append(
            Optional<Tip> after, String message, Map<String, String> beside) {
        if (!tip().map(Tip::sha).equals(after.map(Tip::sha))) {
            return Optional.empty();
        }
        var sha = CanonicalJson.sha256(links.size() + message).substring(0, 40);
        files.put(
                sha,
                beside.isEmpty()
                        ? after.map(t -> files.getOrDefault(t.sha(), Map.of())).orElse(Map.of())
                        : beside);
        links.add(new Tip(sha, after.map(Tip::sha), message, clock.now().wall()));
        return tip();
    }

    @Override
    public synchronized Optional<Tip> link(String sha) {
        return links.stream().filter(l -> l.sha().equals(sha)).findFirst();
    }

    @Override
    public synchronized Optional<String> file(Tip link, String name) {
        return Optional.ofNullable(files.getOrDefault(link.sha(), Map.of()).get(name));
    }

    synchronized List<LockRecord> records() {
        return links.stream().flatMap(l -> LockRecord.read(l.message()).stream()).toList();
    }
}
