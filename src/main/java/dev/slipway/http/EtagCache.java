package dev.slipway.http;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Answers that may still hold, the least recently used dropped first. Safe for many threads.
final class EtagCache {
    private final long maxBytes;
    private final Map<Key, Answer> answers = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    /// @param accept the media type asked for, which changes the answer of one address
    record Key(URI address, String accept) {}

    EtagCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    synchronized Optional<Answer> get(Key key) {
        return Optional.ofNullable(answers.get(key));
    }

    synchronized void put(Key key, Answer answer) {
        var old = answers.remove(key);
        bytes -= old == null ? 0 : weight(old);
        if (weight(answer) > maxBytes) {
            return;
        }
        answers.put(key, answer);
        bytes += weight(answer);
        var eldest = answers.entrySet().iterator();
        while (bytes > maxBytes && eldest.hasNext()) {
            bytes -= weight(eldest.next().getValue());
            eldest.remove();
        }
    }

    synchronized int size() {
        return answers.size();
    }

    private static long weight(Answer answer) {
        return answer.body().length + 1_024L;
    }
}
