package dev.slipway.sandbox.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// How much a token may still ask: 1,200 requests in five minutes; who asks more is shut out for the
/// next five. The window follows the pace of the world.
final class CloudflareBudget {
    static final int REQUESTS = 1_200;
    static final Duration WINDOW = Duration.ofMinutes(5);

    private final Duration window;
    private final InstantSource clock;
    private final Map<String, Account> accounts = new HashMap<>();

    private static final class Account {
        private Instant until;
        private int left = REQUESTS;
        private boolean blocked;

        Account(Instant until) {
            this.until = until;
        }
    }

    /// What is left after a request.
    ///
    /// @param allowed whether the request itself is carried out
    /// @param seconds until the window or the block ends
    record Standing(boolean allowed, int left, long seconds, long window) {
        Response mark(Response response) {
            var marked =
                    response.header("Ratelimit", "\"default\";r=" + left + ";t=" + seconds)
                            .header(
                                    "Ratelimit-Policy",
                                    "\"default\";q=" + REQUESTS + ";w=" + window);
            return allowed ? marked : marked.header("Retry-After", String.valueOf(seconds));
        }
    }

    CloudflareBudget(Duration window, InstantSource clock) {
        this.window = window;
        this.clock = clock;
    }

    synchronized Standing ask(String token) {
        var now = clock.instant();
        var account = accounts.computeIfAbsent(token, _ -> new Account(now.plus(window)));
        if (!now.isBefore(account.until)) {
            account.until = now.plus(window);
            account.left = REQUESTS;
            account.blocked = false;
        }
        if (account.left == 0 && !account.blocked) {
            account.blocked = true;
            account.until = now.plus(window);
        }
        var allowed = account.left > 0;
        if (allowed) {
            account.left--;
        }
        return new Standing(
                allowed,
                account.left,
                seconds(Duration.between(now, account.until)),
                seconds(window));
    }

    private static long seconds(Duration duration) {
        return Math.max(1, (duration.toMillis() + 999) / 1000);
    }
}
