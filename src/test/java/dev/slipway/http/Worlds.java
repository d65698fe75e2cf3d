package dev.slipway.http;

import dev.slipway.domain.Provider;
import dev.slipway.domain.Secret;
import dev.slipway.domain.World;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Worlds on loopback with short bounds.
public final class Worlds {
    public static final World.Bounds QUICK =
            new World.Bounds(
                    Map.of(),
                    Duration.ofMillis(10),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(80),
                    Duration.ofMillis(50),
                    Duration.ofMillis(100),
                    Duration.ofSeconds(10),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Map.of());

    public static final World.Transport LOOPBACK = new World.Transport(true, true, "disable");

    private Worlds() {}

    /// A world whose three providers are one server.
    public static World at(URI server) {
        return at(server, server, server);
    }

    public static World at(URI github, URI neon, URI cloudflare) {
        return with(github, neon, cloudflare, Optional.empty(), Optional.empty(), QUICK, LOOPBACK);
    }

    public static World edge(URI edge) {
        var nowhere = URI.create("http://127.0.0.1:1");
        return with(
                nowhere, nowhere, nowhere, Optional.of(edge), Optional.empty(), QUICK, LOOPBACK);
    }

    public static World dns(InetSocketAddress resolver, World.Transport policy) {
        var nowhere = URI.create("http://127.0.0.1:1");
        return with(
                nowhere, nowhere, nowhere, Optional.empty(), Optional.of(resolver), QUICK, policy);
    }

    public static World with(
            URI github,
            URI neon,
            URI cloudflare,
            Optional<URI> edge,
            Optional<InetSocketAddress> dns,
            World.Bounds bounds,
            World.Transport policy) {
        return with(
                github,
                neon,
                cloudflare,
                edge,
                dns,
                bounds,
                policy,
                Map.of(
                        Provider.GITHUB, Secret.of("ghp_canaryCanaryCanary0001"),
                        Provider.NEON, Secret.of("napi_canaryCanaryCanary0002"),
                        Provider.CLOUDFLARE, Secret.of("canary-cloudflare-0003")));
    }

    public static World with(
            URI github,
            URI neon,
            URI cloudflare,
            Optional<URI> edge,
            Optional<InetSocketAddress> dns,
            World.Bounds bounds,
            World.Transport policy,
            Map<Provider, Secret> tokens) {
        return new World(
                "test",
                "test",
                true,
                github,
                neon,
                cloudflare,
                dns,
                edge,
                tokens,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                policy,
                bounds);
    }
}
