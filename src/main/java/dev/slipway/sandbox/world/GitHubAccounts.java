package dev.slipway.sandbox.world;

import dev.slipway.domain.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who there is and what their tokens may do. Of a token only its digest is kept.
public final class GitHubAccounts {
    private final GitHubCore core;
    private final GitHubTable<GitHubUser> users;
    private final GitHubTable<Granted> tokens;

    private record Granted(long id, String digest, GitHubToken grant) {}

    GitHubAccounts(GitHubCore core) {
        this.core = core;
        this.users = core.table("user", GitHubUser.class, GitHubUser::id);
        this.tokens = core.table("token", Granted.class, Granted::id);
    }

    /// The person of this login, made on first mention.
    public GitHubUser person(String login) {
        return account(login, login, false);
    }

    /// The person of this login with this name.
    public GitHubUser person(String login, String name) {
        return account(login, name, false);
    }

    /// The app of this login, for example `github-actions[bot]`.
    public GitHubUser bot(String login) {
        return account(login, login, true);
    }

    private GitHubUser account(String login, String name, boolean bot) {
        return core.change(() ->
                user(login)
                        .orElseGet(() -> {
                            var isBot = bot || login.endsWith("[bot]");
                            return users.put(new GitHubUser(core.nextId(), login, name, isBot));
                        }));
    }

    /// The account of this login, in any case of letters.
    public Optional<GitHubUser> user(String login) {
        return users.where(u -> u.login().equalsIgnoreCase(login)).stream().findFirst();
    }

    /// Everybody.
    public List<GitHubUser> users() {
        return users.all();
    }

    /// Lets `token` do what `grant` says from now on, whatever it could do before.
    public void grant(Secret token, GitHubToken grant) {
        core.change(() -> {
            person(grant.login());
            var digest = digest(token.reveal());
            revoke(token);
            return tokens.put(new Granted(core.nextId(), digest, grant));
        });
    }

    /// Makes `token` unknown.
    public void revoke(Secret token) {
        core.change(() -> {
            var digest = digest(token.reveal());
            tokens.where(t -> t.digest().equals(digest)).forEach(t -> tokens.remove(t.id()));
            return token;
        });
    }

    /// What a token may do; empty when it is unknown or has expired.
    public Optional<Map.Entry<Long, GitHubToken>> grant(String token) {
        var digest = digest(token);
        return tokens.where(t -> t.digest().equals(digest)).stream()
                .filter(t -> t.grant().expiresAt().map(core.exactly()::isBefore).orElse(true))
                .findFirst()
                .map(t -> Map.entry(t.id(), t.grant()));
    }

    private static String digest(String token) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
