package dev.slipway.github;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a token may do, as far as reading calls can tell.
///
/// @param login whose token it is
/// @param kind which kind, by its prefix and its answers
/// @param expires when it ends; empty when it does not or GitHub does not say
/// @param scopes scopes of a classic token, for example `repo`; empty for the other kinds
/// @param repository as the token sees it
/// @param probes one for each permission Slipway needs
public record TokenReport(
        String login,
        Kind kind,
        Optional<Instant> expires,
        Set<String> scopes,
        Repository repository,
        List<Probe> probes) {
    public TokenReport {
        scopes = Set.copyOf(scopes);
        probes = List.copyOf(probes);
    }

    /// The kinds of token.
    public enum Kind {
        FINE_GRAINED,
        CLASSIC,
        APP,
        OTHER
    }

    /// What is known about a permission.
    public enum Grant {
        YES,
        NO,
        /// No reading call can tell; a changing call will.
        UNKNOWN
    }

    /// One permission.
    ///
    /// @param permission as GitHub names it, for example `contents=write`
    /// @param use what Slipway needs it for, a few words
    public record Probe(String permission, String use, Grant grant) {}

    /// The permissions the token certainly lacks.
    public List<Probe> missing() {
        return probes.stream().filter(p -> p.grant() == Grant.NO).toList();
    }
}
