package dev.slipway.ui.shell;

import dev.slipway.ui.kit.Icon;

/// An entry of the sidebar.
public enum Section {
    PREVIEWS("Release", "Previews", Icon.PREVIEWS, 1, 'P'),
    PRODUCTION("Release", "Production", Icon.PRODUCTION, 2, 'O'),
    OPERATIONS("Release", "Operations", Icon.OPERATIONS, 3, 'R'),
    LOGS("Observe", "Logs", Icon.LOGS, 4, 'L'),
    FAULTS("Sandbox", "Faults", Icon.SANDBOX, 5, 'X'),
    SETTINGS("", "Settings", Icon.SETTINGS, 0, ',');

    final String group;
    final String title;
    final Icon icon;
    final int digit;
    final char letter;

    Section(String group, String title, Icon icon, int digit, char letter) {
        this.group = group;
        this.title = title;
        this.icon = icon;
        this.digit = digit;
        this.letter = letter;
    }

    /// Whether it stands at the foot, apart from the work.
    boolean foot() {
        return group.isEmpty();
    }

    /// The combination that leads there.
    String keys() {
        return digit == 0 ? "Shortcut+Comma" : "Shortcut+" + digit;
    }

    /// The combination as people read it.
    String shownKeys() {
        return digit == 0 ? "Ctrl+," : "Ctrl+" + digit;
    }

    /// The name people see.
    public String title() {
        return title;
    }

    /// The place the entry leads to.
    public Place home() {
        return switch (this) {
            case PREVIEWS -> Place.Previews.ALL;
            case PRODUCTION -> new Place.Production();
            case OPERATIONS -> new Place.Operations();
            case LOGS -> Place.Logs.ALL;
            case FAULTS -> new Place.Faults();
            case SETTINGS -> new Place.Settings();
        };
    }
}
