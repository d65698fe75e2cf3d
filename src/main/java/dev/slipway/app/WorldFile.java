package dev.slipway.app;

import dev.slipway.domain.InputException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.Secret;
import dev.slipway.domain.World;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the description of a running sandbox, the first line `slipway sandbox` prints.
public final class WorldFile {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private WorldFile() {}

    /// Reads the file of `--world`.
    ///
    /// @throws InputException naming the key that is missing or wrong
    public static World read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new InputException(
                    "The world file "
                            + file
                            + " cannot be read. Nothing was changed; give the first line that"
                            + " \"slipway sandbox\" prints.");
        } catch (JacksonException | IllegalArgumentException e) {
            throw new InputException(
                    "The world file "
                            + file
                            + " is not a world: "
                            + why(e)
                            + ". Nothing was changed.");
        }
    }

    /// Where faults are switched, of the file of `--world`; empty when it does not say.
    ///
    /// @throws InputException when the file cannot be read
    static Optional<URI> control(Path file) {
        read(file);
        try {
            return control(Files.readString(file));
        } catch (IOException e) {
            throw new InputException("The world file " + file + " cannot be read.");
        }
    }

    /// The same of the line itself.
    static Optional<URI> control(String line) {
        return text(JSON.readTree(line), "control").map(URI::create);
    }

    /// Reads the line itself.
    ///
    /// @throws IllegalArgumentException naming the key that is missing or wrong
    public static World parse(String line) {
        if (line.isBlank()) {
            throw new IllegalArgumentException(
                    "it is empty, as it is until the sandbox that writes it is ready");
        }
        var tree = JSON.readTree(line);
        var tokens = new EnumMap<Provider, Secret>(Provider.class);
        for (var provider : new Provider[] {Provider.GITHUB, Provider.NEON, Provider.CLOUDFLARE}) {
            text(tree.path("tokens"), provider.key())
                    .ifPresent(token -> tokens.put(provider, Secret.of(token)));
        }
        var transport = tree.path("transport");
        return new World(
                required(tree, "id"),
                text(tree, "name").orElse(required(tree, "id")),
                true,
                URI.create(required(tree, "github")),
                URI.create(required(tree, "neon")),
                URI.create(required(tree, "cloudflare")),
                text(tree, "dns").map(WorldFile::address),
                text(tree, "edge").map(URI::create),
                tokens,
                text(tree, "stack").map(Path::of),
                text(tree, "account"),
                text(tree, "project"),
                text(tree, "repository"),
                text(tree, "zone"),
                new World.Transport(
                        transport.path("plainHttp").asBoolean(false),
                        transport.path("loopback").asBoolean(false),
                        text(transport, "postgresTls").orElse("verify-full")),
                bounds(tree.path("bounds")));
    }

    private static World.Bounds bounds(JsonNode tree) {
        var live = World.Bounds.LIVE;
        return new World.Bounds(
                perProvider(tree, "quietMs", live.quiet()),
                millis(tree, "twoReadsMs", live.twoReads()),
                millis(tree, "leaseMs", live.lease()),
                millis(tree, "renewMs", live.renew()),
                millis(tree, "pollMs", live.poll()),
                millis(tree, "probeIntervalMs", live.probeInterval()),
                millis(tree, "soakMs", live.soak()),
                millis(tree, "stepDeadlineMs", live.stepDeadline()),
                millis(tree, "connectMs", live.connect()),
                millis(tree, "readMs", live.read()),
                millis(tree, "mutationMs", live.mutation()),
                perProvider(tree, "gapMs", live.gap()));
    }

    private static Map<Provider, Duration> perProvider(
            JsonNode tree, String key, Map<Provider, Duration> otherwise) {
        var result = new EnumMap<Provider, Duration>(Provider.class);
        result.putAll(otherwise);
        for (var provider : Provider.values()) {
            var given = tree.path(key).path(provider.key());
            if (given.isNumber()) {
                result.put(provider, Duration.ofMillis(given.longValue()));
            }
        }
        return result;
    }

    private static Duration millis(JsonNode tree, String key, Duration otherwise) {
        var value = tree.path(key);
        return value.isNumber() ? Duration.ofMillis(value.longValue()) : otherwise;
    }

    private static InetSocketAddress address(String text) {
        var colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("dns must be host:port, not " + text);
        }
        return new InetSocketAddress(
                text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    private static Optional<String> text(JsonNode tree, String key) {
        var value = tree.path(key);
        return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
    }

    private static String required(JsonNode tree, String key) {
        return text(tree, key)
                .orElseThrow(() -> new IllegalArgumentException("it has no \"" + key + "\""));
    }

    private static String why(RuntimeException e) {
        if (e instanceof JacksonException json) {
            return "it is not JSON at line "
                    + json.getLocation().getLineNr()
                    + ", column "
                    + json.getLocation().getColumnNr();
        }
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
    }
}
