package dev.slipway.ui.shell;

import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the command palette offers: the views, what the view of the moment can do, and what the window can.
final class Commands {
    private Commands() {}

    /// @param view the one of the moment
    /// @param arm asks whether the window shall write from now on
    /// @param help shows the keys
    static List<CommandPalette.Command> of(
            Shell.Parts parts, Texts texts, Optional<View> view, Runnable arm, Runnable help) {
        var all = new ArrayList<CommandPalette.Command>();
        for (var section : Section.values()) {
            if (parts.views().has(section)) {
                all.add(
                        new CommandPalette.Command(
                                section.icon,
                                section.title,
                                "View",
                                section.shownKeys(),
                                Optional.empty(),
                                () -> parts.navigator().go(section.home())));
            }
        }
        if (view.isPresent()) {
            for (var shortcut : view.get().shortcuts()) {
                all.add(
                        new CommandPalette.Command(
                                Icon.CHEVRON_RIGHT,
                                shortcut.words(),
                                "Here",
                                shortcut.shown(),
                                shortcut.unavailable(),
                                shortcut.action()));
            }
        }
        var reason =
                parts.model().viewerProperty().get()
                        ? Optional.of(texts.get("shell.mode.viewer.help"))
                        : Optional.<String>empty();
        var armed = parts.model().armedProperty().get().isPresent();
        all.add(
                new CommandPalette.Command(
                        armed ? Icon.UNLOCK : Icon.LOCK,
                        texts.get(armed ? "shell.mode.disarm" : "shell.mode.arm"),
                        "Window",
                        armed ? "" : "Ctrl+Shift+A",
                        reason,
                        armed ? parts.arming()::disarm : arm));
        all.add(
                new CommandPalette.Command(
                        Icon.HELP, texts.get("shell.help"), "Window", "?", Optional.empty(), help));
        return all;
    }
}
