package dev.slipway.migration.rehearsal;

import dev.slipway.migration.LockRetry;
import dev.slipway.migration.rehearsal.RehearsalReport.Held;
import dev.slipway.postgres.LockHolder;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import dev.slipway.postgres.PostgresFailure;
import dev.slipway.postgres.PostgresFailure.During;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Who holds locks that do not go together with those a migration takes, or else is waited for.
///
/// @param holders the oldest first, each with the locks that are in the way; one whose transaction's age
///     may not be seen comes last
public record LocksInTheWay(List<LockHolder> holders) {
    /// Transactions of an application come and go; one that is younger is gone before it was read.
    private static final Duration PASSING = Duration.ofMillis(200);

    public LocksInTheWay {
        holders = List.copyOf(holders);
    }

    /// A lock a migration takes.
    public record Needed(String relation, LockMode mode) {
        /// What `lock` is called in a plan: `public.users AccessExclusiveLock`.
        @Override
        public String toString() {
            return relation + " " + mode.server();
        }

        /// What [#toString] wrote.
        public static Needed parse(String text) {
            int space = text.lastIndexOf(' ');
            return new Needed(text.substring(0, space), LockMode.of(text.substring(space + 1)));
        }

        /// The lock that was measured.
        public static Needed of(Held held) {
            return new Needed(held.relation(), held.mode());
        }
    }

    /// Those of `all` whose locks do not go together with `needed`, or whom somebody of `awaited` waits for.
    public static LocksInTheWay of(
            Collection<Needed> needed, Collection<Awaited> awaited, List<LockHolder> all) {
        return new LocksInTheWay(
                all.stream()
                        .map(holder ->
                                holder.holding(
                                        holder.held().stream()
                                                .filter(held ->
                                                        conflicts(needed, held)
                                                                || awaited.stream()
                                                                        .anyMatch(each ->
                                                                                each.waitsFor(
                                                                                        held)))
                                                .toList()))
                        .filter(holder ->
                                !holder.held().isEmpty()
                                        || awaited.stream().anyMatch(each -> each.waitsFor(holder)))
                        .toList());
    }

    /// Who at `production` is in the way of `needed` and `awaited` now. Of transactions whose age may not be seen only
    /// those are told that are still there after a while.
    ///
    /// @throws dev.slipway.domain.FailureException when the server does not answer
    public static LocksInTheWay look(
            Postgres postgres,
            PostgresAddress production,
            List<Needed> needed,
            List<Awaited> awaited,
            LockRetry retry)
            throws InterruptedException {
        if (needed.isEmpty() && awaited.isEmpty()) {
            return new LocksInTheWay(List.of());
        }
        try (var session = postgres.open(production, Postgres.Session.reading("slipway"))) {
            var way = LocksInTheWay.of(needed, awaited, LockHolder.all(session));
            if (!way.hidden()) {
                return way;
            }
            Thread.sleep(retry.timeout());
            return way.stillIn(LockHolder.all(session));
        } catch (SQLException e) {
            throw PostgresFailure.exception(e, During.READING);
        }
    }

    private static boolean conflicts(Collection<Needed> needed, LockHolder.Held held) {
        return needed.stream()
                .anyMatch(need ->
                        need.relation().equals(held.relation())
                                && need.mode().conflicts(LockMode.of(held.mode())));
    }

    /// How long a migration that waits for `timeout` at most would wait for them: for the oldest of them
    /// as long as it is there already, which is all that can be known of how long it will stay.
    public Duration waitFor(Duration timeout) {
        return holders.stream()
                .map(holder -> holder.age().orElse(timeout))
                .max(Duration::compareTo)
                .filter(age -> age.compareTo(timeout) < 0)
                .orElse(holders.isEmpty() ? Duration.ZERO : timeout);
    }

    /// Those that are worth telling.
    public List<LockHolder> staying() {
        return holders.stream()
                .filter(holder -> holder.age().filter(age -> age.compareTo(PASSING) < 0).isEmpty())
                .toList();
    }

    /// The age of the oldest of them, as far as it may be seen.
    public Optional<Duration> oldest() {
        return holders.stream().flatMap(holder -> holder.age().stream()).max(Duration::compareTo);
    }

    /// Whether of one of them nobody may see how old it is.
    public boolean hidden() {
        return holders.stream().anyMatch(holder -> holder.age().isEmpty());
    }

    /// Without those of unknown age that `later` no longer has: they were passing.
    public LocksInTheWay stillIn(List<LockHolder> later) {
        return new LocksInTheWay(
                holders.stream()
                        .filter(holder ->
                                holder.age().isPresent()
                                        || later.stream()
                                                .anyMatch(each ->
                                                        each.transaction()
                                                                .equals(holder.transaction())))
                        .toList());
    }
}
