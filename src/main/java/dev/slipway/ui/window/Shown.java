package dev.slipway.ui.window;

import dev.slipway.domain.Failure;
import dev.slipway.domain.Provider;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.preview.Preview;
import dev.slipway.preview.PreviewList;
import dev.slipway.preview.Previews;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Previews that were read, shown as they would be in another state of the world.
record Shown(PreviewList list) implements Previews {
    @Override
    public PreviewList refresh() {
        return list;
    }

    @Override
    public PreviewList poll() {
        return list;
    }

    @Override
    public PreviewList one(PullRequestNumber number) {
        return list;
    }

    /// No pull request is open.
    static Shown empty(PreviewList read) {
        return new Shown(new PreviewList(read.asOf(), read.providers(), List.of()));
    }

    /// Neon has not answered since it was read.
    static Shown withoutNeon(PreviewList read) {
        return new Shown(
                new PreviewList(
                        read.asOf(),
                        silent(read, List.of(Provider.NEON)),
                        read.previews().stream().map(Shown::withoutNeon).toList()));
    }

    /// Nobody has answered since it was read.
    static Shown offline(PreviewList read) {
        return new Shown(
                new PreviewList(
                        read.asOf(),
                        silent(read, List.of(Provider.GITHUB, Provider.NEON, Provider.CLOUDFLARE)),
                        read.previews()));
    }

    private static Map<Provider, PreviewList.ProviderState> silent(
            PreviewList read, List<Provider> who) {
        var all = new EnumMap<Provider, PreviewList.ProviderState>(Provider.class);
        all.putAll(read.providers());
        for (var provider : who) {
            all.put(
                    provider,
                    new PreviewList.ProviderState(
                            Optional.of(read.asOf()),
                            Optional.of(new Failure.Unreachable(provider, "connection refused"))));
        }
        return all;
    }

    private static Preview withoutNeon(Preview was) {
        return new Preview(
                was.number(),
                was.title(),
                was.url(),
                was.author(),
                was.branch(),
                was.head(),
                was.traits(),
                was.state() == Preview.State.NOT_CREATED ? was.state() : Preview.State.UNKNOWN,
                was.state() == Preview.State.NOT_CREATED ? was.reason() : "Neon not answering",
                new Preview.Database(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Preview.Isolation.NOT_PROVEN,
                        false),
                was.workers(),
                was.names(),
                was.checks(),
                was.health(),
                was.updated(),
                Optional.empty());
    }
}
