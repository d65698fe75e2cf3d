package dev.slipway.sandbox.world;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The sandbox's Cloudflare: one account with its Workers, one zone, the tokens that open it. Keeps
/// itself in a directory and reopens from there. Safe for many threads.
///
/// Called in the process this is the truth at once; the API, the edge and the name servers in front
/// of it show changes with the delays of the real thing.
public final class CloudflareWorld {
    private final CloudflareStore store;
    private final CloudflareAccount account;
    private final Pace pace;
    private final InstantSource clock;
    private final DnsZone zone;
    private final CloudflareDomains domains;
    private final AccountResources resources;
    private final CloudflareWorkers workers;
    private List<CloudflareToken> tokens;

    private record Tokens(List<CloudflareToken> tokens) {}

    private record Records(List<DnsRecord> records) {}

    private CloudflareWorld(
            CloudflareStore store, CloudflareAccount account, Pace pace, InstantSource clock) {
        this.store = store;
        this.account = account;
        this.pace = pace;
        this.clock = clock;
        tokens = store.read("tokens.json", Tokens.class).map(Tokens::tokens).orElse(List.of());
        zone =
                new DnsZone(
                        account,
                        store.read("dns.json", Records.class)
                                .map(Records::records)
                                .orElse(List.of()),
                        clock,
                        pace.of(account.delays().dns()),
                        records -> store.write("dns.json", new Records(records)));
        domains = new CloudflareDomains(account, zone, store);
        resources = new AccountResources(store);
        workers =
                new CloudflareWorkers(
                        account,
                        domains,
                        resources,
                        store,
                        pace,
                        clock,
                        () -> UUID.randomUUID().toString());
    }

    /// Opens the account that lies in `home`, or makes `fresh` there when there is none.
    public static CloudflareWorld open(
            Path home, CloudflareAccount fresh, Pace pace, InstantSource clock) {
        var store = new CloudflareFiles(home);
        var account = store.read("account.json", CloudflareAccount.class);
        if (account.isEmpty()) {
            store.write("account.json", fresh);
        }
        return new CloudflareWorld(store, account.orElse(fresh), pace, clock);
    }

    /// Who owns all this.
    public CloudflareAccount account() {
        return account;
    }

    /// Scripts, versions, deployments, secrets.
    public CloudflareWorkers workers() {
        return workers;
    }

    /// What Workers are bound to.
    public AccountResources resources() {
        return resources;
    }

    /// Custom domains and routes.
    public CloudflareDomains domains() {
        return domains;
    }

    /// The records of the zone.
    public DnsZone zone() {
        return zone;
    }

    /// How fast things happen.
    public Pace pace() {
        return pace;
    }

    /// The clock of the world.
    public InstantSource clock() {
        return clock;
    }

    /// Lets `token` in; one with the same value is replaced.
    public synchronized void admit(CloudflareToken token) {
        var all = new ArrayList<>(tokens);
        all.removeIf(t -> t.value().equals(token.value()));
        all.add(token);
        tokens = List.copyOf(all);
        store.write("tokens.json", new Tokens(tokens));
    }

    /// The token with this value.
    public synchronized Optional<CloudflareToken> token(String value) {
        return tokens.stream().filter(t -> t.value().equals(value)).findFirst();
    }
}
