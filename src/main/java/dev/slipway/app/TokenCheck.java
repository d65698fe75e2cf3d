package dev.slipway.app;

import dev.slipway.cli.Program.TokenLine;
import dev.slipway.cloudflare.HttpCloudflare;
import dev.slipway.cloudflare.Zone;
import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.RefusedException;
import dev.slipway.domain.RepositoryName;
import dev.slipway.domain.World;
import dev.slipway.github.HttpGitHub;
import dev.slipway.github.TokenReport;
import dev.slipway.http.Transport;
import dev.slipway.neon.HttpNeon;
import dev.slipway.stack.Stack;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Finds out by reading calls what a token may do. Writing is never tried by writing.
final class TokenCheck {
    private final Transport transport;
    private final Stack stack;

    private TokenCheck(Transport transport, Stack stack) {
        this.transport = transport;
        this.stack = stack;
    }

    static TokenCheck of(World world, Stack stack, InstantSource clock) {
        return new TokenCheck(new Transport(world, clock), stack);
    }

    /// What the token of `provider` may do.
    ///
    /// @throws RefusedException when the provider does not take the token at all
    List<TokenLine> check(Provider provider) {
        try {
            return switch (provider) {
                case GITHUB -> github();
                case NEON -> neon();
                case CLOUDFLARE -> cloudflare();
                default -> throw new IllegalArgumentException(provider.title() + " has no token");
            };
        } catch (FailureException e) {
            throw new RefusedException(
                    e.failure().sentence()
                            + (e.failure() instanceof Failure.Unauthorized
                                    ? ". Nothing was stored; check that the whole token was given."
                                    : ". Nothing was stored."));
        }
    }

    private List<TokenLine> github() {
        var gitHub = new HttpGitHub(transport, RepositoryName.parse(stack.repository()));
        var report = gitHub.token();
        return report.probes().stream()
                .map(probe -> new TokenLine(probe.permission(), state(probe.grant()), probe.use()))
                .toList();
    }

    private static String state(TokenReport.Grant grant) {
        return switch (grant) {
            case YES -> "granted";
            case NO -> "missing";
            case UNKNOWN -> "not-testable";
        };
    }

    private List<TokenLine> neon() {
        var neon = new HttpNeon(transport, stack.neon().project());
        var lines = new ArrayList<TokenLine>();
        neon.read();
        lines.add(new TokenLine("project: read", "granted", "see branches and computes"));
        var branches = neon.branches();
        lines.add(
                new TokenLine(
                        "branch " + stack.neon().branch(),
                        branches.stream().anyMatch(b -> b.name().equals(stack.neon().branch()))
                                ? "granted"
                                : "missing",
                        "the production database"));
        lines.add(
                new TokenLine(
                        "branches: write", "not-testable", "rehearse; Neon has no read-only keys"));
        return lines;
    }

    private List<TokenLine> cloudflare() {
        var cloudflare = new HttpCloudflare(transport, stack.cloudflare().account());
        var status = cloudflare.token();
        if (!status.active()) {
            throw new RefusedException(
                    "The Cloudflare token is " + status.status() + ". Nothing was stored.");
        }
        var lines = new ArrayList<TokenLine>();
        lines.add(
                new TokenLine("Workers Scripts: read", tried(cloudflare::scripts), "see Workers"));
        lines.add(
                new TokenLine(
                        "Zone: read",
                        tried(() -> cloudflare.dnsRecords(zone(cloudflare))),
                        "see the DNS records of " + stack.cloudflare().zone()));
        lines.add(new TokenLine("Workers Scripts: write", "not-testable", "promote and roll back"));
        stack.restore()
                .maintenance()
                .ifPresent(worker -> lines.addAll(maintenance(cloudflare, worker)));
        return lines;
    }

    /// Needed only where `slipway.yaml` names a Worker that answers while the database is restored.
    private List<TokenLine> maintenance(HttpCloudflare cloudflare, String worker) {
        return List.of(
                new TokenLine(
                        "Workers Routes: read",
                        tried(() -> cloudflare.routes(zone(cloudflare))),
                        "see which routes lead to Workers"),
                new TokenLine(
                        "Workers Routes: write",
                        "not-testable",
                        "let " + worker + " answer while the database is restored"));
    }

    private String zone(HttpCloudflare cloudflare) {
        return cloudflare.zones().stream()
                .filter(z -> z.name().equals(stack.cloudflare().zone()))
                .findFirst()
                .map(Zone::id)
                .orElseThrow(() ->
                        new FailureException(
                                new Failure.NotFound(
                                        Provider.CLOUDFLARE, "zone " + stack.cloudflare().zone())));
    }

    private static String tried(java.util.function.Supplier<?> call) {
        try {
            return call.get() == null ? "missing" : "granted";
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Unauthorized
                    || e.failure() instanceof Failure.NotFound) {
                return "missing";
            }
            throw e;
        }
    }
}
