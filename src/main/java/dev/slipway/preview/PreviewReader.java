package dev.slipway.preview;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.cloudflare.CustomDomain;
import dev.slipway.cloudflare.DnsRecord;
import dev.slipway.cloudflare.Script;
import dev.slipway.dns.Dns;
import dev.slipway.domain.Attempt;
import dev.slipway.domain.Provider;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.domain.RefusedException;
import dev.slipway.github.GitHub;
import dev.slipway.github.OpenPullRequest;
import dev.slipway.health.Prober;
import dev.slipway.http.Purpose;
import dev.slipway.neon.Branch;
import dev.slipway.neon.Endpoint;
import dev.slipway.preview.Preview.Health;
import dev.slipway.preview.Preview.NameState;
import dev.slipway.production.Looker;
import dev.slipway.production.NeonLists;
import dev.slipway.production.ProductionReader;
import dev.slipway.stack.Stack;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/// Reads previews from the providers, all at once. What a provider said last is kept and shown with
/// its age when it does not answer.
///
/// Safe for use by several threads; refreshes take turns.
public final class PreviewReader implements Previews {
    private final Stack stack;
    private final Ports asked;
    private final Ports polled;
    private final NameCheck names;
    private final HealthRounds rounds;
    private final PendingMigrations pending;
    private final ProductionReader production;
    private final InstantSource clock;

    private final Map<Provider, Kept<?>> kept = new EnumMap<>(Provider.class);
    private Optional<String> zone = Optional.empty();

    public PreviewReader(
            Stack stack,
            GitHub gitHub,
            Cloudflare cloudflare,
            Dns dns,
            Prober prober,
            HealthShelf shelf,
            ProductionReader production,
            InstantSource clock) {
        this.stack = stack;
        asked = new Ports(gitHub, cloudflare, Purpose.FOREGROUND);
        polled = asked.as(Purpose.BACKGROUND);
        names = new NameCheck(dns, clock);
        rounds = new HealthRounds(stack, prober, shelf);
        this.production = production;
        pending = new PendingMigrations(stack, production, clock);
        this.clock = clock;
    }

    private record Ports(GitHub gitHub, Cloudflare cloudflare, Purpose purpose) {
        Ports as(Purpose purpose) {
            return new Ports(gitHub.as(purpose), cloudflare.as(purpose), purpose);
        }
    }

    private record Kept<T>(T value, Instant asOf) {}

    /// @param scripts when each was deployed, by name
    private record CloudflareParts(Map<String, Instant> scripts, Set<String> names) {}

    @Override
    public synchronized PreviewList refresh() {
        return read(asked, Optional.empty());
    }

    @Override
    public synchronized PreviewList poll() {
        return read(polled, Optional.empty());
    }

    @Override
    public synchronized PreviewList one(PullRequestNumber number) {
        var list = read(asked, Optional.of(number));
        var one = list.previews().stream().filter(p -> p.number().equals(number)).toList();
        var github = Optional.ofNullable(list.providers().get(Provider.GITHUB));
        if (one.isEmpty() && github.flatMap(PreviewList.ProviderState::failure).isEmpty()) {
            throw new RefusedException(
                    "No pull request " + number + " is open in " + stack.repository() + ".");
        }
        return new PreviewList(list.asOf(), list.providers(), one);
    }

