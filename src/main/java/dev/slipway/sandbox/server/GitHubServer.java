package dev.slipway.sandbox.server;

import dev.slipway.sandbox.world.Faults;
import dev.slipway.sandbox.world.GitHubQuota.Resource;
import dev.slipway.sandbox.world.GitHubQuota.Window;
import dev.slipway.sandbox.world.GitHubRefusal;
import dev.slipway.sandbox.world.GitHubToken;
import dev.slipway.sandbox.world.GitHubWorld;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// GitHub's API on loopback: REST below the address itself and below `/api/v3`, GraphQL at
/// `/graphql` and `/api/graphql`. What every answer owes is here: who asks, limits, conditional
/// requests, headers; what is asked for is in the routes.
public final class GitHubServer implements AutoCloseable {
    private static final Set<String> VERSIONS = Set.of("2022-11-28", "2026-03-10");
    private static final DateTimeFormatter EXPIRY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private final GitHubWorld world;
    private final LoopbackServer server;
    private final AtomicLong requests = new AtomicLong();

    /// Serves `world` on a free port, or on `port` when it is above zero.
    ///
    /// @param faults those of the service `github` are played
    /// @throws java.io.UncheckedIOException when the port is taken
    public GitHubServer(GitHubWorld world, int port, Faults faults) {
        this.world = world;
        var routes = new GitHubRoutes(world);
        new GitHubPullRoutes().addTo(routes);
        new GitHubCommitRoutes().addTo(routes);
        new GitHubGitRoutes().addTo(routes);
        new GitHubContentRoutes().addTo(routes);
        new GitHubCheckRoutes().addTo(routes);
        new GitHubActionsRoutes().addTo(routes);
        new GitHubDeploymentRoutes().addTo(routes);
        GitHubApprovalRoutes.addTo(routes);
        new GitHubIssueRoutes().addTo(routes);
        new GitHubReleaseRoutes().addTo(routes);
        new GitHubAccountRoutes().addTo(routes);
        new GitHubGraphQl(world).addTo(routes);
        server =
                new LoopbackServer(
                        "github",
                        port,
                        faults,
                        routes.all(),
                        this::around,
                        _ -> refused(GitHubRefusal.notFound()));
    }

    /// The base address of the REST API.
    public URI address() {
        return server.address();
    }

    /// How many requests have arrived.
    public int calls() {
        return server.calls();
    }

    @Override
    public void close() {
        server.close();
    }

    // ---- around every request

    private Response around(LoopbackServer.Exchange exchange) {
        var request = aliased(exchange.request());
        var answer =
                request.path().startsWith(GitHubActionsRoutes.DOWNLOADS)
                        ? exchange.next().apply(request)
                        : known(new LoopbackServer.Exchange(request, exchange.next()));
        return answer.header(
                        "X-GitHub-Request-Id",
                        "51A1:%04X:%06X"
                                .formatted(
                                        requests.incrementAndGet() % 0xFFFF,
                                        answer.hashCode() & 0xFFFFFF))
                .header("X-GitHub-Media-Type", "github.v3; format=json")
                .header("Server", "github.com");
    }

    private Response known(LoopbackServer.Exchange exchange) {
        var request = exchange.request();
        if (request.header("User-Agent").filter(a -> !a.isBlank()).isEmpty()) {
            return Response.text(
                    403,
                    "text/html",
                    "Request forbidden by administrative rules. Please make sure your request has"
                            + " a User-Agent header.\r\n");
        }
        if (request.path().length() > 1 && request.path().endsWith("/")) {
            return refused(GitHubRefusal.notFound());
        }
        var version = request.header("X-GitHub-Api-Version").orElse("2022-11-28");
        if (!VERSIONS.contains(version)) {
            return refused(
                    new GitHubRefusal(400, "\"" + version + "\" is not a supported version."));
        }
        if (request.token().isEmpty()) {
            return refused(new GitHubRefusal(401, "Requires authentication"));
        }
        var grant = world.accounts().grant(request.token().get());
        if (grant.isEmpty()) {
            return refused(new GitHubRefusal(401, "Bad credentials"));
        }
        if (!world.quota().enter()) {
            return GitHubRoutes.hurried(java.time.Duration.ofSeconds(1));
        }
        try {
            return aboutToken(metered(exchange, grant.get().getKey()), grant.get().getValue())
                    .header("X-GitHub-Api-Version-Selected", version);
        } finally {
            world.quota().leave();
        }
    }

