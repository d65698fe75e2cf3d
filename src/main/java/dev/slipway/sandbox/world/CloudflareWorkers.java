package dev.slipway.sandbox.world;

import dev.slipway.sandbox.world.WorkerDeployment.Share;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The Workers of the account: scripts, versions, deployments, secrets. What is asked here is true
/// at once; [#seen] shows what a client may still read after a change.
public final class CloudflareWorkers {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");
    private static final int DEPLOYMENTS = 200;

    private final CloudflareAccount account;
    private final CloudflareDomains domains;
    private final AccountResources resources;
    private final CloudflareStore store;
    private final InstantSource clock;
    private final Duration lag;
    private final Supplier<String> ids;
    private final TreeMap<String, WorkerScript> scripts = new TreeMap<>();

    CloudflareWorkers(
            CloudflareAccount account,
            CloudflareDomains domains,
            AccountResources resources,
            CloudflareStore store,
            Pace pace,
            InstantSource clock,
            Supplier<String> ids) {
        this.account = account;
        this.domains = domains;
        this.resources = resources;
        this.store = store;
        this.clock = clock;
        this.ids = ids;
        this.lag = pace.of(account.delays().reads());
        store.scripts().forEach(s -> scripts.put(s.name(), s));
    }

    /// All scripts, by name.
    public synchronized List<WorkerScript> scripts() {
        return List.copyOf(scripts.values());
    }

    /// The script with this name.
    public synchronized Optional<WorkerScript> script(String name) {
        return Optional.ofNullable(scripts.get(name));
    }

    /// The script as a client reads it: a version or deployment shows a moment after it was made.
    public Optional<WorkerScript> seen(String name) {
        return script(name).map(s -> s.asOf(clock.instant().minus(lag)));
    }

    /// Uploads a version and gives it all traffic, creating the script when there is none.
    ///
    /// @throws CloudflareRefusal 10021 for an upload that would not start, 10057 for a binding that
    ///     cannot be inherited, 10037 when the account is full
    public synchronized WorkerVersion deploy(String name, WorkerUpload upload) {
        var script = scripts.get(name);
        if (script == null) {
            if (!NAME.matcher(name).matches()) {
                throw new CloudflareRefusal(400, 10016, "Invalid Worker name '" + name + "'.");
            }
            if (scripts.size() >= account.plan().scripts()) {
                throw new CloudflareRefusal(
                        400,
                        10037,
                        "You have exceeded the limit of %d Workers on your account."
                                .formatted(account.plan().scripts()));
            }
            script = WorkerScript.fresh(name, clock.instant());
        }
        var version = version(script, upload, "upload");
        deployed(script.with(version), version.id(), upload.source(), Map.of());
        return version;
    }

    /// Uploads a version that gets no traffic.
    ///
    /// @throws CloudflareRefusal 10007 when there is no such script, else as for [#deploy]
    public synchronized WorkerVersion upload(String name, WorkerUpload upload) {
        var script = require(name);
        var version = version(script, upload, "version_upload");
        put(script.with(version));
        return version;
    }

    /// Decides who gets which share from now on.
    ///
    /// @param force whether secrets may go back to what they were
    /// @throws CloudflareRefusal 10220 naming the secrets that changed since an older version,
    ///     100146 for an unknown or too old version, 10021 for shares that do not make 100, and the code
    ///     of its kind for a version that is bound to what was deleted: Cloudflare's page on rollbacks names
    ///     the rule and no code, so it is that of an upload
    public synchronized WorkerDeployment deploy(
            String name,
            List<Share> shares,
            Map<String, String> annotations,
            boolean force,
            String source) {
        var script = require(name);
        WorkerRules.check(script, shares);
        for (var share : shares) {
            var bindings = script.version(share.version()).orElseThrow().bindings();
            require(script, bindings);
            resources.require(bindings);
        }
        if (!force) {
            var changed = WorkerRules.changedSecrets(script, shares);
            if (!changed.isEmpty()) {
                throw new CloudflareRefusal(
                        400,
                        10220,
                        "The following secrets have changed: " + String.join(", ", changed));
            }
        }
        return deployed(script, shares, source, annotations);
    }

    /// Gives one version all traffic.
    public WorkerDeployment deploy(String name, String version) {
        return deploy(name, List.of(new Share(version, 100)), Map.of(), true, "api");
    }

