package dev.slipway.ui.screens;

import java.util.function.Supplier;
import javafx.scene.Parent;

/// A page that can be pictured. Each view package names its own; the command asks all of them.
///
/// @param name of the file without its ending: lower-case words with hyphens, such as
///     `production-overview`
/// @param root builds the page with its models already filled; called on the FX thread, once per
///     picture
public record Screen(String name, Supplier<? extends Parent> root) {
    public Screen {
        if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("not a name of a screen: " + name);
        }
    }
}
