package dev.slipway.cloudflare;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.http.Call;
import dev.slipway.http.Json;
import dev.slipway.http.Purpose;
import dev.slipway.http.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Cloudflare over its REST interface.
public final class HttpCloudflare implements Cloudflare {
    private static final int VERSIONS = 100;
    private static final int ZONES = 50;

    /// The interface's description allows 5,000,000 on a page and gives 100 without being asked.
    private static final int DNS_RECORDS = 5_000;

    private static final int LONGEST_MESSAGE = 1_000;

    private final CloudflareApi api;
    private final Map<String, Known> live;

    /// Nothing documented says that the list of Workers shows a mere shift of traffic.
    private static final Duration OLDEST_DEPLOYMENT = Duration.ofMinutes(10);

    /// The live deployment of a Worker as of a state of its row in the list.
    private record Known(Script script, Optional<Deployment> deployment, Instant at) {
        boolean holds(Script now, Instant moment) {
            return script.equals(now) && at.plus(OLDEST_DEPLOYMENT).isAfter(moment);
        }
    }

    /// The account `id` over `transport`.
    public HttpCloudflare(Transport transport, String id) {
        this(new CloudflareApi(transport, id, Purpose.FOREGROUND), new ConcurrentHashMap<>());
    }

    private HttpCloudflare(CloudflareApi api, Map<String, Known> live) {
        this.api = api;
        this.live = live;
    }

    /// What Cloudflare says about the transport's token, while no account is known yet.
    public static TokenStatus tokenOf(Transport transport) {
        return transport.read(
                Call.get(Provider.CLOUDFLARE, "/user/tokens/verify"),
                a -> Shapes.tokenStatus(CloudflareApi.result(a)));
    }

    @Override
    public Cloudflare as(Purpose purpose) {
        return new HttpCloudflare(new CloudflareApi(api.transport(), api.account(), purpose), live);
    }

    @Override
    public String account() {
        return api.account();
    }

    /// Tokens of a person and of an account are verified at different addresses.
    @Override
    public TokenStatus token() {
        try {
            return tokenOf(api.transport());
        } catch (FailureException e) {
            if (e.failure().outcome() != Failure.Outcome.REFUSED) {
                throw e;
            }
            return api.transport()
                    .read(
                            api.anywhere(
                                    Call.get(
                                            Provider.CLOUDFLARE,
                                            "/accounts/{account}/tokens/verify",
                                            account())),
                            a -> Shapes.tokenStatus(CloudflareApi.result(a)));
        }
    }

    @Override
    public List<Script> scripts() {
        return api.transport()
                .read(
                        api.get("/scripts"),
                        a -> CloudflareApi.result(a).items().stream().map(Shapes::script).toList());
    }

    @Override
    public List<Version> versions(String script, int limit) {
        return api.pages(
                api.get("/scripts/{script}/versions", script),
                Math.min(limit, VERSIONS),
                limit,
                Shapes::items,
                Shapes::version);
    }

    @Override
    public Optional<VersionDetail> version(String script, String id) {
        return api.transport()
                .find(
                        api.workers("GET", "/scripts/{script}/versions/{version}", script, id)
                                .cached(Call.Caching.IMMUTABLE),
                        a -> Shapes.versionDetail(CloudflareApi.result(a)));
    }

    @Override
    public boolean has(Resource resource) {
        return switch (resource.kind()) {
            case KV_NAMESPACE -> has("/storage/kv/namespaces/{id}", resource.id());
            case R2_BUCKET -> has("/r2/buckets/{name}", resource.id());
            case D1 -> has("/d1/database/{id}", resource.id());
            case HYPERDRIVE -> has("/hyperdrive/configs/{id}", resource.id());
            case QUEUE -> queue(resource.id());
            case SERVICE -> scripts().stream().map(Script::name).anyMatch(resource.id()::equals);
        };
    }

    private boolean has(String template, String id) {
        return api.transport()
                .find(
                        api.anywhere(
                                Call.get(
                                        Provider.CLOUDFLARE,
                                        "/accounts/{account}" + template,
                                        account(),
                                        id)),
                        a -> a.json().flag("success"))
                .isPresent();
    }

    /// Bindings name a queue, its address takes the id.
    private boolean queue(String name) {
        return api.pages(
                        api.anywhere(
                                Call.get(
                                                Provider.CLOUDFLARE,
                                                "/accounts/{account}/queues",
                                                account())
                                        .with("name", name)),
                        VERSIONS,
                        Integer.MAX_VALUE,
                        Json::items,
                        json -> json.text("queue_name"))
                .contains(name);
    }

    /// Without `version` the newest one comes; wrangler reads older ones like this.
    @Override
    public VersionCode code(String script, String version) {
        return api.transport()
                .read(
                        api.workers("GET", "/scripts/{script}/content/v2", script)
                                .with("version", version),
                        ModuleForm::read);
    }

    @Override
    public Optional<String> createScript(NewScript script) {
        var boundary = "slipway-" + UUID.randomUUID();
        return api.transport()
                .change(
                        api.workers("PUT", "/scripts/{script}", script.name())
                                .with("bindings_inherit", "strict")
                                .form(ModuleForm.write(script, boundary), boundary),
                        a ->
                                CloudflareApi.result(a)
                                        .someText("deployment_id")
                                        .map(HttpCloudflare::uuid));
    }

    @Override
    public String uploadVersion(NewVersion version) {
        refuseLong(version.message());
        var boundary = "slipway-" + UUID.randomUUID();
        return api.transport()
                .change(
                        api.workers("POST", "/scripts/{script}/versions", version.script())
                                .with("bindings_inherit", "strict")
                                .form(ModuleForm.write(version, boundary), boundary),
                        a -> CloudflareApi.result(a).text("id"));
    }

