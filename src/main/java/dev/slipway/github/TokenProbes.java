package dev.slipway.github;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.Secret;
import dev.slipway.github.TokenReport.Grant;
import dev.slipway.github.TokenReport.Kind;
import dev.slipway.github.TokenReport.Probe;
import dev.slipway.http.Answer;
import dev.slipway.http.Call;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds out what a token may do without changing anything. For a permission to write, only the
/// scopes of a classic token and the repository's own answer tell something.
record TokenProbes(GitHubApi api) {
    private static final List<String> WRITES =
            List.of(
                    "contents=write",
                    "pull_requests=write",
                    "deployments=write",
                    "statuses=write",
                    "actions=write");

    /// What `/user` tells about a token.
    private record User(
            String login, boolean oauth, Set<String> scopes, Optional<Instant> expires) {}

    TokenReport report() {
        var user =
                user(
                        api,
                        a ->
                                new User(
                                        a.json().text("login"),
                                        a.header("x-oauth-scopes").isPresent(),
                                        scopes(a),
                                        expires(a)));
        var kind = kind(user);
        var repository = new Settings(api).repository();
        return new TokenReport(
                user.login(),
                kind,
                user.expires(),
                user.scopes(),
                repository,
                Stream.concat(
                                reads(repository.defaultBranch()),
                                WRITES.stream().map(w -> write(w, kind, user.scopes(), repository)))
                        .toList());
    }

    static String login(GitHubApi api) {
        return user(api, a -> a.json().text("login"));
    }

    private static <T> T user(GitHubApi api, Function<Answer, T> reader) {
        return api.transport().read(api.plain(Call.get(Provider.GITHUB, "/user")), reader);
    }

    private Stream<Probe> reads(String branch) {
        return Stream.of(
                read("contents=read", "migrations and workflow files", few("/commits")),
                read("pull_requests=read", "the list of pull requests", few("/pulls")),
                read("actions=read", "workflow runs and environments", few("/actions/runs")),
                read("deployments=read", "what was deployed", few("/deployments")),
                read("statuses=read", "commit statuses", api.get("/commits/{ref}/status", branch)),
                read("checks=read", "check runs", api.get("/commits/{ref}/check-runs", branch)));
    }

    private Call few(String template) {
        return api.get(template).with("per_page", 1);
    }

    private Probe read(String permission, String use, Call call) {
        try {
            api.transport().read(call);
            return new Probe(permission, use, Grant.YES);
        } catch (FailureException e) {
            return switch (e.failure()) {
                case Failure.Unauthorized _, Failure.NotFound _ ->
                        new Probe(permission, use, Grant.NO);
                // An empty repository has no commit to ask about.
                case Failure.Refused _ -> new Probe(permission, use, Grant.UNKNOWN);
                default -> throw e;
            };
        }
    }

    private static Probe write(
            String permission, Kind kind, Set<String> scopes, Repository repository) {
        var use = "operations";
        if (!repository.push()
                || (kind == Kind.CLASSIC
                        && !scopes.contains("repo")
                        && (repository.isPrivate() || !scopes.contains("public_repo")))) {
            return new Probe(permission, use, Grant.NO);
        }
        return new Probe(permission, use, kind == Kind.CLASSIC ? Grant.YES : Grant.UNKNOWN);
    }

    private Kind kind(User user) {
        var token = api.transport().token(Provider.GITHUB).map(Secret::reveal).orElse("");
        if (token.startsWith("github_pat_")) {
            return Kind.FINE_GRAINED;
        }
        if (token.startsWith("ghs_") || token.startsWith("ghu_")) {
            return Kind.APP;
        }
        return token.startsWith("ghp_") || token.startsWith("gho_") || user.oauth()
                ? Kind.CLASSIC
                : Kind.OTHER;
    }

    private static Set<String> scopes(Answer user) {
        return user.header("x-oauth-scopes").stream()
                .flatMap(s -> Arrays.stream(s.split(",")))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// `2026-12-31 23:59:59 UTC`, or an offset in place of the name.
    private static Optional<Instant> expires(Answer user) {
        return user.header("github-authentication-token-expiration").flatMap(TokenProbes::moment);
    }

    static Optional<Instant> moment(String text) {
        var format = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xx");
        try {
            return Optional.of(
                    OffsetDateTime.parse(text.strip().replaceAll("UTC$", "+0000"), format)
                            .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
