package dev.slipway.sandbox.world;

/// One file of a Worker. The content lies beside the state, under its hash.
///
/// @param name for example `index.js`
/// @param contentType as uploaded
/// @param sha256 hash of the content, hex
/// @param size bytes
public record WorkerModule(String name, String contentType, String sha256, long size) {
    /// Name of the part that says how the sandbox's Worker behaves.
    public static final String BEHAVIOUR = "sandbox-worker.json";
}
