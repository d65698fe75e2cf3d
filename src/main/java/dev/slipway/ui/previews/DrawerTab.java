package dev.slipway.ui.previews;

import dev.slipway.preview.Preview;
import java.util.List;
import javafx.scene.Node;

/// What one tab of the drawer shows.
@FunctionalInterface
interface DrawerTab {
    /// The rows for `preview`, top to bottom.
    List<Node> of(Preview preview);
}
