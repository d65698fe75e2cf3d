package dev.slipway.production;

import java.util.Collection;
import java.util.Optional;

/// The names of release tags: `<environment>-r<N>`.
public final class Releases {
    private Releases() {}

    /// The number in a tag's short name; empty when it is no release of `environment`.
    public static Optional<Integer> number(String environment, String tag) {
        var prefix = environment + "-r";
        var digits = tag.startsWith(prefix) ? tag.substring(prefix.length()) : "";
        return digits.matches("[1-9][0-9]{0,8}")
                ? Optional.of(Integer.parseInt(digits))
                : Optional.empty();
    }

    /// The number the next release gets: one more than the highest.
    public static int next(String environment, Collection<String> tags) {
        return 1
                + tags.stream()
                        .flatMap(tag -> number(environment, tag).stream())
                        .max(Integer::compare)
                        .orElse(0);
    }
}