    /// Takes all traffic away, as from a Worker that was made but never deployed. Versions and
    /// addresses stay.
    public synchronized void withdraw(String name) {
        put(require(name).with(List.of(), clock.instant()));
    }

    /// Forgets a deployment that is over.
    ///
    /// @throws CloudflareRefusal when it is the active one or there is none
    public synchronized void forgetDeployment(String name, String id) {
        var script = require(name);
        if (script.active().map(WorkerDeployment::id).equals(Optional.of(id))) {
            throw CloudflareRefusal.invalid("The active deployment cannot be deleted.");
        }
        var left = script.deployments().stream().filter(d -> !d.id().equals(id)).toList();
        if (left.size() == script.deployments().size()) {
            throw new CloudflareRefusal(404, 10222, "Deployment not found.");
        }
        put(script.with(left, clock.instant()));
    }

    /// Deletes a Worker with its domains and routes.
    ///
    /// @throws CloudflareRefusal 10007 when there is none
    public synchronized void delete(String name) {
        var script = require(name);
        domains.forget(name);
        scripts.remove(name);
        store.remove(script);
    }

    /// Sets (a text) or removes (empty) secrets in one new version that gets all traffic at once.
    ///
    /// @throws CloudflareRefusal 10215 when the newest version is not the one with all traffic,
    ///     10056 when a secret to be removed does not exist
    public synchronized WorkerVersion secrets(
            String name, Map<String, Optional<String>> changes, String source) {
        var script = require(name);
        if (script.newest().isEmpty() || !script.live().equals(script.newest())) {
            throw new CloudflareRefusal(
                    400,
                    10215,
                    "Secret edit failed. You attempted to modify a secret, but the latest version"
                            + " of your Worker isn't currently deployed.");
        }
        var version = withSecrets(script, changes, "secret", source, Map.of());
        deployed(
                script.with(version),
                version.id(),
                source,
                Map.of("workers/triggered_by", "secret"));
        return version;
    }

    /// Sets or removes secrets in a new version that gets no traffic.
    public synchronized WorkerVersion secretVersion(
            String name,
            Map<String, Optional<String>> changes,
            Map<String, String> annotations,
            String source) {
        var script = require(name);
        var version = withSecrets(script, changes, "secret", source, annotations);
        put(script.with(version));
        return version;
    }

    /// Replaces all bindings in a new version that gets all traffic at once.
    ///
    /// @throws CloudflareRefusal 10214 when the newest version is not the one with all traffic
    public synchronized WorkerVersion rebind(
            String name, List<WorkerBinding> bindings, Map<String, Object> runtime) {
        var script = require(name);
        if (script.newest().isEmpty() || !script.live().equals(script.newest())) {
            throw new CloudflareRefusal(
                    400, 10214, "The latest version of your Worker isn't currently deployed.");
        }
        var newest = script.newest().orElseThrow();
        var all = new LinkedHashMap<>(newest.runtime());
        all.putAll(runtime);
        var given = WorkerRules.inherited(script, bindings);
        require(script, given);
        resources.named(given);
        var version = copy(script, newest, given, all, Map.of(), "api");
        deployed(script.with(version), version.id(), "api", Map.of());
        return version;
    }

    /// Changes what is not versioned.
    public synchronized WorkerScript configure(String name, Map<String, Object> settings) {
        var script = require(name);
        var all = new LinkedHashMap<>(script.settings());
        all.putAll(settings);
        return put(script.configured(all));
    }

    /// Whether the Worker answers at workers.dev, and its versions at addresses of their own.
    public synchronized WorkerScript reachable(String name, boolean workersDev, boolean previews) {
        return put(require(name).reachable(workersDev, previews));
    }

    /// When the Worker runs by itself.
    public synchronized WorkerScript schedule(String name, List<String> crons) {
        return put(require(name).scheduled(crons));
    }

    /// The content of a module.
    public byte[] content(WorkerModule module) {
        return store.content(module);
    }

    private WorkerScript require(String name) {
        var script = scripts.get(name);
        if (script == null) {
            throw CloudflareRefusal.noScript();
        }
        return script;
    }

