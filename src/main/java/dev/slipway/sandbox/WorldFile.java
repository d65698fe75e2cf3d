package dev.slipway.sandbox;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// How a running world is reached: the line `slipway sandbox` prints first. The tokens in it are
/// worth nothing outside the world.
///
/// @param id of the world
/// @param name what people call it
/// @param github base address of the REST API
/// @param neon ends in `/api/v2`
/// @param cloudflare ends in `/client/v4`
/// @param edge where Workers answer, the hostname in `Host`
/// @param tokens by `github`, `neon`, `cloudflare`
/// @param stack its slipway.yaml
/// @param repository `owner/name`
/// @param control where faults are switched; ends in a slash and knows no other guard than its
///     secret path
public record WorldFile(
        String id,
        String name,
        URI github,
        URI neon,
        URI cloudflare,
        InetSocketAddress dns,
        URI edge,
        Map<String, String> tokens,
        Path stack,
        String repository,
        String project,
        String account,
        String zone,
        SandboxBounds bounds,
        URI control) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public WorldFile {
        tokens = Map.copyOf(tokens);
    }

    /// The line, without a line end.
    public String line() {
        var world = new LinkedHashMap<String, Object>();
        world.put("id", id);
        world.put("name", name);
        world.put("github", github.toString());
        world.put("neon", neon.toString());
        world.put("cloudflare", cloudflare.toString());
        world.put("dns", dns.getAddress().getHostAddress() + ":" + dns.getPort());
        world.put("edge", edge.toString());
        world.put("tokens", tokens);
        world.put("stack", stack.toString());
        world.put("repository", repository);
        world.put("project", project);
        world.put("account", account);
        world.put("zone", zone);
        world.put(
                "transport", Map.of("plainHttp", true, "loopback", true, "postgresTls", "disable"));
        world.put("bounds", bounds.keys());
        world.put("control", control.toString());
        return JSON.writeValueAsString(world);
    }

    /// Without the tokens and the secret path.
    @Override
    public String toString() {
        return "world " + id + " (" + name + ")";
    }
}
