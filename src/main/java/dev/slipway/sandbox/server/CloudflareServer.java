package dev.slipway.sandbox.server;

import static dev.slipway.sandbox.server.CloudflareEnvelope.fields;
import static dev.slipway.sandbox.server.CloudflareEnvelope.ok;

import dev.slipway.sandbox.server.LoopbackServer.Exchange;
import dev.slipway.sandbox.server.LoopbackServer.Route;
import dev.slipway.sandbox.world.CloudflareRefusal;
import dev.slipway.sandbox.world.CloudflareToken;
import dev.slipway.sandbox.world.CloudflareWorld;
import dev.slipway.sandbox.world.Faults;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Cloudflare's API at `/client/v4`, as its own clients (wrangler, the SDK) expect it.
public final class CloudflareServer implements AutoCloseable {
    private static final Pattern ACCOUNT = Pattern.compile("/client/v4/accounts/([^/]+)/.*");
    private static final Pattern ZONE = Pattern.compile("/client/v4/zones/([^/]+)(/.*)?");

    private final CloudflareWorld world;
    private final CloudflareBudget budget;
    private final CloudflareAssets assets;
    private final LoopbackServer server;

    /// Starts the API of `world`.
    ///
    /// @param port a port of one's own, or 0 for a free one
    public CloudflareServer(CloudflareWorld world, Faults faults, int port) {
        this.world = world;
        budget = new CloudflareBudget(world.pace().of(CloudflareBudget.WINDOW), world.clock());
        assets = new CloudflareAssets();
        var routes = new ArrayList<Route>();
        routes.addAll(identity());
        routes.addAll(new CloudflareScripts(world).routes());
        routes.addAll(new CloudflareVersions(world).routes());
        routes.addAll(new CloudflareSecrets(world).routes());
        routes.addAll(new CloudflareHostnames(world).routes());
        routes.addAll(new CloudflareTrees(world).routes());
        routes.addAll(new CloudflareDns(world).routes());
        routes.addAll(new CloudflareStorage(world.resources()).routes());
        routes.addAll(assets.routes());
        server =
                new LoopbackServer(
                        "cloudflare", port, faults, routes, this::guarded, CloudflareServer::lost);
    }

    /// The base address clients are given; ends in `/client/v4`.
    public URI address() {
        return server.address().resolve("/client/v4");
    }

    /// How many requests have arrived.
    public int calls() {
        return server.calls();
    }

    private Response guarded(Exchange exchange) {
        var request = exchange.request();
        var value = request.token();
        if (value.isPresent() && assets.owns(value.get())) {
            return answered(exchange);
        }
        if (value.isEmpty()) {
            return CloudflareEnvelope.refused(
                    new CloudflareRefusal(
                            400,
                            9106,
                            "Missing X-Auth-Key, X-Auth-Email or Authorization headers"));
        }
        var standing = budget.ask(value.get());
        if (!standing.allowed()) {
            return standing.mark(
                    CloudflareEnvelope.refused(
                            new CloudflareRefusal(
                                    429,
                                    971,
                                    "Please wait and consider throttling your request speed")));
        }
        return standing.mark(
                refusal(request, world.token(value.get()))
                        .map(CloudflareEnvelope::refused)
                        .orElseGet(() -> answered(exchange)));
    }

    private Optional<CloudflareRefusal> refusal(Request request, Optional<CloudflareToken> token) {
        var verifies = request.path().endsWith("/tokens/verify");
        if (token.isEmpty()) {
            return Optional.of(
                    verifies
                            ? new CloudflareRefusal(401, 1000, "Invalid API Token")
                            : new CloudflareRefusal(403, 9109, "Invalid access token"));
        }
        if (verifies) {
            return Optional.empty();
        }
        if (!token.get().status(world.clock().instant()).equals("active")) {
            return Optional.of(new CloudflareRefusal(403, 9109, "Invalid access token"));
        }
        return foreign(request, ACCOUNT, world.account().id())
                .or(() -> foreign(request, ZONE, world.account().zoneId()))
                .or(() ->
                        CloudflareRights.may(token.get(), request)
                                ? Optional.empty()
                                : Optional.of(denied()));
    }

    private static Optional<CloudflareRefusal> foreign(Request request, Pattern path, String own) {
        var matcher = path.matcher(request.path());
        if (!matcher.matches() || matcher.group(1).equals(own)) {
            return Optional.empty();
        }
        return Optional.of(
                matcher.group(1).matches("[0-9a-f]{32}") ? denied() : unroutable(request));
    }

    private static CloudflareRefusal denied() {
        return new CloudflareRefusal(403, 10000, "Authentication error");
    }

    private static CloudflareRefusal unroutable(Request request) {
        return new CloudflareRefusal(
                404,
                7003,
                "Could not route to %s, perhaps your object identifier is invalid?"
                        .formatted(request.path()));
    }

    private static Response answered(Exchange exchange) {
        try {
            return exchange.next().apply(exchange.request());
        } catch (CloudflareRefusal e) {
            return CloudflareEnvelope.refused(e);
        }
    }

    private static Response lost(Request request) {
        throw unroutable(request);
    }

    private List<Route> identity() {
        var account = world.account();
        var shown =
                fields(
                        "id", account.id(),
                        "name", account.name(),
                        "type", "standard",
                        "settings", fields("enforce_twofactor", false));
        return List.of(
                new Route("GET", "/client/v4/user/tokens/verify", this::verify),
                new Route("GET", "/client/v4/accounts/{account}/tokens/verify", this::verify),
                new Route(
                        "GET",
                        "/client/v4/user",
                        _ -> ok(fields("id", account.userId(), "email", account.email()))),
                new Route(
                        "GET",
                        "/client/v4/accounts",
                        r -> CloudflareEnvelope.page(List.of(shown), r, 20, 50)),
                new Route("GET", "/client/v4/accounts/{account}", _ -> ok(shown)),
                new Route(
                        "GET",
                        "/client/v4/memberships",
                        r ->
                                CloudflareEnvelope.page(
                                        List.of(
                                                fields(
                                                        "id",
                                                        account.userId(),
                                                        "status",
                                                        "accepted",
                                                        "account",
                                                        shown,
                                                        "roles",
                                                        List.of(
                                                                "Super Administrator - All"
                                                                        + " Privileges"))),
                                        r,
                                        20,
                                        50)),
                new Route(
                        "GET",
                        "/client/v4/accounts/{account}/workers/durable_objects/namespaces",
                        r -> CloudflareEnvelope.page(List.of(), r, 20, 1000)));
    }

    private Response verify(Request request) {
        var token = world.token(request.token().orElse("")).orElseThrow();
        if (token.accountOwned() == request.path().startsWith("/client/v4/user")) {
            throw new CloudflareRefusal(401, 1000, "Invalid API Token");
        }
        var result = fields("id", token.id(), "status", token.status(world.clock().instant()));
        token.expires().ifPresent(e -> result.put("expires_on", e));
        return ok(result);
    }

    @Override
    public void close() {
        server.close();
    }
}