    private static void refuseLong(String message) {
        if (message.getBytes(StandardCharsets.UTF_8).length > LONGEST_MESSAGE) {
            throw new IllegalArgumentException("a message has at most 1,000 bytes");
        }
    }

    /// Versions are called by their UUID everywhere else.
    private static String uuid(String id) {
        return id.replaceFirst(
                "^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$",
                "$1-$2-$3-$4-$5");
    }

    @Override
    public void onWorkersDev(String script) {
        api.transport()
                .change(
                        api.workers("POST", "/scripts/{script}/subdomain", script)
                                .body(Map.of("enabled", true, "previews_enabled", false)),
                        CloudflareApi::result);
    }

    @Override
    public void deleteScript(String name) {
        try {
            api.transport()
                    .change(
                            api.workers("DELETE", "/scripts/{script}", name),
                            a -> a.json().flag("success"));
        } catch (FailureException e) {
            if (!(e.failure() instanceof Failure.NotFound)) {
                throw e;
            }
        }
    }

    @Override
    public List<Deployment> deployments(String script) {
        return api.transport()
                .read(
                        api.get("/scripts/{script}/deployments", script),
                        a ->
                                CloudflareApi.result(a).list("deployments").stream()
                                        .map(Shapes::deployment)
                                        .toList());
    }

    @Override
    public Optional<Deployment> deploymentOf(Script script) {
        var now = api.transport().clock().instant();
        var known = live.get(script.name());
        if (known == null || !known.holds(script, now)) {
            known = new Known(script, deployments(script.name()).stream().findFirst(), now);
            live.put(script.name(), known);
        }
        return known.deployment();
    }

    @Override
    public Deployment deploy(String script, List<Share> shares, String message) {
        refuseLong(message);
        if (Math.abs(shares.stream().mapToDouble(Share::percent).sum() - 100) > 1e-6) {
            throw new IllegalArgumentException("the shares are not 100 together: " + shares);
        }
        var body = new LinkedHashMap<String, Object>();
        body.put("strategy", "percentage");
        body.put("versions", shares.stream().map(HttpCloudflare::share).toList());
        body.put("annotations", Map.of("workers/message", message));
        live.remove(script);
        return api.transport()
                .change(
                        api.workers("POST", "/scripts/{script}/deployments", script).body(body),
                        a -> Shapes.deployment(CloudflareApi.result(a)));
    }

    private static Map<String, Object> share(Share share) {
        var result = new LinkedHashMap<String, Object>();
        result.put("version_id", share.version());
        boolean whole = share.percent() == Math.rint(share.percent());
        result.put("percentage", whole ? (Number) (long) share.percent() : share.percent());
        return result;
    }

    @Override
    public List<String> secretNames(String script) {
        return api.transport()
                .read(
                        api.get("/scripts/{script}/secrets", script),
                        a ->
                                CloudflareApi.result(a).items().stream()
                                        .map(s -> s.text("name"))
                                        .toList());
    }

    @Override
    public List<Zone> zones() {
        return api.pages(
                api.anywhere(Call.get(Provider.CLOUDFLARE, "/zones").cached(Call.Caching.ETAG)),
                ZONES,
                Integer.MAX_VALUE,
                Json::items,
                Shapes::zone);
    }

    @Override
    public List<DnsRecord> dnsRecords(String zone) {
        return api.pages(
                api.anywhere(
                        Call.get(Provider.CLOUDFLARE, "/zones/{zone}/dns_records", zone)
                                .cached(Call.Caching.ETAG)),
                DNS_RECORDS,
                Integer.MAX_VALUE,
                Json::items,
                Shapes::dnsRecord);
    }

    @Override
    public List<CustomDomain> customDomains() {
        return api.transport()
                .read(
                        api.get("/domains"),
                        a ->
                                CloudflareApi.result(a).items().stream()
                                        .map(Shapes::customDomain)
                                        .toList());
    }

    private static final String ROUTES = "/zones/{zone}/workers/routes";

    @Override
    public List<Route> routes(String zone) {
        return api.transport()
                .read(
                        api.anywhere(Call.get(Provider.CLOUDFLARE, ROUTES, zone)),
                        a -> CloudflareApi.result(a).items().stream().map(Shapes::route).toList());
    }

    @Override
    public void addRoute(String zone, String pattern, String script) {
        changeRoute(
                Call.of(Provider.CLOUDFLARE, "POST", ROUTES, zone)
                        .body(Map.of("pattern", pattern, "script", script)));
    }

    @Override
    public void setRoute(String zone, Route route) {
        changeRoute(
                Call.of(Provider.CLOUDFLARE, "PUT", ROUTES + "/{route}", zone, route.id())
                        .body(
                                route.script()
                                        .map(s -> Map.of("pattern", route.pattern(), "script", s))
                                        .orElseGet(() -> Map.of("pattern", route.pattern()))));
    }

    @Override
    public void removeRoute(String zone, String id) {
        changeRoute(Call.of(Provider.CLOUDFLARE, "DELETE", ROUTES + "/{route}", zone, id));
    }

    private void changeRoute(Call call) {
        api.transport().change(api.anywhere(call), a -> a.json().flag("success"));
    }

    @Override
    public Optional<String> subdomain() {
        return api.transport()
                .find(api.get("/subdomain"), a -> Shapes.subdomain(CloudflareApi.result(a)))
                .flatMap(s -> s);
    }
}