    private Response metered(LoopbackServer.Exchange exchange, long token) {
        var request = exchange.request();
        var free = request.path().equals("/rate_limit");
        var resource = request.path().equals("/graphql") ? Resource.GRAPHQL : Resource.CORE;
        if (!free
                && resource == Resource.CORE
                && world.quota().look(token, resource).remaining() == 0) {
            return limits(
                    refused(
                            new GitHubRefusal(
                                    403, "API rate limit exceeded for token " + token + ".")),
                    world.quota().look(token, resource),
                    resource);
        }
        var answer = conditional(request, carriedOut(exchange));
        // What has not changed is free; GraphQL counts its own points.
        if (!free && resource == Resource.CORE && answer.status() != 304) {
            world.quota().use(token, resource, 1);
        }
        return limits(answer, world.quota().look(token, resource), resource);
    }

    private static Response carriedOut(LoopbackServer.Exchange exchange) {
        try {
            return exchange.next().apply(exchange.request());
        } catch (GitHubRefusal refusal) {
            return refused(refusal);
        }
    }

    private static Response conditional(Request request, Response answer) {
        if (!request.method().equals("GET")
                || answer.status() != 200
                || request.path().equals("/rate_limit")) {
            return answer;
        }
        var tag = "W/\"" + digest(answer.body()) + "\"";
        var same =
                request.header("If-None-Match")
                        .map(given -> given.replace("W/", "").contains(tag.substring(2)))
                        .orElse(false);
        var result = same ? new Response(304, answer.headers(), new byte[0]) : answer;
        return result.header("ETag", tag)
                .header("Cache-Control", "private, max-age=60, s-maxage=60")
                .header("Vary", "Accept, Authorization, Cookie, X-GitHub-OTP");
    }

    private static Response limits(Response answer, Window window, Resource resource) {
        return answer.header("X-RateLimit-Limit", String.valueOf(window.limit()))
                .header("X-RateLimit-Remaining", String.valueOf(window.remaining()))
                .header("X-RateLimit-Used", String.valueOf(Math.min(window.used(), window.limit())))
                .header("X-RateLimit-Reset", String.valueOf(window.reset().getEpochSecond()))
                .header("X-RateLimit-Resource", resource.key());
    }

    private static Response aboutToken(Response answer, GitHubToken token) {
        var scoped =
                token.kind() == GitHubToken.Kind.CLASSIC
                        ? answer.header("X-OAuth-Scopes", "repo, workflow")
                        : answer;
        return token.expiresAt()
                .map(end ->
                        scoped.header("GitHub-Authentication-Token-Expiration", EXPIRY.format(end)))
                .orElse(scoped);
    }

    /// The one path behind the several a client may use.
    private Request aliased(Request request) {
        var path = request.path();
        if (path.equals("/api/graphql")) {
            path = "/graphql";
        } else if (path.startsWith("/api/v3/")) {
            path = path.substring("/api/v3".length());
        }
        var settings = world.settings();
        var byNumber = "/repositories/" + settings.id();
        if (path.equals(byNumber) || path.startsWith(byNumber + "/")) {
            path = "/repos/" + settings.fullName() + path.substring(byNumber.length());
        }
        var aliased = request.at(path);
        return aliased.method().equals("HEAD") ? aliased.by("GET") : aliased;
    }

    /// The answer to a refusal.
    static Response refused(GitHubRefusal refusal) {
        var body = GitHubCall.object().put("message", refusal.getMessage());
        if (!refusal.details().isEmpty()) {
            var errors = body.putArray("errors");
            for (var detail : refusal.details()) {
                var error =
                        errors.addObject()
                                .put("resource", detail.resource())
                                .put("field", detail.field())
                                .put("code", detail.code());
                detail.message().ifPresent(m -> error.put("message", m));
            }
        }
        body.put("documentation_url", "https://docs.github.com/rest")
                .put("status", String.valueOf(refusal.status()));
        return Response.json(refusal.status(), body);
    }

    static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
