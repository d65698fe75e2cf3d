package dev.slipway.sandbox.world;

import java.util.List;
import java.util.Optional;

/// Where the state of a sandbox's Cloudflare is kept.
interface CloudflareStore {
    /// The document of that name.
    <T> Optional<T> read(String name, Class<T> type);

    /// Every script that was written.
    List<WorkerScript> scripts();

    /// Keeps a script, instead of what was kept of it.
    void write(WorkerScript script);

    /// Forgets a script.
    void remove(WorkerScript script);

    /// Keeps a document, instead of the one of that name.
    void write(String name, Object value);

    /// Keeps the content of a module.
    WorkerModule keep(WorkerUpload.File file);

    /// The content of a module.
    byte[] content(WorkerModule module);
}
