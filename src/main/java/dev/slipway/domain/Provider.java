package dev.slipway.domain;

/// A system Slipway reads from or writes to.
public enum Provider {
    GITHUB("GitHub"),
    NEON("Neon"),
    CLOUDFLARE("Cloudflare"),
    DNS("DNS"),
    POSTGRES("Postgres"),
    /// The deployed Workers themselves, asked over HTTP.
    WORKER("Worker");

    private final String title;

    Provider(String title) {
        this.title = title;
    }

    /// The name as its owner writes it.
    public String title() {
        return title;
    }

    /// The lower-case key used in JSON.
    public String key() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
