package dev.slipway.app;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.cloudflare.HttpCloudflare;
import dev.slipway.domain.RepositoryName;
import dev.slipway.domain.World;
import dev.slipway.github.GitHub;
import dev.slipway.github.HttpGitHub;
import dev.slipway.health.EdgeProber;
import dev.slipway.health.Prober;
import dev.slipway.http.EdgeClient;
import dev.slipway.http.Transport;
import dev.slipway.neon.HttpNeon;
import dev.slipway.neon.Neon;
import dev.slipway.postgres.JdbcPostgres;
import dev.slipway.postgres.Postgres;
import dev.slipway.stack.Stack;
import java.time.Clock;

/// The ways to the remotes of one world, and what is deployed there.
record Ports(
        World world,
        Stack stack,
        GitHub gitHub,
        Neon neon,
        Cloudflare cloudflare,
        Prober prober,
        Postgres postgres,
        Clock clock) {

    /// Those over the real protocols.
    static Ports over(Transport transport, Stack stack, Clock clock) {
        var world = transport.world();
        return new Ports(
                world,
                stack,
                new HttpGitHub(transport, RepositoryName.parse(stack.repository())),
                new HttpNeon(transport, stack.neon().project()),
                new HttpCloudflare(transport, stack.cloudflare().account()),
                new EdgeProber(new EdgeClient(world, clock)),
                new JdbcPostgres(world.transport(), world.bounds()),
                clock);
    }
}
