package dev.slipway.migration.rehearsal;

import dev.slipway.domain.Secret;
import dev.slipway.domain.World;
import dev.slipway.migration.Folders;
import dev.slipway.migration.LedgerTable;
import dev.slipway.migration.LockRetry;
import dev.slipway.migration.MigrationListener;
import dev.slipway.migration.MigrationOrder;
import dev.slipway.migration.MigrationOrder.FenceEpoch;
import dev.slipway.migration.MigrationOrder.Planned;
import dev.slipway.postgres.JdbcPostgres;
import dev.slipway.postgres.PostgresAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/// A program of its own, so that the whole machine may be in another time zone: rehearses a migration
/// at the address it reads, and says where it is and what was rewritten.
final class ZoneProbe {
    private ZoneProbe() {}

    public static void main(String[] arguments) throws Exception {
        var postgres =
                new JdbcPostgres(new World.Transport(true, true, "disable"), World.Bounds.LIVE);
        var folder = Folders.read(Folders.journal("0000_zone", arguments[0]));
        var order =
                new MigrationOrder(
                        folder,
                        LedgerTable.DEFAULT,
                        List.of(Planned.of(folder.migrations().getFirst())),
                        "zone",
                        new FenceEpoch("production", 1),
                        new LockRetry(
                                Duration.ofMillis(500),
                                1,
                                Duration.ofMillis(20),
                                Duration.ofMillis(100)),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(5));
        var report =
                new Rehearsal(postgres)
                        .run(
                                PostgresAddress.of(Secret.of(read(System.in))),
                                order,
                                MigrationListener.SILENT);
        System.out.println(
                ZoneId.systemDefault()
                        + " rewrites "
                        + report.migrations().getFirst().statements().getFirst().rewrites());
    }

    private static String read(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
}
