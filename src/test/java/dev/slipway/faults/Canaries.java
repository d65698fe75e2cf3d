package dev.slipway.faults;

import dev.slipway.cli.TestWorld;
import dev.slipway.domain.Secret;
import dev.slipway.sandbox.world.GitCommit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Looks for a world's secrets wherever Slipway writes: below the homes, in what it said and exported,
/// and in everything it left at the providers.
final class Canaries {
    private final TestWorld world;
    private final Map<String, List<String>> secrets = new HashMap<>();

    private Canaries(TestWorld world) {
        this.world = world;
        var file = world.sandbox().worldFile();
        file.tokens().forEach((provider, token) -> secrets.put(provider + " token", forms(token)));
        secrets.put("database password", forms(password(world)));
    }

    /// What was found and where; never the secret itself.
    static List<String> in(TestWorld world) {
        var canaries = new Canaries(world);
        var found = new ArrayList<String>();
        canaries.files(found);
        canaries.remotes(found);
        return found;
    }

    /// Which secrets of the world a text shows.
    static List<String> in(TestWorld world, String text) {
        return new Canaries(world).shown(text);
    }

    private static String password(TestWorld world) {
        Secret uri =
                world.sandbox()
                        .neon()
                        .connectionUri(
                                world.sandbox().worldFile().project(),
                                "production",
                                "codex",
                                "codex_owner",
                                false);
        return URI.create(uri.reveal()).getUserInfo().split(":", 2)[1];
    }

    /// As it is, and as Base64 and URLs hold it.
    private static List<String> forms(String secret) {
        var bytes = secret.getBytes(StandardCharsets.UTF_8);
        return List.of(
                secret,
                Base64.getEncoder().withoutPadding().encodeToString(bytes),
                URLEncoder.encode(secret, StandardCharsets.UTF_8));
    }

    private List<String> shown(String text) {
        return secrets.entrySet().stream()
                .filter(secret -> secret.getValue().stream().anyMatch(text::contains))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void look(String where, String text, List<String> found) {
        shown(text).forEach(secret -> found.add(secret + " in " + where));
    }

    /// The world files are what tokens are handed over in, and `tokens.json` is where they are kept.
    private void files(List<String> found) {
        try (Stream<Path> all = Files.walk(world.folder())) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                var name = file.getFileName().toString();
                if (!name.startsWith("world")
                        && !name.startsWith("wire")
                        && !name.equals("tokens.json")) {
                    // Each byte one character: databases are no text.
                    look(
                            world.folder().relativize(file).toString(),
                            Files.readString(file, StandardCharsets.ISO_8859_1),
                            found);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void remotes(List<String> found) {
        var sandbox = world.sandbox();
        var hub = sandbox.github();
        hub.git()
                .refs("refs/")
                .forEach((name, id) -> {
                    hub.git().tag(id).ifPresent(tag -> look(name, tag.message(), found));
                    hub.git()
                            .resolve(name)
                            .ifPresent(tip -> {
                                for (GitCommit commit :
                                        hub.git().log(tip, Optional.empty(), 10_000)) {
                                    look("a commit on " + name, commit.message(), found);
                                }
                            });
                });
        hub.pulls()
                .all()
                .forEach(pull ->
                        hub.issues()
                                .comments(pull.number())
                                .forEach(c -> look("a comment", c.body(), found)));
        for (var one : hub.deployments().deployments()) {
            look("a deployment", one.payload() + one.description(), found);
            hub.deployments()
                    .statuses(one.id())
                    .forEach(s -> look("a deployment's status", s.description(), found));
        }
        sandbox.neon()
                .branches(sandbox.worldFile().project())
                .forEach(b -> look("a branch's annotation", b.name() + b.annotation(), found));
        for (var script : sandbox.cloudflare().workers().scripts()) {
            script.deployments()
                    .forEach(d -> look("a deployment", d.annotations().toString(), found));
            script.versions().forEach(v -> look("a version", v.annotations().toString(), found));
        }
    }
}
