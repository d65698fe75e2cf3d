package dev.slipway.operation;

import dev.slipway.domain.RefusedException;
import java.time.Instant;
import java.util.function.Predicate;

/// Proof that a person armed Slipway. Every service that starts or resumes an operation asks for one,
/// so no view, shortcut or palette can write around arming.
public final class Permit {
    private final String by;
    private final String reason;
    private final Predicate<Instant> valid;

    Permit(String by, String reason, Predicate<Instant> valid) {
        this.by = by;
        this.reason = reason;
        this.valid = valid;
    }

    /// A permit for one operation, for the command line's `--confirm` and `--reason`.
    ///
    /// @throws RefusedException without a reason
    public static Permit forOne(String by, String reason) {
        if (reason.isBlank()) {
            throw new RefusedException(
                    "A reason is needed to change production. Nothing was changed; give one with"
                            + " --reason.");
        }
        return new Permit(by, reason.strip(), _ -> true);
    }

    /// Who armed.
    public String by() {
        return by;
    }

    /// Why.
    public String reason() {
        return reason;
    }

    /// The same permit with the reason for one operation, where it is told more exactly.
    ///
    /// @throws RefusedException without a reason
    public Permit because(String other) {
        if (other.isBlank()) {
            throw new RefusedException("A reason is needed. Nothing was changed.");
        }
        return new Permit(by, other.strip(), valid);
    }

    /// Does nothing while the permit is valid.
    ///
    /// @throws RefusedException when it ended
    public void require(Instant now) {
        if (!valid.test(now)) {
            throw new RefusedException(
                    "Slipway is read-only: arming has ended. Nothing was changed; arm it again.");
        }
    }
}
