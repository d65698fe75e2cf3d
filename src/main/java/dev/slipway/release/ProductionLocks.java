package dev.slipway.release;

import dev.slipway.domain.FailureException;
import dev.slipway.migration.LockRetry;
import dev.slipway.migration.LoneMigrator;
import dev.slipway.migration.rehearsal.Awaited;
import dev.slipway.migration.rehearsal.LocksInTheWay;
import dev.slipway.migration.rehearsal.LocksInTheWay.Needed;
import dev.slipway.migration.rehearsal.RehearsalReport;
import dev.slipway.neon.Neon;
import dev.slipway.postgres.LockHolder;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import dev.slipway.production.Databases;
import dev.slipway.release.RehearsalResult.LockForecast;
import dev.slipway.release.RehearsalResult.LockForecast.Outlook;
import dev.slipway.stack.Stack;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Who holds in production now what a migration would need. Only a compute that is awake is asked: in
/// one that sleeps nobody holds anything.
public record ProductionLocks(Stack stack, Neon neon, Postgres postgres, LockRetry retry) {
    private static final LocksInTheWay NOBODY = new LocksInTheWay(List.of());

    /// What taking the locks of `report` in production would be like now. Not knowing is an answer.
    LockForecast forecast(RehearsalReport report) {
        try {
            var databases = new Databases(neon, stack);
            var branch = databases.production(neon.branches()).id();
            if (Databases.awake(branch, neon.endpoints()).isEmpty()) {
                return forecast(report, NOBODY, NOBODY);
            }
            var address = PostgresAddress.of(databases.connection(branch));
            return forecast(
                    report,
                    look(address, report.held().stream().map(Needed::of).toList(), List.of()),
                    look(address, List.of(), report.awaited()));
        } catch (FailureException e) {
            return unknown(e.failure().sentence());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unknown("Somebody stopped looking");
        }
    }

    private static LockForecast unknown(String why) {
        return new LockForecast(
                Optional.empty(),
                List.of(),
                Outlook.UNKNOWN,
                "Who holds locks in production is not known: " + why + ".");
    }

    private LocksInTheWay look(
            PostgresAddress production, List<Needed> needed, List<Awaited> awaited)
            throws InterruptedException {
        return LocksInTheWay.look(postgres, production, needed, awaited, retry);
    }

    /// @param way who is in the way of its locks
    /// @param awaited who else is waited for by what runs in no transaction, so that only it waits
    private LockForecast forecast(
            RehearsalReport report, LocksInTheWay way, LocksInTheWay awaited) {
        return new LockForecast(
                Optional.of(way.waitFor(retry.timeout()).plus(report.hold())),
                Stream.concat(
                                way.staying().stream().map(LockHolder::sentence),
                                awaited.staying().stream()
                                        .map(holder ->
                                                holder.sentence() + LoneMigrator.WAITS_FOR_IT))
                        .toList(),
                Stream.of(outlook(way, retry.most()), outlook(awaited, LoneMigrator.MOST))
                        .max(Comparator.comparingInt(GRAVITY::indexOf))
                        .orElseThrow(),
                "");
    }

    private static final List<Outlook> GRAVITY =
            List.of(Outlook.FREE, Outlook.PASSING, Outlook.UNKNOWN, Outlook.LASTING);

    /// @param patience how long a migration would wait for them
    private static Outlook outlook(LocksInTheWay way, Duration patience) {
        if (way.oldest().filter(age -> age.compareTo(patience) > 0).isPresent()) {
            return Outlook.LASTING;
        }
        if (way.hidden()) {
            return Outlook.UNKNOWN;
        }
        return way.staying().isEmpty() ? Outlook.FREE : Outlook.PASSING;
    }
}
