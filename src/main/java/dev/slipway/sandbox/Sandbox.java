package dev.slipway.sandbox;

import dev.slipway.domain.InputException;
import dev.slipway.domain.Secret;
import dev.slipway.sandbox.server.CloudflareServer;
import dev.slipway.sandbox.server.ControlServer;
import dev.slipway.sandbox.server.DnsServer;
import dev.slipway.sandbox.server.EdgeServer;
import dev.slipway.sandbox.server.GitHubServer;
import dev.slipway.sandbox.server.NeonServer;
import dev.slipway.sandbox.world.CiActor;
import dev.slipway.sandbox.world.CiBuild;
import dev.slipway.sandbox.world.CiHabits;
import dev.slipway.sandbox.world.CiPreviews;
import dev.slipway.sandbox.world.CiSchemas;
import dev.slipway.sandbox.world.CiScratch;
import dev.slipway.sandbox.world.CloudflareAccount;
import dev.slipway.sandbox.world.CloudflareToken;
import dev.slipway.sandbox.world.CloudflareWorld;
import dev.slipway.sandbox.world.DefaultWorld;
import dev.slipway.sandbox.world.Faults;
import dev.slipway.sandbox.world.GitHubSettings;
import dev.slipway.sandbox.world.GitHubToken;
import dev.slipway.sandbox.world.GitHubWorld;
import dev.slipway.sandbox.world.NeonProject;
import dev.slipway.sandbox.world.NeonWorld;
import dev.slipway.sandbox.world.RepoWorld;
import dev.slipway.sandbox.world.Scene;
import dev.slipway.sandbox.world.StackFile;
import dev.slipway.sandbox.world.WorldClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A running world. Closing it ends every server, thread and child process; a temporary world is
/// removed with it.
public final class Sandbox implements AutoCloseable {
    private static final CloudflareAccount.Delays DELAYS =
            new CloudflareAccount.Delays(
                    Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofSeconds(1));
    private static final Duration PAUSE = Duration.ofMillis(400);

    /// How often each name of production is visited while each preview is once.
    private static final int VISITS = 4;

    private static final String PERSON = "kim";

    private final SandboxOptions options;
    private final Consumer<String> say;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Faults faults = new Faults();
    private final SandboxFolder folder;
    private final SandboxFolder.Kept kept;
    private final CiActor ci;
    private final GitHubWorld github;
    private final NeonWorld neon;
    private final CloudflareWorld cloudflare;
    private final EdgeServer edge;
    private final WorldFile worldFile;

    /// Starts a world: the one in the home, or a new one.
    ///
    /// @param say hears whole sentences about what was made up or left out
    /// @throws InputException when the repository, the home or a port does not allow it; nothing is
    ///     left behind
    public static Sandbox start(SandboxOptions options, Consumer<String> say) {
        // What is wrong with a repository is said before a folder is made.
        if (options.repository().isPresent() && !holdsWorld(options)) {
            RepoWorld.read(options.repository().get()).close();
        }
        return new Sandbox(options, say);
    }

    /// Which world a home keeps.
    ///
    /// @param repository its name without the owner
    public record Kept(String id, String name, String repository, String zone) {}

    /// Which world `home` keeps, without opening it; empty when there is none that can be read.
    public static Optional<Kept> kept(Path home) {
        return SandboxFolder.peek(home);
    }

    private static boolean holdsWorld(SandboxOptions options) {
        return options.home()
                .filter(home -> Files.exists(home.resolve("sandbox/world.json")))
                .isPresent();
    }

    private Sandbox(SandboxOptions options, Consumer<String> say) {
        this.options = options;
        this.say = say;
        var clock = new WorldClock(InstantSource.system());
        folder =
                opened(
                        options.home()
                                .map(SandboxFolder::at)
                                .orElseGet(() -> SandboxFolder.temporary(options.cache())));
        try {
            if (folder.kept().isEmpty()) {
                folder.clear();
            }
            neon =
                    opened(
                            NeonWorld.open(
                                    new NeonWorld.Place(
                                            folder.resolve("neon"),
                                            options.cache(),
                                            folder.isTemporary(),
                                            options.pace(),
                                            InstantSource.system())));
            var scratch =
                    opened(
                            new CiScratch(
                                    folder.resolve("ci/database"),
                                    options.cache(),
                                    options.pace()));
            var schemas = new CiSchemas(folder.resolve("ci/schemas"), scratch::on);
            var made = folder.kept();
            kept = made.isPresent() ? made.get() : make(clock, schemas);
            var scene = kept.scene();
            cloudflare = cloudflare(scene.stack().zone(), clock);
            github = opened(github(scene.owner(), scene.repository(), base(scene), clock));
            admit();
            var build = new CiBuild(github.git(), schemas, scene.stack().migrations());
            ci =
                    new CiActor(
                            github,
                            cloudflare,
                            build,
                            new CiPreviews(neon, cloudflare, build, scene, clock),
                            scene,
                            options.pace(),
                            kept.habits(),
                            faults);
            opened(ci);
            edge = opened(new EdgeServer(cloudflare, faults, 0, new Random()));
            worldFile = serve(scene, clock);
            edge.traffic().on(visited(scene), options.pace().of(PAUSE));
            ci.begin();
        } catch (RuntimeException | SQLException e) {
            try {
                close();
            } catch (RuntimeException halfEnded) {
                e.addSuppressed(halfEnded);
            }
            throw StartRefusal.of(e);
        }
    }

