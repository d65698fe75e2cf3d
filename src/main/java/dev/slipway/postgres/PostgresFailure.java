package dev.slipway.postgres;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an error of the server means, by its SQLSTATE
/// (https://www.postgresql.org/docs/current/errcodes-appendix.html).
public final class PostgresFailure {
    /// The state of a statement that waited longer for a lock than `lock_timeout`.
    public static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final Pattern SEVERITY = Pattern.compile("^\\p{Lu}+: +");

    private PostgresFailure() {}

    /// What was going on when the error came.
    public enum During {
        /// Nothing was sent.
        CONNECTING,
        /// Nothing was changed, whatever the server did.
        READING,
        /// The outcome counts.
        CHANGING
    }

    /// `e` as a failure to be thrown. The cause is left out: the driver's messages may quote values.
    public static FailureException exception(SQLException e, During during) {
        return new FailureException(of(e, during));
    }

    /// `e` as a failure.
    public static Failure of(SQLException e, During during) {
        var state = state(e);
        if (during == During.CONNECTING && !inside(state)) {
            return entering(state, message(e));
        }
        if (lost(state)) {
            var detail = "the connection broke (" + state + ")";
            return during == During.CHANGING
                    ? new Failure.Unknown(Provider.POSTGRES, detail)
                    : new Failure.Unreachable(Provider.POSTGRES, detail);
        }
        return switch (state) {
            case LOCK_NOT_AVAILABLE, "40P01", "40001", "55006" ->
                    new Failure.Busy(Provider.POSTGRES, message(e) + " (" + state + ")");
            case "42501" ->
                    new Failure.Unauthorized(
                            Provider.POSTGRES,
                            Optional.of("a privilege: " + message(e)),
                            message(e));
            default -> refused(state, message(e));
        };
    }

    private static Failure entering(String state, String message) {
        return switch (state) {
            case "28P01", "28000" ->
                    new Failure.Unauthorized(Provider.POSTGRES, Optional.empty(), message);
            case "3D000" -> new Failure.NotFound(Provider.POSTGRES, "such database");
            case "53300", "57P03" -> new Failure.Busy(Provider.POSTGRES, message);
            default -> new Failure.Unreachable(Provider.POSTGRES, message);
        };
    }

    /// Whether the server had let us in already.
    private static boolean inside(String state) {
        return state.startsWith("42") || state.startsWith("22");
    }

    /// Whether no more answers come over this connection.
    private static boolean lost(String state) {
        return state.startsWith("08") || state.startsWith("57P") || state.isEmpty();
    }

    static Failure refused(String code, String message) {
        return new Failure.Refused(Provider.POSTGRES, 0, code, message, Optional.empty());
    }

    /// The SQLSTATE of `e`, empty when it has none.
    public static String state(SQLException e) {
        var state = e.getSQLState();
        return state == null ? "" : state;
    }

    /// The server's own sentence. Detail, hint and context, which may quote rows, are kept out by the
    /// driver (`logServerErrorDetail`).
    public static String message(SQLException e) {
        return SEVERITY.matcher(oneLine(e.getMessage())).replaceFirst("");
    }

    private static String oneLine(@Nullable String text) {
        return text == null ? "no message" : text.strip().replaceAll("\\s+", " ");
    }
}
