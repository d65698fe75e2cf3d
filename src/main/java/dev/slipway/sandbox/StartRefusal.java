package dev.slipway.sandbox;

import dev.slipway.domain.InputException;
import dev.slipway.sandbox.postgres.PostgresException;
import java.io.UncheckedIOException;
import java.sql.SQLException;

/// Why a world could not be made: the machine it was to stand on, or a mistake of ours.
final class StartRefusal {
    private StartRefusal() {}

    static RuntimeException of(Exception e) {
        return switch (e) {
            case UncheckedIOException machine -> unstartable(machine);
            case PostgresException machine -> unstartable(machine);
            case SQLException machine when lacksSomething(machine) -> unstartable(machine);
            case RuntimeException known -> known;
            default -> new IllegalStateException("the world cannot be made: " + e.getMessage(), e);
        };
    }

    /// Connections that cannot be made, and resources that have run out: neither says anything about
    /// what was asked for.
    private static boolean lacksSomething(SQLException e) {
        var state = e.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("53"));
    }

    private static InputException unstartable(Exception e) {
        var cause = e.getCause() == null ? e : e.getCause();
        return new InputException(
                "The sandbox cannot be started, because this machine refuses what it needs: "
                        + cause.getMessage()
                        + ". Make room on the disk, or allow more open files, processes and ports;"
                        + " then start it again.");
    }
}
