package dev.slipway.domain;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A set of endpoints with its policy and time bounds: live, or a sandbox. This record is the only
/// difference between the two; nothing else in the program asks which one it is.
///
/// @param id identifies the world; journals belong to one
/// @param name what people call it
/// @param sandbox whether nothing here is real, so that every screen says so
/// @param github base address of GitHub's REST API; GraphQL is `graphql` below it
/// @param neon base address ending in `/api/v2`
/// @param cloudflare base address ending in `/client/v4`
/// @param dns the resolver to ask; empty means the system's
/// @param edge where HTTP requests to Workers are sent, Host and SNI staying the real hostname;
///     empty means where the name resolves to
/// @param tokens one for each provider that needs one; a missing one means not connected
/// @param stack the slipway.yaml that belongs to the world, when it brings its own
/// @param account Cloudflare account id
/// @param project Neon project id, empty when the stack file names it
/// @param repository `owner/name`, empty when the stack file names it
/// @param zone DNS zone, empty when the stack file names it
public record World(
        String id,
        String name,
        boolean sandbox,
        URI github,
        URI neon,
        URI cloudflare,
        Optional<InetSocketAddress> dns,
        Optional<URI> edge,
        Map<Provider, Secret> tokens,
        Optional<Path> stack,
        Optional<String> account,
        Optional<String> project,
        Optional<String> repository,
        Optional<String> zone,
        Transport transport,
        Bounds bounds) {

    public World {
        tokens = Map.copyOf(tokens);
    }

    /// What a connection may look like.
    ///
    /// @param plainHttp whether `http:` addresses are allowed
    /// @param loopback whether loopback and private addresses are allowed
    /// @param postgresTls value of the driver's `sslmode`: `disable` or `verify-full`
    public record Transport(boolean plainHttp, boolean loopback, String postgresTls) {
        /// HTTPS to public addresses, Postgres with a verified certificate.
        public static final Transport LIVE = new Transport(false, false, "verify-full");
    }

    /// How long things take here at most. A sandbox has short ones.
    ///
    /// @param quiet how long a request whose outcome is unknown may still take effect, per provider
    /// @param twoReads distance of the two readings that must agree before "absent" is believed
    /// @param lease how long the production lock is held without renewal
    /// @param renew how often it is renewed
    /// @param poll distance of two looks at something that is awaited
    /// @param probeInterval distance of two health probes
    /// @param soak how long all traffic is watched before a promotion is called done
    /// @param stepDeadline how long a step may take before it waits for a person
    /// @param connect connect timeout of a call
    /// @param read timeout of a reading call
    /// @param mutation timeout of a changing call
    /// @param gap least distance of two changing calls, for a provider that asks for one
    public record Bounds(
            Map<Provider, Duration> quiet,
            Duration twoReads,
            Duration lease,
            Duration renew,
            Duration poll,
            Duration probeInterval,
            Duration soak,
            Duration stepDeadline,
            Duration connect,
            Duration read,
            Duration mutation,
            Map<Provider, Duration> gap) {

        /// The bounds of real providers; the reasons are in docs/decisions.
        public static final Bounds LIVE =
                new Bounds(
                        Map.of(
                                Provider.GITHUB, Duration.ofSeconds(30),
                                Provider.NEON, Duration.ofSeconds(120),
                                Provider.CLOUDFLARE, Duration.ofSeconds(120),
                                Provider.POSTGRES, Duration.ofSeconds(10)),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(15),
                        Duration.ofMinutes(15),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60),
                        Map.of(Provider.GITHUB, Duration.ofSeconds(1)));

        public Bounds {
            quiet = Map.copyOf(quiet);
            gap = Map.copyOf(gap);
        }

        /// The quiet time of `provider`; zero when it has none.
        public Duration quiet(Provider provider) {
            return quiet.getOrDefault(provider, Duration.ZERO);
        }

        /// The least distance of two changing calls to `provider`; zero when it asks for none.
        public Duration gap(Provider provider) {
            return gap.getOrDefault(provider, Duration.ZERO);
        }
    }

    /// The token of `provider`, when it is connected.
    public Optional<Secret> token(Provider provider) {
        return Optional.ofNullable(tokens.get(provider));
    }

    /// The same world with other tokens.
    public World withTokens(Map<Provider, Secret> others) {
        return new World(
                id,
                name,
                sandbox,
                github,
                neon,
                cloudflare,
                dns,
                edge,
                others,
                stack,
                account,
                project,
                repository,
                zone,
                transport,
                bounds);
    }
}
