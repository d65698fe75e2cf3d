package dev.slipway.release.throwaway;

import dev.slipway.operation.journal.SingleWriter.Holder;
import java.time.Instant;
import java.util.Optional;

/// Something that has to be removed: written down before it is asked for, forgotten when it was seen to
/// be gone. Holds no secret.
///
/// @param name unique at its provider; eight random digits are in it
/// @param mark what is stored with it there
/// @param place id of the project or account it is in
/// @param id the provider's own id; empty while the provider has not said it
/// @param since when it was asked for last
/// @param holder the process that uses it
/// @param reason why it could not be removed so far; empty when nobody tried in vain
public record Debt(
        Kind kind,
        String name,
        String mark,
        String place,
        Optional<String> id,
        Instant since,
        Holder holder,
        String reason) {

    /// What it is.
    public enum Kind {
        /// A branch at Neon.
        BRANCH("branch"),
        /// A Worker at Cloudflare.
        SCRIPT("script");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /// For people and files.
        public String word() {
            return word;
        }
    }

    Debt known(String newId) {
        return new Debt(kind, name, mark, place, Optional.of(newId), since, holder, reason);
    }

    Debt because(String why) {
        return new Debt(kind, name, mark, place, id, since, holder, why);
    }

    /// What a person reads while it is there.
    public String sentence() {
        return "The throw-away " + kind.word() + " " + name + " is still to be removed: " + why();
    }

    /// Why it is still there, a sentence.
    public String why() {
        return reason.isEmpty() ? "an earlier run ended before it did." : reason;
    }
}
