package dev.slipway.http;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is left of every provider's allowance, from what the provider says and, where it says
/// nothing, from an own count of calls.
///
/// Allowances: Cloudflare 1,200 calls in 5 minutes, and whoever exceeds it is shut out for 5 more;
/// Neon 700 in a minute, and whoever exceeds it is asked to wait, so the own count only holds back
/// background reads; GitHub by its headers.
final class Budgets {
    private static final Pattern RATELIMIT =
            Pattern.compile("\\br=(\\d{1,9})\\s*;\\s*t=(\\d{1,9})");
    private static final Pattern POLICY = Pattern.compile("\\bq=(\\d{1,9})\\s*;\\s*w=(\\d{1,9})");

    private static final Window CLOUDFLARE = new Window(1_200, Duration.ofMinutes(5), 200, true);
    private static final Window NEON = new Window(700, Duration.ofMinutes(1), 100, false);

    private static final int GITHUB_RESERVE = 200;

    private final InstantSource clock;
    private final Map<Provider, Window> windows = new EnumMap<>(Provider.class);
    private final Map<Provider, Deque<Instant>> sent = new LinkedHashMap<>();
    private final Map<String, Budget> stated = new LinkedHashMap<>();
    private final Map<String, Instant> blocked = new LinkedHashMap<>();

    /// @param strict whether exceeding it costs more than a wait
    private record Window(int limit, Duration length, int reserve, boolean strict) {}

    Budgets(InstantSource clock) {
        this.clock = clock;
        windows.put(Provider.CLOUDFLARE, CLOUDFLARE);
        windows.put(Provider.NEON, NEON);
    }

    /// Refuses a call there is no budget for, before anything is sent.
    synchronized void admit(Call call) {
        var now = clock.instant();
        var until = blocked.get(key(call));
        if (until != null && until.isAfter(now) && call.purpose() != Purpose.ROLLBACK) {
            throw new FailureException(
                    new Failure.RateLimited(call.provider(), Duration.between(now, until)));
        }
        of(call.provider(), call.resource())
                .filter(b -> !b.allows(call.purpose()))
                .filter(_ -> strict(call))
                .ifPresent(b -> {
                    throw new FailureException(
                            new Failure.BudgetSpent(call.provider(), b.left(), b.resets()));
                });
    }

    private boolean strict(Call call) {
        var window = windows.get(call.provider());
        return window == null || window.strict() || call.purpose() == Purpose.BACKGROUND;
    }

    /// Counts a call that is being sent.
    synchronized void count(Call call) {
        if (windows.containsKey(call.provider())) {
            sent.computeIfAbsent(call.provider(), _ -> new ArrayDeque<>()).add(clock.instant());
        }
    }

    /// Learns from an answer.
    synchronized void learn(Call call, Answer answer) {
        var now = clock.instant();
        switch (call.provider()) {
            case GITHUB -> github(answer);
            case CLOUDFLARE -> cloudflare(answer, now);
            default -> {}
        }
        if (answer.status() == 429 || answer.status() == 403) {
            Outcomes.stated(answer)
                    .filter(w ->
                            answer.status() == 429 || answer.headers().containsKey("retry-after"))
                    .ifPresent(wait -> blocked.put(key(call), now.plus(wait)));
        }
    }

    /// Every budget that is known.
    synchronized List<Budget> all() {
        var result = new ArrayList<Budget>();
        stated.values().stream().filter(b -> b.provider() == Provider.GITHUB).forEach(result::add);
        windows.keySet().stream().sorted().forEach(p -> of(p, "default").ifPresent(result::add));
        return List.copyOf(result);
    }

    /// The budget of one bucket, empty while nothing is known about it.
    synchronized Optional<Budget> of(Provider provider, String resource) {
        var now = clock.instant();
        var said =
                Optional.ofNullable(stated.get(provider + " " + resource))
                        .filter(b -> b.resets().isAfter(now));
        var window = windows.get(provider);
        if (window == null) {
            return said;
        }
        var own = counted(provider, window, now);
        return said.filter(b -> b.left() < own.left()).or(() -> Optional.of(own));
    }

    private Budget counted(Provider provider, Window window, Instant now) {
        var calls = sent.computeIfAbsent(provider, _ -> new ArrayDeque<>());
        while (!calls.isEmpty() && !calls.getFirst().plus(window.length()).isAfter(now)) {
            calls.removeFirst();
        }
        var oldest = calls.isEmpty() ? now : calls.getFirst();
        return new Budget(
                provider,
                "default",
                window.limit(),
                Math.max(0, window.limit() - calls.size()),
                window.reserve(),
                oldest.plus(window.length()));
    }

    private void github(Answer answer) {
        var limit = number(answer, "x-ratelimit-limit");
        var left = number(answer, "x-ratelimit-remaining");
        var reset = number(answer, "x-ratelimit-reset");
        var resource = answer.header("x-ratelimit-resource").orElse("core");
        if (limit.isPresent() && left.isPresent() && reset.isPresent()) {
            var resets = Instant.ofEpochSecond(reset.get());
            stated.put(
                    Provider.GITHUB + " " + resource,
                    new Budget(
                            Provider.GITHUB,
                            resource,
                            limit.get().intValue(),
                            left.get().intValue(),
                            Math.min(GITHUB_RESERVE, limit.get().intValue() / 10),
                            resets));
        }
    }

    /// Only a policy as wide as the known window says something about the reserve; a short burst
    /// policy is over by the time anybody looks. How long the window is, the policy says better.
    private void cloudflare(Answer answer, Instant now) {
        var rest = answer.header("ratelimit").map(RATELIMIT::matcher).filter(Matcher::find);
        var policy =
                answer.header("ratelimit-policy")
                        .map(POLICY::matcher)
                        .filter(Matcher::find)
                        .filter(m -> Integer.parseInt(m.group(1)) >= CLOUDFLARE.limit());
        if (rest.isEmpty() || policy.isEmpty()) {
            return;
        }
        var quota = Integer.parseInt(policy.get().group(1));
        var length = Duration.ofSeconds(Long.parseLong(policy.get().group(2)));
        windows.put(Provider.CLOUDFLARE, new Window(quota, length, CLOUDFLARE.reserve(), true));
        stated.put(
                Provider.CLOUDFLARE + " default",
                new Budget(
                        Provider.CLOUDFLARE,
                        "default",
                        quota,
                        Integer.parseInt(rest.get().group(1)),
                        CLOUDFLARE.reserve(),
                        now.plusSeconds(Long.parseLong(rest.get().group(2)))));
    }

    private static Optional<Long> number(Answer answer, String header) {
        return answer.header(header).filter(s -> s.matches("\\d{1,12}")).map(Long::parseLong);
    }

    private static String key(Call call) {
        return call.provider() + " " + call.resource();
    }
}
