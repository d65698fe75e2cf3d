package dev.slipway.stack;

import java.util.List;
import java.util.Optional;

/// One Worker of a stack.
///
/// @param name what people call it; unique in the stack
/// @param script name of the production script
/// @param hostname where production answers
/// @param previewScript how the script of a pull request is called; empty when previews have none
/// @param previewHostname where it answers; present exactly when `previewScript` is
/// @param health where it says how it is
/// @param secrets names of the secrets it cannot run without
public record StackWorker(
        String name,
        String script,
        String hostname,
        Optional<NamePattern> previewScript,
        Optional<NamePattern> previewHostname,
        HealthShape health,
        List<String> secrets) {
    public StackWorker {
        secrets = List.copyOf(secrets);
    }
}
