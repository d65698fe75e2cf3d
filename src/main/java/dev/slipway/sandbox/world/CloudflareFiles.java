package dev.slipway.sandbox.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// The files of a sandbox's Cloudflare: one JSON document per script, one for the rest, module
/// contents under their hash. A document is replaced whole, so that a kill leaves the old or the new.
final class CloudflareFiles implements CloudflareStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final Path home;

    CloudflareFiles(Path home) {
        this.home = home;
        try {
            Files.createDirectories(home.resolve("scripts"));
            Files.createDirectories(home.resolve("modules"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public <T> Optional<T> read(String name, Class<T> type) {
        var file = home.resolve(name);
        return Files.exists(file)
                ? Optional.of(JSON.readValue(file.toFile(), type))
                : Optional.empty();
    }

    @Override
    public List<WorkerScript> scripts() {
        try (var files = Files.list(home.resolve("scripts"))) {
            return files.filter(f -> f.toString().endsWith(".json"))
                    .map(f -> JSON.readValue(f.toFile(), WorkerScript.class))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void write(WorkerScript script) {
        write("scripts/" + script.name() + ".json", script);
    }

    @Override
    public void remove(WorkerScript script) {
        try {
            Files.deleteIfExists(home.resolve("scripts").resolve(script.name() + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void write(String name, Object value) {
        replace(home.resolve(name), JSON.writeValueAsBytes(value));
    }

    @Override
    public WorkerModule keep(WorkerUpload.File file) {
        var hash = HexFormat.of().formatHex(sha256(file.content()));
        var target = home.resolve("modules").resolve(hash);
        if (!Files.exists(target)) {
            replace(target, file.content());
        }
        return new WorkerModule(file.name(), file.contentType(), hash, file.content().length);
    }

    @Override
    public byte[] content(WorkerModule module) {
        try {
            return Files.readAllBytes(home.resolve("modules").resolve(module.sha256()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void replace(Path target, byte[] bytes) {
        try {
            var fresh = Files.createTempFile(target.getParent(), ".new", ".tmp");
            Files.write(fresh, bytes);
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
