package dev.slipway.cloudflare;

import java.util.List;

/// The code of a version, as it was uploaded.
///
/// @param main name of the module that is run
public record VersionCode(String main, List<Module> modules) {
    public VersionCode {
        modules = List.copyOf(modules);
    }

    /// One file.
    ///
    /// @param name for example `index.js`
    /// @param contentType for example `application/javascript+module`
    public record Module(String name, String contentType, byte[] content) {}
}
