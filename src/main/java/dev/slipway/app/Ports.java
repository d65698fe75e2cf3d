package dev.slipway.app;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.domain.World;
import dev.slipway.github.GitHub;
import dev.slipway.health.Prober;
import dev.slipway.neon.Neon;
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
        Clock clock) {}
