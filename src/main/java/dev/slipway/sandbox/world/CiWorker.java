package dev.slipway.sandbox.world;

import java.util.Map;

/// A Worker as continuous integration builds it.
///
/// @param names what it is called where
/// @param folder where its code is in the repository; empty for the top
/// @param vars plain variables of production
public record CiWorker(StackFile.Worker names, String folder, Map<String, String> vars) {
    public CiWorker {
        vars = Map.copyOf(vars);
    }

    /// Path of the file that says how it behaves, when the repository brings one.
    String behaviour() {
        return (folder.isEmpty() ? "" : folder + "/") + WorkerModule.BEHAVIOUR;
    }
}
