package dev.slipway.release;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.InputException;
import dev.slipway.domain.PullRequestNumber;

/// What a person wants in production.
public sealed interface Target {
    /// An open pull request, merged on the way.
    record OfPullRequest(PullRequestNumber number) implements Target {
        @Override
        public String toString() {
            return number.toString();
        }
    }

    /// A commit that is on the base branch.
    record OfCommit(CommitSha sha) implements Target {
        @Override
        public String toString() {
            return sha.brief();
        }
    }

    /// Reads `482`, `#482` or a full commit sha.
    ///
    /// @throws InputException for anything else
    static Target read(String text) {
        var bare = text.startsWith("#") ? text.substring(1) : text;
        if (bare.matches("[1-9][0-9]{0,8}")) {
            return new OfPullRequest(new PullRequestNumber(Integer.parseInt(bare)));
        }
        if (CommitSha.isOne(text)) {
            return new OfCommit(new CommitSha(text));
        }
        throw new InputException(
                "\""
                        + text
                        + "\" is neither a pull request number nor a full commit sha (forty"
                        + " hexadecimal digits). Nothing was asked or changed.");
    }
}
