package dev.slipway.sandbox.server;

import dev.slipway.domain.Provider;
import dev.slipway.domain.RepositoryName;
import dev.slipway.domain.Secret;
import dev.slipway.github.GitHub;
import dev.slipway.github.HttpGitHub;
import dev.slipway.http.Transport;
import dev.slipway.http.Worlds;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// The product's own adapters in front of the sandbox's servers.
final class Ports {
    private Ports() {}

    /// A transport of its own, as another machine has one.
    static Transport transport(URI server, Provider provider, String token) {
        return new Transport(
                Worlds.with(
                        server,
                        server,
                        server,
                        Optional.empty(),
                        Optional.empty(),
                        Worlds.QUICK,
                        Worlds.LOOPBACK,
                        Map.of(provider, Secret.of(token))),
                InstantSource.system());
    }

    static GitHub gitHub(GitHubFixture fixture, String token) {
        return new HttpGitHub(
                transport(fixture.server.address(), Provider.GITHUB, token),
                new RepositoryName("acme", "shop"));
    }
}
