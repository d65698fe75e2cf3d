package dev.slipway.sandbox.world;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What somebody uploads as a version.
///
/// @param mainModule name of the module that runs
/// @param files all modules, [WorkerModule#BEHAVIOUR] among them when the Worker has one
/// @param bindings new bindings; type `inherit` takes one over from the newest version
/// @param keepBindings types whose bindings are taken over from the newest version
/// @param annotations see [WorkerVersion]
/// @param runtime other keys of the metadata
/// @param source `wrangler`, `api` …
public record WorkerUpload(
        String mainModule,
        List<File> files,
        List<WorkerBinding> bindings,
        Set<String> keepBindings,
        Map<String, String> annotations,
        Map<String, Object> runtime,
        String source) {

    /// A module with its content.
    public record File(String name, String contentType, byte[] content) {}

    public WorkerUpload {
        files = List.copyOf(files);
        bindings = List.copyOf(bindings);
        keepBindings = Set.copyOf(keepBindings);
        annotations = Map.copyOf(annotations);
        runtime = Map.copyOf(runtime);
    }

    /// What CI uploads: one module, a behaviour, secrets kept from the version before.
    ///
    /// @param script text of `index.js`
    /// @param behaviour text of `sandbox-worker.json`
    public static WorkerUpload of(String script, String behaviour) {
        return new WorkerUpload(
                "index.js",
                List.of(
                        file("index.js", "application/javascript+module", script),
                        file(WorkerModule.BEHAVIOUR, "application/json", behaviour)),
                List.of(),
                Set.of("secret_text", "secret_key"),
                Map.of(),
                Map.of("compatibility_date", "2026-11-01"),
                "wrangler");
    }

    /// The same with more bindings.
    public WorkerUpload bind(WorkerBinding... more) {
        var all = new ArrayList<>(bindings);
        all.addAll(List.of(more));
        return new WorkerUpload(mainModule, files, all, keepBindings, annotations, runtime, source);
    }

    /// The same with one more annotation, for example `workers/commit_sha`.
    public WorkerUpload annotate(String key, String value) {
        var all = new LinkedHashMap<>(annotations);
        all.put(key, value);
        return new WorkerUpload(mainModule, files, bindings, keepBindings, all, runtime, source);
    }

    private static File file(String name, String contentType, String text) {
        return new File(name, contentType, text.getBytes(StandardCharsets.UTF_8));
    }
}
