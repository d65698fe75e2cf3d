package dev.slipway.preview;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.cloudflare.CustomDomain;
import dev.slipway.cloudflare.DnsRecord;
import dev.slipway.cloudflare.Script;
import dev.slipway.dns.Dns;
import dev.slipway.dns.Resolution;
import dev.slipway.domain.CommitSha;
import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.domain.RefusedException;
import dev.slipway.github.GitHub;
import dev.slipway.github.OpenPullRequest;
import dev.slipway.github.PathContent;
import dev.slipway.health.Prober;
import dev.slipway.http.Purpose;
import dev.slipway.migration.HeadMigrations;
import dev.slipway.migration.Layout;
import dev.slipway.neon.Branch;
import dev.slipway.neon.Endpoint;
import dev.slipway.preview.Preview.Health;
import dev.slipway.preview.Preview.NameState;
import dev.slipway.production.Looker;
import dev.slipway.production.NeonLists;
import dev.slipway.production.ProductionReader;
import dev.slipway.production.Schema;
import dev.slipway.stack.Stack;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Reads previews from the providers, all at once. What a provider said last is kept and shown with
/// its age when it does not answer.
///
/// Safe for use by several threads; refreshes take turns.
public final class PreviewReader implements Previews {
    private static final int NAMES_AT_ONCE = 32;

    /// Names what lies at a path where nothing lies.
    private static final String NOTHING = "";

    private static final Duration SCHEMA_HOLDS = Duration.ofMinutes(2);

    private final Stack stack;
    private final Ports asked;
    private final Ports polled;
    private final Dns dns;
    private final HealthRounds rounds;
    private final ProductionReader production;
    private final InstantSource clock;

