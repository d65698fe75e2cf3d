package dev.slipway.ui.desk;

import dev.slipway.ui.theme.Theme;
import java.util.Set;

/// What a person chose for the window. Nothing here decides about writing.
///
/// @param plainKeys whether single letters are shortcuts
/// @param hiddenColumns titles of the columns of "Previews" that are not shown
/// @param welcomed whether the page of the first start was left
public record Preferences(
        Theme.Scheme scheme,
        Theme.Contrast contrast,
        boolean plainKeys,
        Set<String> hiddenColumns,
        boolean welcomed) {
    /// What holds until somebody chooses.
    public static final Preferences DEFAULT =
            new Preferences(Theme.Scheme.SYSTEM, Theme.Contrast.SYSTEM, true, Set.of(), false);

    public Preferences {
        hiddenColumns = Set.copyOf(hiddenColumns);
    }

    /// With other colours.
    public Preferences with(Theme.Scheme other) {
        return new Preferences(other, contrast, plainKeys, hiddenColumns, welcomed);
    }

    /// With another contrast.
    public Preferences with(Theme.Contrast other) {
        return new Preferences(scheme, other, plainKeys, hiddenColumns, welcomed);
    }

    /// With or without single letters as shortcuts.
    public Preferences withPlainKeys(boolean on) {
        return new Preferences(scheme, contrast, on, hiddenColumns, welcomed);
    }

    /// With these columns hidden and no others.
    public Preferences hiding(Set<String> columns) {
        return new Preferences(scheme, contrast, plainKeys, columns, welcomed);
    }

    /// After the page of the first start was left.
    public Preferences afterWelcome() {
        return new Preferences(scheme, contrast, plainKeys, hiddenColumns, true);
    }
}
