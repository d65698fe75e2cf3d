package dev.slipway.sandbox.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Copies of a cluster from which its later moments are replayed.
final class Bases {
    /// What a copy must not have; the log is fetched from the cluster itself when it is replayed.
    private static final Set<String> LEFT_OUT =
            Set.of("pg_wal", "postmaster.pid", "postmaster.opts");

    private Bases() {}

    /// A copy and the line it belongs to.
    record Found(Timeline line, Timeline.Base base) {}

    /// The newest copy in the history of a line that is not later than a point.
    static Found newest(List<Timeline> chain, Point until) {
        Optional<Lsn> limit =
                until instanceof Point.At(var lsn) ? Optional.of(lsn) : Optional.empty();
        for (var line : chain) {
            for (var base : line.bases().reversed()) {
                var early =
                        switch (until) {
                            case Point.When(var instant) -> !base.takenAt().isAfter(instant);
                            case Point.At _, Point.Head _ -> true;
                        };
                if (early && limit.map(l -> base.lsn().compareTo(l) <= 0).orElse(true)) {
                    return new Found(line, base);
                }
            }
            limit = earlier(limit, line.from().map(Lsn::parse));
        }
        throw new HistoryException("that moment is before the oldest copy of the data");
    }

    private static Optional<Lsn> earlier(Optional<Lsn> one, Optional<Lsn> other) {
        return one.isPresent() && other.isPresent()
                ? Optional.of(one.get().compareTo(other.get()) < 0 ? one.get() : other.get())
                : one.or(() -> other);
    }

    /// Copies a running cluster without disturbing it (Postgres' low-level backup interface).
    static Timeline.Base take(PostgresServer server, Path data, Path bases, InstantSource clock) {
        try (var connection = server.connect("postgres");
                var statement = connection.createStatement()) {
            var name = String.valueOf(clock.instant().toEpochMilli());
            var copy = bases.resolve(name);
            statement.execute("select pg_backup_start('base', fast => true)");
            Folders.copyWithout(data, copy, LEFT_OUT);
            Folders.copyEmpty(data.resolve("pg_wal"), copy.resolve("pg_wal"));
            try (var rows =
                    statement.executeQuery(
                            "select lsn, labelfile from pg_backup_stop(wait_for_archive => false)")) {
                rows.next();
                Files.writeString(copy.resolve("backup_label"), rows.getString("labelfile"));
                return new Timeline.Base(name, rows.getString("lsn"), clock.instant());
            }
        } catch (SQLException e) {
            throw new PostgresException("cannot copy a running cluster: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy a running cluster to " + bases, e);
        }
    }
}
