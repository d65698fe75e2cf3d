package dev.slipway.sandbox.world;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Code and bindings of a Worker as they were uploaded once; never changes.
///
/// @param id UUID
/// @param number counts from 1 within the script
/// @param source `api`, `wrangler`, `dash` or another of Cloudflare's words
/// @param author e-mail address
/// @param annotations `workers/tag`, `workers/message`, `workers/commit_sha`, `workers/alias`,
///     `workers/triggered_by`
/// @param mainModule name of the module that runs
/// @param runtime the other keys of the upload's metadata: compatibility date, limits and the like
/// @param hasPreview whether it can be reached at an address of its own
public record WorkerVersion(
        String id,
        int number,
        Instant createdOn,
        String source,
        String author,
        Map<String, String> annotations,
        String mainModule,
        Map<String, Object> runtime,
        List<WorkerBinding> bindings,
        List<WorkerModule> modules,
        WorkerBehaviour behaviour,
        boolean hasPreview) {

    public WorkerVersion {
        annotations = Map.copyOf(annotations);
        runtime = Map.copyOf(runtime);
        bindings = List.copyOf(bindings);
        modules = List.copyOf(modules);
    }

    /// The value of an annotation.
    public Optional<String> annotation(String key) {
        return Optional.ofNullable(annotations.get(key));
    }

    /// The binding of this name.
    public Optional<WorkerBinding> binding(String name) {
        return bindings.stream().filter(b -> b.name().equals(name)).findFirst();
    }

    /// The text of a variable or secret.
    public Optional<String> text(String name) {
        return binding(name).flatMap(WorkerBinding::text);
    }

    /// The bindings whose values are never given out.
    public List<WorkerBinding> secrets() {
        return bindings.stream().filter(WorkerBinding::secret).toList();
    }

    /// The first eight digits of the id, as in version addresses.
    public String shortId() {
        return id.substring(0, 8);
    }
}