    private PreviewList read(Ports ports, Optional<PullRequestNumber> opened) {
        var states = new EnumMap<Provider, PreviewList.ProviderState>(Provider.class);
        var look = clock.instant();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var pulls =
                    threads.submit(() ->
                            Attempt.at(() -> ports.gitHub().openPullRequests(pending.paths())));
            var neonParts =
                    threads.submit(() ->
                            Attempt.at(
                                    () -> production.neon(Looker.PREVIEWS, ports.purpose(), look)));
            var flareParts =
                    threads.submit(() -> Attempt.at(() -> cloudflareParts(ports.cloudflare())));

            var pullRequests =
                    keep(Provider.GITHUB, get(pulls), states).orElse(List.<OpenPullRequest>of());
            var databases = keep(Provider.NEON, get(neonParts), states);
            var workers = keep(Provider.CLOUDFLARE, get(flareParts), states);
            var awake = awake(databases);
            var resolved = resolve(threads, pullRequests, workers, states);
            var migrations =
                    pending.of(
                            ports.gitHub(),
                            pullRequests,
                            opened.isPresent(),
                            () ->
                                    databases.flatMap(there ->
                                            production.schemaAwake(look, there, ports.purpose())));
            var health = health(threads, pullRequests, databases, workers, awake, opened);
            var versions =
                    opened.flatMap(n -> find(pullRequests, n))
                            .map(pr -> versions(ports.cloudflare(), pr, workers))
                            .orElse(Map.of());
            var sources =
                    new PreviewJoin.Sources(
                            clock.instant(),
                            pullRequests,
                            databases.map(NeonLists::branches),
                            awake,
                            databases.flatMap(this::productionBranch),
                            workers.map(CloudflareParts::scripts),
                            versions,
                            workers.map(CloudflareParts::names),
                            resolved,
                            migrations,
                            health);
            return new PreviewList(clock.instant(), states, PreviewJoin.of(stack, sources));
        }
    }

    private static Optional<OpenPullRequest> find(
            List<OpenPullRequest> pullRequests, PullRequestNumber number) {
        return pullRequests.stream().filter(pr -> pr.number().equals(number)).findFirst();
    }

    private static Set<String> awake(Optional<NeonLists> databases) {
        return databases.map(NeonLists::endpoints).orElse(List.of()).stream()
                .filter(Endpoint::awake)
                .map(Endpoint::branch)
                .collect(Collectors.toSet());
    }

    private Optional<String> productionBranch(NeonLists databases) {
        return databases.branches().stream()
                .filter(b -> b.name().equals(stack.neon().branch()))
                .map(Branch::id)
                .findFirst();
    }

    private CloudflareParts cloudflareParts(Cloudflare cloudflare) {
        var scripts =
                cloudflare.scripts().stream()
                        .collect(Collectors.toMap(Script::name, Script::modified));
        if (zone.isEmpty()) {
            zone =
                    cloudflare.zones().stream()
                            .filter(z -> z.name().equals(stack.cloudflare().zone()))
                            .map(z -> z.id())
                            .findFirst();
        }
        var records =
                zone.map(cloudflare::dnsRecords).orElse(List.of()).stream()
                        .map(DnsRecord::name)
                        .collect(Collectors.toSet());
        // A custom domain has a record of its own in the zone, so one list names them all.
        return new CloudflareParts(
                scripts, zone.isPresent() ? records : hostnames(cloudflare.customDomains()));
    }

    private static Set<String> hostnames(List<CustomDomain> domains) {
        return domains.stream().map(CustomDomain::hostname).collect(Collectors.toSet());
    }

    private Map<String, String> versions(
            Cloudflare cloudflare, OpenPullRequest pr, Optional<CloudflareParts> workers) {
        var found = new HashMap<String, String>();
        for (var worker : stack.workers()) {
            if (worker.previewScript().isEmpty()) {
                continue;
            }
            var script = PreviewJoin.script(worker, pr);
            if (workers.map(w -> w.scripts().containsKey(script)).orElse(false)) {
                Attempt.at(() -> cloudflare.deployments(script))
                        .value()
                        .flatMap(list -> list.stream().findFirst())
                        .flatMap(live -> live.only())
                        .ifPresent(version -> found.put(script, version));
            }
        }
        return found;
    }

    private Map<String, NameState> resolve(
            ExecutorService threads,
            List<OpenPullRequest> pullRequests,
            Optional<CloudflareParts> workers,
            Map<Provider, PreviewList.ProviderState> states) {
        var hostnames =
                pullRequests.stream()
                        .flatMap(pr ->
                                stack.workers().stream()
                                        .flatMap(w -> PreviewJoin.hostname(w, pr).stream()))
                        .filter(name -> workers.map(w -> w.names().contains(name)).orElse(true))
                        .distinct()
                        .toList();
        var resolved = names.of(threads, hostnames);
        states.put(Provider.DNS, names.state(resolved));
        return resolved;
    }

    private Map<PullRequestNumber, Health> health(
            ExecutorService threads,
            List<OpenPullRequest> pullRequests,
            Optional<NeonLists> databases,
            Optional<CloudflareParts> workers,
            Set<String> awake,
            Optional<PullRequestNumber> opened) {
        var conventions = stack.previewNames();
        var wakeful =
                databases.map(NeonLists::branches).orElse(List.of()).stream()
                        .filter(branch -> awake.contains(branch.id()))
                        .flatMap(branch -> conventions.branch(branch.name()).stream())
                        .collect(Collectors.toSet());
        return rounds.ask(
                threads,
                pullRequests,
                workers.map(CloudflareParts::scripts).orElse(Map.of()),
                number -> wakeful.contains(number) || opened.equals(Optional.of(number)));
    }

    /// The new value, or nothing when the provider is silent; its last word keeps its age.
    private <T> Optional<T> keep(
            Provider provider,
            Attempt<T> attempt,
            Map<Provider, PreviewList.ProviderState> states) {
        attempt.value().ifPresent(value -> kept.put(provider, new Kept<>(value, clock.instant())));
        var last = Optional.ofNullable(kept.get(provider));
        states.put(
                provider, new PreviewList.ProviderState(last.map(Kept::asOf), attempt.failure()));
        if (provider == Provider.GITHUB && attempt.value().isEmpty()) {
            @SuppressWarnings("unchecked")
            var old = (Optional<T>) last.map(Kept::value);
            return old;
        }
        return attempt.value();
    }

    static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading previews", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
