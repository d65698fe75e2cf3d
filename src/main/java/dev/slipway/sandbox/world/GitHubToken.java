package dev.slipway.sandbox.world;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a token may do. The token itself is not in here.
///
/// @param login whose it is
/// @param permissions by GitHub's names: `contents`, `pull_requests`, `issues`, `statuses`,
///     `deployments`, `actions`, `secrets`, `environments`, `workflows`, `administration`, `checks`;
///     a classic token has them all
public record GitHubToken(
        String login, Kind kind, Map<String, Access> permissions, Optional<Instant> expiresAt) {

    /// Kinds of tokens differ in what they can be granted and how a refusal reads.
    public enum Kind {
        CLASSIC,
        FINE_GRAINED,
        APP
    }

    /// `WRITE` includes `READ`.
    public enum Access {
        READ,
        WRITE
    }

    public GitHubToken {
        permissions = Map.copyOf(permissions);
    }

    /// A classic token with the scopes `repo` and `workflow`.
    public static GitHubToken classic(String login) {
        return new GitHubToken(login, Kind.CLASSIC, Map.of(), Optional.empty());
    }

    /// A fine-grained token. Checks are not among what it can be granted.
    public static GitHubToken fineGrained(String login, Map<String, Access> permissions) {
        return new GitHubToken(login, Kind.FINE_GRAINED, permissions, Optional.empty());
    }

    /// A fine-grained token with what a release manager needs.
    public static GitHubToken releases(String login) {
        var granted = new LinkedHashMap<String, Access>();
        for (var name :
                new String[] {"contents", "pull_requests", "issues", "statuses", "deployments"}) {
            granted.put(name, Access.WRITE);
        }
        granted.put("actions", Access.WRITE);
        granted.put("secrets", Access.READ);
        granted.put("environments", Access.READ);
        return fineGrained(login, granted);
    }

    /// A fine-grained token that can read all of this and write nothing.
    public static GitHubToken readOnly(String login) {
        var granted = new LinkedHashMap<String, Access>();
        releases(login).permissions().keySet().forEach(name -> granted.put(name, Access.READ));
        return fineGrained(login, granted);
    }

    /// The same until `end`.
    public GitHubToken until(Instant end) {
        return new GitHubToken(login, kind, permissions, Optional.of(end));
    }

    /// Whether it may do this. Everyone may read metadata; nobody's fine-grained token may read
    /// checks.
    public boolean allows(String permission, Access access) {
        if (kind == Kind.CLASSIC || permission.equals("metadata")) {
            return true;
        }
        if (kind == Kind.FINE_GRAINED && permission.equals("checks")) {
            return false;
        }
        var granted = permissions.get(permission);
        return granted != null && granted.compareTo(access) >= 0;
    }
}
