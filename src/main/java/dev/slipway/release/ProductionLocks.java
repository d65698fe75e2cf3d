package dev.slipway.release;

import dev.slipway.domain.FailureException;
import dev.slipway.migration.LockRetry;
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
import java.util.List;
import java.util.Optional;

/// Who holds in production now what a migration would need. Only a compute that is awake is asked: in
/// one that sleeps nobody holds anything.
public record ProductionLocks(Stack stack, Neon neon, Postgres postgres, LockRetry retry) {
    /// What taking the locks of `report` in production would be like now. Not knowing is an answer.
    LockForecast forecast(RehearsalReport report) {
        try {
            var databases = new Databases(neon, stack);
            var branch = databases.production(neon.branches()).id();
            if (!Databases.awake(branch, neon.endpoints())) {
                return forecast(report, new LocksInTheWay(List.of()));
            }
            return forecast(
                    report,
                    LocksInTheWay.look(
                            postgres,
                            PostgresAddress.of(databases.connection(branch)),
                            report.held().stream().map(Needed::of).toList(),
                            retry));
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

    private LockForecast forecast(RehearsalReport report, LocksInTheWay way) {
        return new LockForecast(
                Optional.of(way.waitFor(retry.timeout()).plus(report.hold())),
                way.staying().stream().map(LockHolder::sentence).toList(),
                outlook(way),
                "");
    }

    private Outlook outlook(LocksInTheWay way) {
        if (way.oldest().filter(age -> age.compareTo(retry.most()) > 0).isPresent()) {
            return Outlook.LASTING;
        }
        if (way.hidden()) {
            return Outlook.UNKNOWN;
        }
        return way.staying().isEmpty() ? Outlook.FREE : Outlook.PASSING;
    }
}
