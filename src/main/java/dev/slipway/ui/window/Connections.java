package dev.slipway.ui.window;

import dev.slipway.domain.Provider;
import dev.slipway.preview.PreviewList;
import dev.slipway.ui.kit.Status;
import dev.slipway.ui.shell.ShellModel;
import java.util.List;
import java.util.Optional;

/// Who answers, as the frame shows it.
final class Connections {
    private static final List<Provider> PROVIDERS =
            List.of(Provider.GITHUB, Provider.CLOUDFLARE, Provider.NEON, Provider.DNS);

    private Connections() {}

    /// Those of the providers that were asked.
    static List<ShellModel.Connection> of(PreviewList list) {
        return PROVIDERS.stream()
                .flatMap(provider ->
                        Optional.ofNullable(list.providers().get(provider)).stream()
                                .map(state -> of(provider, state, list.offline())))
                .toList();
    }

    private static ShellModel.Connection of(
            Provider provider, PreviewList.ProviderState state, boolean offline) {
        if (state.failure().isEmpty()) {
            return new ShellModel.Connection(
                    provider, Status.HEALTHY, provider.title() + ": connected");
        }
        return offline
                ? new ShellModel.Connection(provider, Status.OFFLINE, "Offline")
                : new ShellModel.Connection(
                        provider, Status.UNKNOWN, provider.title() + ": not answering");
    }
}
