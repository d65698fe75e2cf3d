package dev.slipway.github;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.PullRequestNumber;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How two commits relate.
///
/// @param ahead how many commits head has that base has not
/// @param behind how many commits base has that head has not
/// @param mergeBase their newest common ancestor
/// @param commits the commits ahead, oldest first
public record Comparison(int ahead, int behind, CommitSha mergeBase, List<Commit> commits) {
    private static final Pattern MERGE = Pattern.compile("^Merge pull request #(\\d{1,9})\\b");
    private static final Pattern SQUASH = Pattern.compile("\\(#(\\d{1,9})\\)$");

    public Comparison {
        commits = List.copyOf(commits);
    }

    /// Whether head contains base.
    public boolean contains() {
        return behind == 0;
    }

    /// Whether both are the same commit.
    public boolean identical() {
        return ahead == 0 && behind == 0;
    }

    /// Whether [#commits()] holds all of them; GitHub is asked for 1,000 at most.
    public boolean complete() {
        return commits.size() == ahead;
    }

    /// The pull requests the commits ahead say they come from, oldest first, each once. Read from
    /// the subjects GitHub writes for a merge (`Merge pull request #7 from …`) and a squash
    /// (`… (#7)`); a rebase leaves no trace.
    public List<PullRequestNumber> pullRequests() {
        return commits.stream()
                .map(Commit::subject)
                .flatMap(s -> numberIn(s).stream())
                .distinct()
                .toList();
    }

    private static Optional<PullRequestNumber> numberIn(String subject) {
        return List.of(MERGE, SQUASH).stream()
                .map(p -> p.matcher(subject.strip()))
                .filter(Matcher::find)
                .map(m -> Integer.parseInt(m.group(1)))
                .filter(n -> n > 0)
                .map(PullRequestNumber::new)
                .findFirst();
    }
}