    private WorldFile serve(Scene scene, WorldClock clock) {
        var githubServer = opened(new GitHubServer(github, 0, faults));
        var neonServer = opened(new NeonServer(neon, faults, Secret.of(kept.tokens().neon()), 0));
        var cloudflareServer = opened(new CloudflareServer(cloudflare, faults, 0));
        var dns = opened(new DnsServer(cloudflare, faults, 0));
        var control =
                opened(
                        new ControlServer(
                                new ControlServer.Parts(
                                        scene,
                                        github,
                                        neon,
                                        edge,
                                        visited(scene),
                                        ci,
                                        faults,
                                        () -> {
                                            var calls = new LinkedHashMap<String, Integer>();
                                            calls.put("github", githubServer.calls());
                                            calls.put("neon", neonServer.calls());
                                            calls.put("cloudflare", cloudflareServer.calls());
                                            calls.put("dns", dns.calls());
                                            return calls;
                                        },
                                        options.pace().of(PAUSE),
                                        clock),
                                random(16),
                                0));
        var stack = folder.write("slipway.yaml", scene.stack().yaml());
        return new WorldFile(
                scene.id(),
                scene.name(),
                githubServer.address(),
                neonServer.base(),
                cloudflareServer.address(),
                dns.address(),
                edge.address(),
                kept.tokens().byProvider(),
                stack.toAbsolutePath(),
                scene.stack().repository(),
                scene.stack().project(),
                scene.stack().account(),
                scene.stack().zone(),
                new SandboxBounds(options.pace()),
                control.address());
    }

    private SandboxFolder.Kept make(WorldClock clock, CiSchemas schemas) throws SQLException {
        var id = "sandbox-" + random(4);
        if (options.repository().isPresent()) {
            try (var world = RepoWorld.read(options.repository().get())) {
                world.notes().forEach(say);
                var project = project(world.name());
                var flare = cloudflare(world.zone(), clock);
                var scene =
                        world.scene(
                                id,
                                project,
                                database(world.name()),
                                role(world.name()),
                                flare.account().id());
                try (var hub = github(RepoWorld.owner(), world.name(), world.base(), clock)) {
                    world.make(hub, neon, flare, clock, schemas, scene, say);
                }
                return keep(new SandboxFolder.Kept(scene, tokens(), CiHabits.GOOD));
            }
        }
        var project = project("codex");
        var flare = cloudflare(DefaultWorld.ZONE, clock);
        var scene = DefaultWorld.scene(id, project, flare.account());
        // The world is opened anew afterwards, so that CI hears nothing of what was before.
        try (var hub = github(scene.owner(), scene.repository(), base(scene), clock)) {
            var habits =
                    DefaultWorld.make(hub, neon, flare, clock, schemas, scene, options.crowd());
            return keep(new SandboxFolder.Kept(scene, tokens(), habits));
        }
    }

    private SandboxFolder.Kept keep(SandboxFolder.Kept made) {
        folder.keep(made);
        return made;
    }

    private NeonProject project(String name) {
        return neon.createProject(
                new NeonProject.Draft(
                        name, "production", database(name), role(name), 500 + options.crowd()));
    }

    private static String database(String name) {
        return name.replace('-', '_');
    }

    private static String role(String name) {
        return database(name) + "_owner";
    }

    private GitHubWorld github(String owner, String name, String base, WorldClock clock) {
        return GitHubWorld.open(
                folder.resolve("github"),
                GitHubSettings.of(owner, name, base),
                options.pace(),
                clock);
    }

    private CloudflareWorld cloudflare(String zone, WorldClock clock) {
        var label = zone.substring(0, zone.indexOf('.'));
        return CloudflareWorld.open(
                folder.resolve("cloudflare"),
                CloudflareAccount.of(label, label, zone).with(DELAYS).with(plan()),
                options.pace(),
                clock);
    }

    private CloudflareAccount.Plan plan() {
        return options.crowd() == 0
                ? CloudflareAccount.Plan.PAID
                : CloudflareAccount.Plan.ENTERPRISE;
    }

    private static SandboxFolder.Tokens tokens() {
        return new SandboxFolder.Tokens(
                "ghp_sandbox" + random(14),
                "napi_sandbox" + random(24),
                "cfut_sandbox" + random(14));
    }

    private void admit() {
        github.accounts().grant(Secret.of(kept.tokens().github()), GitHubToken.classic(PERSON));
        cloudflare.admit(CloudflareToken.full(kept.tokens().cloudflare()));
    }

    private static String base(Scene scene) {
        return scene.stack().branch();
    }

    /// Where people go: to production, and now and then to a preview that somebody tries.
    private static List<String> visited(Scene scene) {
        var production = scene.stack().workers().stream().map(StackFile.Worker::hostname).toList();
        return Stream.concat(
                        DefaultWorld.TRIED.stream(),
                        Collections.nCopies(VISITS, production).stream().flatMap(List::stream))
                .toList();
    }

    private static String random(int bytes) {
        var noise = new byte[bytes];
        new SecureRandom().nextBytes(noise);
        return HexFormat.of().formatHex(noise);
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    /// How the world is reached.
    public WorldFile worldFile() {
        return worldFile;
    }

    /// Its slipway.yaml.
    public Path stack() {
        return worldFile.stack();
    }

    /// What goes wrong on purpose.
    public Faults faults() {
        return faults;
    }

    /// Its continuous integration.
    public CiActor ci() {
        return ci;
    }

    /// The truth behind the skin of GitHub.
    public GitHubWorld github() {
        return github;
    }

    /// The truth behind the skin of Neon.
    public NeonWorld neon() {
        return neon;
    }

    /// The truth behind the skin of Cloudflare.
    public CloudflareWorld cloudflare() {
        return cloudflare;
    }

    /// Where Workers answer.
    public EdgeServer edge() {
        return edge;
    }

    /// Ends everything, last opened first. What cannot be ended does not keep the rest from it.
    @Override
    public void close() {
        RuntimeException first = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                first =
                        first == null
                                ? new IllegalStateException("the world did not end cleanly", e)
                                : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
