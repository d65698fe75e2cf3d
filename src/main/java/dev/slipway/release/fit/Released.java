package dev.slipway.release.fit;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.PullRequestNumber;
import java.util.Optional;

/// What is released, as its trial sees it.
///
/// @param name how people call it
/// @param pullRequest present when it is merged on the way
/// @param commit present when it is on the base branch
/// @param tree sha of the tree it will be
public record Released(
        String name,
        Optional<PullRequestNumber> pullRequest,
        Optional<CommitSha> commit,
        String tree) {}
