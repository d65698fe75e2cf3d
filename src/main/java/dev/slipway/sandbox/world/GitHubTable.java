package dev.slipway.sandbox.world;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/// All things of one kind by id, kept in memory and written through to the log. Readers need no
/// lock; writers hold the world's.
final class GitHubTable<V> {
    private final ConcurrentSkipListMap<Long, V> values = new ConcurrentSkipListMap<>();
    private final GitHubLog log;
    private final String kind;
    private final ToLongFunction<V> id;

    GitHubTable(GitHubLog log, String kind, Class<V> type, ToLongFunction<V> id) {
        this.log = log;
        this.kind = kind;
        this.id = id;
        log.found(kind, type).forEach(v -> values.put(id.applyAsLong(v), v));
    }

    V put(V value) {
        log.append(kind, id.applyAsLong(value), Optional.of(value));
        values.put(id.applyAsLong(value), value);
        return value;
    }

    void remove(long key) {
        if (values.remove(key) != null) {
            log.append(kind, key, Optional.empty());
        }
    }

    Optional<V> get(long key) {
        return Optional.ofNullable(values.get(key));
    }

    /// In the order of their ids.
    List<V> all() {
        return List.copyOf(values.values());
    }

    List<V> where(Predicate<V> wanted) {
        return values.values().stream().filter(wanted).toList();
    }

    long highest() {
        return values.isEmpty() ? 0 : values.lastKey();
    }
}
