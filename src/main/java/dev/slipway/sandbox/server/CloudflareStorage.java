package dev.slipway.sandbox.server;

import static dev.slipway.sandbox.server.CloudflareEnvelope.fields;
import static dev.slipway.sandbox.server.CloudflareEnvelope.ok;
import static dev.slipway.sandbox.world.CloudflareToken.Permission.D1_READ;
import static dev.slipway.sandbox.world.CloudflareToken.Permission.D1_WRITE;
import static dev.slipway.sandbox.world.CloudflareToken.Permission.HYPERDRIVE_READ;
import static dev.slipway.sandbox.world.CloudflareToken.Permission.HYPERDRIVE_WRITE;
import static dev.slipway.sandbox.world.CloudflareToken.Permission.QUEUES_READ;
import static dev.slipway.sandbox.world.CloudflareToken.Permission.QUEUES_WRITE;
import static dev.slipway.sandbox.world.CloudflareToken.Permission.WORKERS_KV_STORAGE_READ;
import static dev.slipway.sandbox.world.CloudflareToken.Permission.WORKERS_KV_STORAGE_WRITE;
import static dev.slipway.sandbox.world.CloudflareToken.Permission.WORKERS_R2_STORAGE_READ;
import static dev.slipway.sandbox.world.CloudflareToken.Permission.WORKERS_R2_STORAGE_WRITE;

import dev.slipway.sandbox.server.LoopbackServer.Route;
import dev.slipway.sandbox.world.AccountResource;
import dev.slipway.sandbox.world.AccountResource.Kind;
import dev.slipway.sandbox.world.AccountResources;
import dev.slipway.sandbox.world.CloudflareRefusal;
import dev.slipway.sandbox.world.CloudflareToken.Permission;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The API of what Workers are bound to: which there are, make one, delete one. What is stored in them is not
/// simulated.
final class CloudflareStorage {
    private static final String ACCOUNT = "/client/v4/accounts/{account}";

    private final AccountResources resources;

    /// Where a kind lives below the account, with the code for one that is not there and the rights it takes.
    private enum Shelf {
        KV(
                Kind.KV_NAMESPACE,
                "/storage/kv/namespaces",
                10013,
                WORKERS_KV_STORAGE_READ,
                WORKERS_KV_STORAGE_WRITE),
        R2(Kind.R2_BUCKET, "/r2/buckets", 10006, WORKERS_R2_STORAGE_READ, WORKERS_R2_STORAGE_WRITE),
        D1(Kind.D1, "/d1/database", 7404, D1_READ, D1_WRITE),
        QUEUES(Kind.QUEUE, "/queues", 11000, QUEUES_READ, QUEUES_WRITE),
        HYPERDRIVE(Kind.HYPERDRIVE, "/hyperdrive/configs", 2001, HYPERDRIVE_READ, HYPERDRIVE_WRITE);

        private final Kind kind;
        private final String path;
        private final int noSuch;
        private final Permission read;
        private final Permission write;

        Shelf(Kind kind, String path, int noSuch, Permission read, Permission write) {
            this.kind = kind;
            this.path = path;
            this.noSuch = noSuch;
            this.read = read;
            this.write = write;
        }
    }

    CloudflareStorage(AccountResources resources) {
        this.resources = resources;
    }

    List<Route> routes() {
        return Stream.of(Shelf.values()).flatMap(this::routes).toList();
    }

    private Stream<Route> routes(Shelf shelf) {
        var all = ACCOUNT + shelf.path;
        var one = all + "/{id}";
        return Stream.of(
                new Route("GET", all, r -> list(shelf, r)),
                new Route("POST", all, r -> create(shelf, r)),
                new Route("GET", one, r -> ok(shown(found(shelf, r)))),
                new Route("DELETE", one, r -> delete(shelf, r)));
    }

    /// Which rights open `path`; empty when it is no address of this kind.
    static Optional<Set<Permission>> needed(boolean reads, String path) {
        return Stream.of(Shelf.values())
                .filter(s -> path.matches("/client/v4/accounts/[^/]+" + s.path + "(/.*)?"))
                .findFirst()
                .<Set<Permission>>map(
                        s -> reads ? EnumSet.of(s.read, s.write) : EnumSet.of(s.write));
    }

    private Response list(Shelf shelf, Request request) {
        var found =
                resources.of(shelf.kind).stream()
                        .filter(r -> request.query("name").map(r.name()::equals).orElse(true))
                        .map(CloudflareStorage::shown)
                        .toList();
        return shelf == Shelf.R2
                ? ok(fields("buckets", found))
                : CloudflareEnvelope.page(found, request, 20, 1000);
    }

    private Response create(Shelf shelf, Request request) {
        var body = CloudflareEnvelope.body(request);
        var name =
                Stream.of("title", "name", "queue_name")
                        .map(key -> body.path(key).asString(""))
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElseThrow(() -> CloudflareRefusal.invalid("It needs a name."));
        var id =
                switch (shelf) {
                    case R2, QUEUES -> name;
                    case D1 -> UUID.randomUUID().toString();
                    case KV, HYPERDRIVE -> UUID.randomUUID().toString().replace("-", "");
                };
        return ok(shown(resources.create(shelf.kind, id, name)));
    }

    private Response delete(Shelf shelf, Request request) {
        resources.delete(shelf.kind, found(shelf, request).id());
        return ok(fields());
    }

    private AccountResource found(Shelf shelf, Request request) {
        return resources
                .find(shelf.kind, request.variable("id"))
                .orElseThrow(() ->
                        new CloudflareRefusal(
                                404, shelf.noSuch, "There is no " + request.variable("id") + "."));
    }

    private static Map<String, @Nullable Object> shown(AccountResource resource) {
        return switch (resource.kind()) {
            case KV_NAMESPACE ->
                    fields(
                            "id", resource.id(),
                            "title", resource.name(),
                            "supports_url_encoding", true);
            case R2_BUCKET -> fields("name", resource.name());
            case D1 -> fields("uuid", resource.id(), "name", resource.name());
            case QUEUE -> fields("queue_id", resource.id(), "queue_name", resource.name());
            case HYPERDRIVE -> fields("id", resource.id(), "name", resource.name());
        };
    }
}
