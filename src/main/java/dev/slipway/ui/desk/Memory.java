package dev.slipway.ui.desk;

import dev.slipway.domain.Provider;
import dev.slipway.preview.PreviewList;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// What this computer remembers between two starts of the window. All but [#home()] read and write files:
/// never call them on the FX thread.
public interface Memory {
    /// What the person chose for the window.
    Preferences preferences();

    /// Keeps what the person chose, for every world of this home.
    void keep(Preferences chosen);

    /// The previews as the last session of this world saw them; empty when there was none.
    Optional<PreviewList> previews();

    /// Keeps `list` for the next start.
    void keep(PreviewList list);

    /// Whose live token is stored in the home; never those of a sandbox.
    Set<Provider> connected();

    /// Where this computer keeps journals, logs, tokens and the sandbox.
    Path home();
}
