package dev.slipway.production;

import java.util.Locale;

/// Whether the live code works on the live schema.
public enum Fit {
    YES,
    NO,
    UNKNOWN;

    /// As `--json` writes it.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
