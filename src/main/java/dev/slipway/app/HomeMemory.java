package dev.slipway.app;

import dev.slipway.domain.Provider;
import dev.slipway.preview.PreviewList;
import dev.slipway.ui.desk.Memory;
import dev.slipway.ui.desk.Preferences;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// What the window is remembered by, in the files of a home.
///
/// @param base the home
/// @param world folder of the world in it
record HomeMemory(Home base, Path world) implements Memory {
    @Override
    public Preferences preferences() {
        return new PreferencesFile(base.preferences()).read();
    }

    @Override
    public void keep(Preferences chosen) {
        new PreferencesFile(base.preferences()).write(chosen);
    }

    @Override
    public Optional<PreviewList> previews() {
        return new PreviewCache(world).read();
    }

    @Override
    public void keep(PreviewList list) {
        new PreviewCache(world).write(list);
    }

    @Override
    public Set<Provider> connected() {
        return new TokenFile(base.tokens()).read().keySet();
    }

    @Override
    public Path home() {
        return base.folder();
    }
}