    /// A Worker may be bound to itself before it is there.
    private void require(WorkerScript script, List<WorkerBinding> bindings) {
        for (var binding : bindings) {
            if (binding.type().equals("service")) {
                var service = String.valueOf(binding.fields().get("service"));
                if (!service.equals(script.name()) && !scripts.containsKey(service)) {
                    throw new CloudflareRefusal(
                            400,
                            10143,
                            "Could not resolve service binding '"
                                    + binding.name()
                                    + "'. Target script '"
                                    + service
                                    + "' not found.");
                }
            }
        }
    }

    private WorkerScript put(WorkerScript script) {
        scripts.put(script.name(), script);
        store.write(script);
        return script;
    }

    private WorkerVersion version(WorkerScript script, WorkerUpload upload, String trigger) {
        if (upload.files().stream().noneMatch(f -> f.name().equals(upload.mainModule()))) {
            throw CloudflareRefusal.invalid(
                    "No such module \"" + upload.mainModule() + "\" in the upload.");
        }
        var behaviour =
                upload.files().stream()
                        .filter(f -> f.name().equals(WorkerModule.BEHAVIOUR))
                        .findFirst()
                        .map(f -> new String(f.content(), StandardCharsets.UTF_8))
                        .map(WorkerBehaviour::parse)
                        .orElse(WorkerBehaviour.PLAIN);
        var bindings = WorkerRules.inherited(script, upload.bindings());
        var names = bindings.stream().map(WorkerBinding::name).collect(Collectors.toSet());
        script.newest().stream()
                .flatMap(v -> v.bindings().stream())
                .filter(b -> upload.keepBindings().contains(b.type()) && names.add(b.name()))
                .forEach(bindings::add);
        require(script, bindings);
        resources.named(bindings);
        var annotations = new LinkedHashMap<>(upload.annotations());
        annotations.put("workers/triggered_by", trigger);
        return new WorkerVersion(
                ids.get(),
                WorkerRules.number(script),
                clock.instant(),
                upload.source(),
                account.email(),
                annotations,
                upload.mainModule(),
                upload.runtime(),
                bindings,
                upload.files().stream().map(store::keep).toList(),
                behaviour,
                script.previews());
    }

    private WorkerVersion withSecrets(
            WorkerScript script,
            Map<String, Optional<String>> changes,
            String trigger,
            String source,
            Map<String, String> annotations) {
        var newest =
                script.newest()
                        .orElseThrow(() ->
                                new CloudflareRefusal(400, 10222, "This Worker has no versions."));
        var bindings = new ArrayList<>(newest.bindings());
        changes.forEach((secret, text) -> {
            var there = bindings.removeIf(b -> b.name().equals(secret));
            if (text.isEmpty() && !there) {
                throw new CloudflareRefusal(404, 10056, "Secret '" + secret + "' not found.");
            }
            text.ifPresent(t -> bindings.add(WorkerBinding.secretText(secret, t)));
        });
        var all = new LinkedHashMap<>(annotations);
        all.put("workers/triggered_by", trigger);
        return copy(script, newest, bindings, newest.runtime(), all, source);
    }

    private WorkerVersion copy(
            WorkerScript script,
            WorkerVersion of,
            List<WorkerBinding> bindings,
            Map<String, Object> runtime,
            Map<String, String> annotations,
            String source) {
        return new WorkerVersion(
                ids.get(),
                WorkerRules.number(script),
                clock.instant(),
                source,
                account.email(),
                annotations,
                of.mainModule(),
                runtime,
                bindings,
                of.modules(),
                of.behaviour(),
                script.previews());
    }

    private void deployed(
            WorkerScript script, String version, String source, Map<String, String> annotations) {
        deployed(script, List.of(new Share(version, 100)), source, annotations);
    }

    private WorkerDeployment deployed(
            WorkerScript script,
            List<Share> shares,
            String source,
            Map<String, String> annotations) {
        Instant now = clock.instant();
        var all = new LinkedHashMap<>(annotations);
        all.putIfAbsent("workers/triggered_by", "deployment");
        var deployment = new WorkerDeployment(ids.get(), now, source, account.email(), all, shares);
        var deployments = new ArrayList<WorkerDeployment>();
        deployments.add(deployment);
        script.deployments().stream().limit(DEPLOYMENTS).forEach(deployments::add);
        put(script.with(deployments, now));
        return deployment;
    }
}
