package dev.slipway.sandbox.world;

import java.time.Instant;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevTag;

/// An annotated tag.
///
/// @param id object id of the tag itself
/// @param target object id of what it marks
/// @param type type of what it marks
public record GitTag(
        String id,
        String name,
        String message,
        String target,
        String type,
        Optional<GitPerson> tagger,
        Optional<Instant> taggedAt) {

    /// @param tag with its body parsed
    static GitTag of(RevTag tag) {
        var tagger = Optional.ofNullable(tag.getTaggerIdent());
        return new GitTag(
                tag.name(),
                tag.getTagName(),
                tag.getFullMessage(),
                tag.getObject().name(),
                Constants.typeString(tag.getObject().getType()),
                tagger.map(GitPerson::of),
                tagger.map(PersonIdent::getWhenAsInstant));
    }
}