    private final Map<Provider, Kept<?>> kept = new EnumMap<>(Provider.class);
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private Optional<String> zone = Optional.empty();
    private final Map<String, PathContent> journals = new HashMap<>();
    private Optional<Compared> compared = Optional.empty();

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
        this.dns = dns;
        rounds = new HealthRounds(stack, prober, shelf);
        this.production = production;
        this.clock = clock;
    }

    private record Ports(GitHub gitHub, Cloudflare cloudflare, Purpose purpose) {
        Ports as(Purpose purpose) {
            return new Ports(gitHub.as(purpose), cloudflare.as(purpose), purpose);
        }
    }

    private record Kept<T>(T value, Instant asOf) {}

    /// What a hostname led to, and until when that holds.
    private record Answer(NameState state, Instant until) {}

    /// Production's ledger as it was beside these heads.
    private record Compared(Set<CommitSha> heads, Schema schema, Instant asOf) {}

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
                    threads.submit(
                            () -> attempt(() -> ports.gitHub().openPullRequests(migrationPaths())));
            var neonParts =
                    threads.submit(() ->
                            attempt(() -> production.neon(Looker.PREVIEWS, ports.purpose(), look)));
            var flareParts =
                    threads.submit(() -> attempt(() -> cloudflareParts(ports.cloudflare())));

            var pullRequests =
                    keep(Provider.GITHUB, get(pulls), states).orElse(List.<OpenPullRequest>of());
            var databases = keep(Provider.NEON, get(neonParts), states);
            var workers = keep(Provider.CLOUDFLARE, get(flareParts), states);
            var awake = awake(databases);
            var resolved = resolve(threads, pullRequests, workers, states);
            var schema = schema(look, ports, pullRequests, databases, opened.isPresent());
            var migrations =
                    schema.map(s -> migrations(ports.gitHub(), pullRequests, s)).orElse(Map.of());
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

    // Neon

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

    // Cloudflare and DNS

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
                attempt(() -> cloudflare.deployments(script))
                        .value()
                        .flatMap(list -> list.stream().findFirst())
                        .flatMap(live -> live.only())
                        .ifPresent(version -> found.put(script, version));
            }
        }
        return found;
    }

    /// Really asks the resolver, for names that have a record.
    private Map<String, NameState> resolve(
            ExecutorService threads,
            List<OpenPullRequest> pullRequests,
            Optional<CloudflareParts> workers,
            Map<Provider, PreviewList.ProviderState> states) {
        var names =
                pullRequests.stream()
                        .flatMap(pr ->
                                stack.workers().stream()
                                        .flatMap(w -> PreviewJoin.hostname(w, pr).stream()))
                        .filter(name -> workers.map(w -> w.names().contains(name)).orElse(true))
                        .distinct()
                        .toList();
        var asked = new HashMap<String, Future<NameState>>();
        // A resolver that gets a thousand packets at once drops some, and a lost one is a name
        // unknown.
        var turns = new Semaphore(NAMES_AT_ONCE);
        names.forEach(name -> asked.put(name, threads.submit(() -> resolve(turns, name))));
        var resolved = new HashMap<String, NameState>();
        asked.forEach((name, state) -> resolved.put(name, get(state)));
        var dead =
                !resolved.isEmpty()
                        && resolved.values().stream().allMatch(s -> s == NameState.UNKNOWN);
        states.put(
                Provider.DNS,
                new PreviewList.ProviderState(
                        dead ? Optional.empty() : Optional.of(clock.instant()),
                        dead
                                ? Optional.of(
                                        new Failure.Unreachable(
                                                Provider.DNS, "the resolver does not answer"))
                                : Optional.empty()));
        return resolved;
    }

    private NameState resolve(Semaphore turns, String name) throws InterruptedException {
        turns.acquire();
        try {
            return resolve(name);
        } finally {
            turns.release();
        }
    }

    private NameState resolve(String name) {
        var now = clock.instant();
        var known = answers.get(name);
        if (known != null && now.isBefore(known.until())) {
            return known.state();
        }
        return switch (dns.resolve(name)) {
            case Resolution.Resolved found -> {
                answers.put(name, new Answer(NameState.RESOLVES, now.plus(found.ttl())));
                yield NameState.RESOLVES;
            }
            case Resolution.Timeout _, Resolution.ServFail _ -> NameState.UNKNOWN;
            default -> NameState.DOES_NOT_RESOLVE;
        };
    }

    // migrations

    /// Production's ledger, asked again when a head came or went, when a person opened a preview, and
    /// after a while. Asking at every look would cost more calls than all the rest.
    private Optional<Schema> schema(
            Instant look,
            Ports ports,
            List<OpenPullRequest> pullRequests,
            Optional<NeonLists> databases,
            boolean opened) {
        var heads = pullRequests.stream().map(OpenPullRequest::headSha).collect(Collectors.toSet());
        var holds =
                compared.filter(c -> !opened)
                        .filter(c -> c.heads().equals(heads))
                        .filter(c -> clock.instant().isBefore(c.asOf().plus(SCHEMA_HOLDS)));
        if (holds.isPresent()) {
            return holds.map(Compared::schema);
        }
        var read = databases.flatMap(there -> production.schemaAwake(look, there, ports.purpose()));
        compared =
                read.filter(s -> s.state().isPresent())
                        .map(s -> new Compared(heads, s, clock.instant()));
        return read;
    }

    /// What is pending in each head, from names alone. The list of pull requests tells which heads have
    /// the same journal, so each journal is read once; one call reads a hundred of them.
    private Map<PullRequestNumber, HeadMigrations> migrations(
            GitHub gitHub, List<OpenPullRequest> pullRequests, Schema schema) {
        if (schema.state().isEmpty() || schema.folder().isEmpty()) {
            return Map.of();
        }
        var result = new HashMap<PullRequestNumber, HeadMigrations>();
        try {
            var layout = production.folder(schema.folder().get()).layout();
            var path = HeadMigrations.path(stack.migrations().folder(), layout);
            readJournals(gitHub, path, pullRequests);
            for (var pr : pullRequests) {
                var content = journals.getOrDefault(journal(pr, path), PathContent.NOTHING);
                HeadMigrations.read(layout, schema.state().get(), content.text(), content.names())
                        .ifPresent(found -> result.put(pr.number(), found));
            }
        } catch (FailureException e) {
            return Map.of();
        }
        return result;
    }

    /// Reads what lies at `path` of the heads, once for all that have the same there.
    private void readJournals(GitHub gitHub, String path, List<OpenPullRequest> pullRequests) {
        var missing = new HashMap<String, CommitSha>();
        for (var pr : pullRequests) {
            missing.putIfAbsent(journal(pr, path), pr.headSha());
        }
        journals.keySet().retainAll(missing.keySet());
        missing.keySet().removeAll(journals.keySet());
        missing.remove(NOTHING);
        var read = gitHub.at(path, Set.copyOf(missing.values()));
        missing.forEach(
                (name, head) -> journals.put(name, read.getOrDefault(head, PathContent.NOTHING)));
    }

    /// The name Git gives to what lies at `path` of a head; where that is not told, the way to it.
    private static String journal(OpenPullRequest pr, String path) {
        return pr.objects()
                .map(objects -> objects.getOrDefault(path, NOTHING))
                .orElse(pr.headSha() + ":" + path);
    }

    private List<String> migrationPaths() {
        return Arrays.stream(Layout.values())
                .map(layout -> HeadMigrations.path(stack.migrations().folder(), layout))
                .toList();
    }

    // health

    private Map<PullRequestNumber, Health> health(
            ExecutorService threads,
            List<OpenPullRequest> pullRequests,
            Optional<NeonLists> databases,
            Optional<CloudflareParts> workers,
            Set<String> awake,
            Optional<PullRequestNumber> opened) {
        var names = stack.previewNames();
        var wakeful =
                databases.map(NeonLists::branches).orElse(List.of()).stream()
                        .filter(branch -> awake.contains(branch.id()))
                        .flatMap(branch -> names.branch(branch.name()).stream())
                        .collect(Collectors.toSet());
        return rounds.ask(
                threads,
                pullRequests,
                workers.map(CloudflareParts::scripts).orElse(Map.of()),
                number -> wakeful.contains(number) || opened.equals(Optional.of(number)));
    }

    // what was said last

    private record Attempt<T>(Optional<T> value, Optional<Failure> failure) {}

    private static <T> Attempt<T> attempt(Supplier<T> call) {
        try {
            return new Attempt<>(Optional.of(call.get()), Optional.empty());
        } catch (FailureException e) {
            return new Attempt<>(Optional.empty(), Optional.of(e.failure()));
        }
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
