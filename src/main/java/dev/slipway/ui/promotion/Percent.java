package dev.slipway.ui.promotion;

import java.util.Locale;

/// Shares as people read them.
final class Percent {
    private Percent() {}

    /// `1 %`, `0.5 %` of a share from 0 to 1.
    static String of(double share) {
        var percent = share * 100;
        return percent == Math.rint(percent)
                ? Math.round(percent) + " %"
                : String.format(Locale.ROOT, "%.1f %%", percent);
    }

    /// Always with one decimal, for a column: `0.0 %`.
    static String figures(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }
}
