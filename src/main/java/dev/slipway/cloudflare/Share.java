package dev.slipway.cloudflare;

/// A version's part of the traffic.
///
/// @param version id
/// @param percent 0 to 100; a version at 0 answers only requests that name it
public record Share(String version, double percent) {
    /// @throws IllegalArgumentException when the part is not between 0 and 100
    public Share {
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException("not a percentage: " + percent);
        }
    }
}
