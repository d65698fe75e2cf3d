package dev.slipway.stack;

import dev.slipway.domain.PullRequestNumber;
import java.util.Optional;
import java.util.regex.Pattern;

/// How the resources of a pull request are called, with `{pr}` where its number stands, for example
/// `web-preview-{pr}`. A pattern may also hold `{branch}` for the Git branch (Neon's own template
/// is `preview/pr-{pr}-{branch}`).
///
/// A name belongs to a pull request exactly when the whole of it fits: `push-feat-pr-12-fix` does
/// not fit `pr-{pr}`.
public final class NamePattern {
    private static final String PR = "{pr}";
    private static final String BRANCH = "{branch}";

    private final String text;
    private final Pattern names;

    private NamePattern(String text, Pattern names) {
        this.text = text;
        this.names = names;
    }

    /// Reads a pattern.
    ///
    /// @throws IllegalArgumentException with a sentence when it has no `{pr}`, two of them, an unknown
    ///     placeholder, or a digit beside the number, which would make names ambiguous
    public static NamePattern of(String text) {
        int pr = text.indexOf(PR);
        if (pr < 0) {
            throw new IllegalArgumentException("the pattern \"" + text + "\" has no {pr}");
        }
        int branch = text.indexOf(BRANCH);
        if (text.indexOf(PR, pr + 1) >= 0
                || (branch >= 0 && text.indexOf(BRANCH, branch + 1) >= 0)) {
            throw new IllegalArgumentException(
                    "the pattern \"" + text + "\" has a placeholder twice");
        }
        var rest = text.replace(PR, "").replace(BRANCH, "");
        if (rest.contains("{") || rest.contains("}")) {
            throw new IllegalArgumentException(
                    "the pattern \""
                            + text
                            + "\" has an unknown placeholder; {pr} and {branch} exist");
        }
        if (besideNumber(text, pr - 1) || besideNumber(text, pr + PR.length())) {
            throw new IllegalArgumentException(
                    "the pattern \""
                            + text
                            + "\" has a digit or another placeholder directly beside {pr}, so a name"
                            + " could be read in two ways");
        }
        var regex =
                Pattern.quote(text)
                        .replace(PR, "\\E(?<pr>[1-9][0-9]{0,8})\\Q")
                        .replace(BRANCH, "\\E.+\\Q");
        return new NamePattern(text, Pattern.compile(regex, Pattern.DOTALL));
    }

    private static boolean besideNumber(String text, int at) {
        return at >= 0
                && at < text.length()
                && (Character.isDigit(text.charAt(at))
                        || text.charAt(at) == '{'
                        || text.charAt(at) == '}');
    }

    /// The pull request `name` belongs to; empty when the name does not fit.
    public Optional<PullRequestNumber> read(String name) {
        var matcher = names.matcher(name);
        return matcher.matches()
                ? Optional.of(new PullRequestNumber(Integer.parseInt(matcher.group("pr"))))
                : Optional.empty();
    }

    /// The name for `pullRequest`.
    ///
    /// @throws IllegalStateException when the pattern needs a Git branch
    public String name(PullRequestNumber pullRequest) {
        if (needsBranch()) {
            throw new IllegalStateException("the pattern " + text + " needs a Git branch");
        }
        return text.replace(PR, Integer.toString(pullRequest.value()));
    }

    /// The name for `pullRequest` on Git branch `branch`.
    public String name(PullRequestNumber pullRequest, String branch) {
        return text.replace(PR, Integer.toString(pullRequest.value())).replace(BRANCH, branch);
    }

    /// Whether the name of a pull request depends on its Git branch.
    public boolean needsBranch() {
        return text.contains(BRANCH);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NamePattern pattern && text.equals(pattern.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /// The pattern as written.
    @Override
    public String toString() {
        return text;
    }
}
