package dev.slipway.operation.lock;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A chain of messages that only grows at its end, one link at a time, by compare-and-set. Beside its
/// message each link shows a few files, those of the link before it unless it brought its own.
public interface RefChain {
    /// The newest link, empty when the chain was never begun. May lag behind for a few seconds; an
    /// append on a stale tip is refused.
    Optional<Tip> tip();

    /// Appends a link, provided the chain still ends at `after`.
    ///
    /// @param after empty when the chain must not have been begun
    /// @param files text by name, instead of those of `after`; empty to keep them
    /// @return the new tip; empty when somebody else was faster, and nothing was changed
    Optional<Tip> append(Optional<Tip> after, String message, Map<String, String> files);

    /// Appends a link with the files of `after`.
    default Optional<Tip> append(Optional<Tip> after, String message) {
        return append(after, message, Map.of());
    }

    /// The link of that name, empty when there is none.
    Optional<Tip> link(String sha);

    /// The newest links that brought a file of their own, newest first.
    ///
    /// @param most how many at most
    default List<Tip> bringing(String name, int most) {
        var found = new ArrayList<Tip>();
        for (var at = tip(); at.isPresent() && found.size() < most; ) {
            var link = at.get();
            at = link.parent().flatMap(this::link);
            if (!file(link, name).equals(at.flatMap(before -> file(before, name)))) {
                found.add(link);
            }
        }
        return found;
    }

    /// A file beside a link, empty when there is none of that name.
    Optional<String> file(Tip link, String name);

    /// A link, the newest or an older one.
    ///
    /// @param sha its name
    /// @param parent the link before it, empty for the first
    /// @param message what it says
    /// @param written when, by the clock of the server
    record Tip(String sha, Optional<String> parent, String message, Instant written) {}
}
