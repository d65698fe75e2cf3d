package dev.slipway.sandbox.world;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// Which hostname belongs to which Worker: custom domains and routes. Neither is versioned.
public final class CloudflareDomains {
    private final CloudflareAccount account;
    private final DnsZone zone;
    private final CloudflareStore store;
    private Kept kept;

    /// What is kept in the file.
    record Kept(List<WorkerDomain> domains, List<WorkerRoute> routes) {}

    CloudflareDomains(CloudflareAccount account, DnsZone zone, CloudflareStore store) {
        this.account = account;
        this.zone = zone;
        this.store = store;
        kept = store.read("domains.json", Kept.class).orElse(new Kept(List.of(), List.of()));
    }

    /// All custom domains.
    public synchronized List<WorkerDomain> domains() {
        return kept.domains();
    }

    /// All routes.
    public synchronized List<WorkerRoute> routes() {
        return kept.routes();
    }

    /// Gives `hostname` to `service` and makes its proxied DNS record.
    ///
    /// @param overrideDns whether records that are there are replaced
    /// @param overrideOrigin whether it may be taken from another Worker
    /// @throws CloudflareRefusal 100117 for a foreign record, 100116 for a foreign Worker
    public synchronized WorkerDomain attach(
            String hostname, String service, boolean overrideDns, boolean overrideOrigin) {
        var host = hostname.toLowerCase(Locale.ROOT);
        if (!host.equals(account.zoneName()) && !host.endsWith("." + account.zoneName())) {
            throw new CloudflareRefusal(
                    400, 100114, "Hostname '" + host + "' is not in a zone of this account.");
        }
        var old = domain(host);
        if (old.isPresent() && !old.get().service().equals(service) && !overrideOrigin) {
            throw new CloudflareRefusal(
                    409,
                    100116,
                    "Hostname '%s' already belongs to the Worker '%s'."
                            .formatted(host, old.get().service()));
        }
        zone.own(host, Optional.of(service), overrideDns);
        var domain =
                new WorkerDomain(
                        old.map(WorkerDomain::id).orElseGet(() -> UUID.randomUUID().toString()),
                        host,
                        service);
        var all = new ArrayList<>(kept.domains());
        all.removeIf(d -> d.hostname().equals(host));
        all.add(domain);
        keep(new Kept(all, kept.routes()));
        return domain;
    }

    /// Takes a custom domain away, with its DNS record.
    ///
    /// @throws CloudflareRefusal when there is none with this id
    public synchronized void detach(String id) {
        var domain =
                kept.domains().stream()
                        .filter(d -> d.id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> new CloudflareRefusal(404, 100118, "No such domain."));
        zone.own(domain.hostname(), Optional.empty(), true);
        keep(
                new Kept(
                        kept.domains().stream().filter(d -> !d.equals(domain)).toList(),
                        kept.routes()));
    }

    /// The custom domain with this hostname.
    public synchronized Optional<WorkerDomain> domain(String hostname) {
        return kept.domains().stream().filter(d -> d.hostname().equals(hostname)).findFirst();
    }

    /// Adds a route.
    ///
    /// @throws CloudflareRefusal 10020 when the pattern is taken
    public synchronized WorkerRoute addRoute(String pattern, Optional<String> script) {
        if (kept.routes().stream().anyMatch(r -> r.pattern().equals(pattern))) {
            throw new CloudflareRefusal(
                    409, 10020, "A route with the same pattern already exists.");
        }
        var route = new WorkerRoute(CloudflareAccount.hex(), pattern, script);
        var all = new ArrayList<>(kept.routes());
        all.add(route);
        keep(new Kept(kept.domains(), all));
        return route;
    }

    /// Replaces the route with the same id.
    public synchronized WorkerRoute changeRoute(WorkerRoute route) {
        route(route.id());
        keep(
                new Kept(
                        kept.domains(),
                        kept.routes().stream()
                                .map(r -> r.id().equals(route.id()) ? route : r)
                                .toList()));
        return route;
    }

    /// Removes a route.
    public synchronized void removeRoute(String id) {
        var route = route(id);
        keep(
                new Kept(
                        kept.domains(),
                        kept.routes().stream().filter(r -> !r.equals(route)).toList()));
    }

    /// The route with this id.
    ///
    /// @throws CloudflareRefusal when there is none
    public synchronized WorkerRoute route(String id) {
        return kept.routes().stream()
                .filter(r -> r.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new CloudflareRefusal(404, 10009, "Route not found."));
    }

    /// The most specific route for a request: the longest pattern.
    public synchronized Optional<WorkerRoute> route(String host, String path) {
        return kept.routes().stream()
                .filter(r -> r.matches(host, path))
                .max(Comparator.comparingInt(r -> r.pattern().length()));
    }

    /// Takes everything away from a Worker that is being deleted.
    synchronized void forget(String service) {
        kept.domains().stream()
                .filter(d -> d.service().equals(service))
                .map(WorkerDomain::id)
                .toList()
                .forEach(this::detach);
        keep(
                new Kept(
                        kept.domains(),
                        kept.routes().stream()
                                .filter(r -> !r.script().equals(Optional.of(service)))
                                .toList()));
    }

    private void keep(Kept next) {
        if (!next.equals(kept)) {
            store.write("domains.json", next);
        }
        kept = next;
    }
}
