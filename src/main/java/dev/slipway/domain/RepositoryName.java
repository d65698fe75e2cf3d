package dev.slipway.domain;

import java.util.regex.Pattern;

/// A repository as GitHub names it, `owner/name`.
///
/// @param owner person or organisation
/// @param name repository below it
public record RepositoryName(String owner, String name) {
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9._-]+");

    /// @throws IllegalArgumentException when a part has a character GitHub does not allow
    public RepositoryName {
        if (!PART.matcher(owner).matches() || !PART.matcher(name).matches()) {
            throw new IllegalArgumentException("not a repository name: " + owner + "/" + name);
        }
    }

    /// Reads `owner/name`.
    ///
    /// @throws IllegalArgumentException when `text` is anything else
    public static RepositoryName parse(String text) {
        var slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("not owner/name: " + text);
        }
        return new RepositoryName(text.substring(0, slash), text.substring(slash + 1));
    }

    /// `owner/name`.
    @Override
    public String toString() {
        return owner + "/" + name;
    }
}
