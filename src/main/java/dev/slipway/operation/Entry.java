package dev.slipway.operation;

/// One line of the journal.
///
/// @param seq its number in the journal, rising by one
/// @param plan the plan it belongs to
/// @param at when it was written
/// @param event what it says
/// @param hash hexadecimal SHA-256 over this line and the hash of the line before
public record Entry(long seq, String plan, Moment at, Event event, String hash) {
    /// Whether this line and another one, perhaps of another journal, say the same of the same moment.
    boolean says(Entry other) {
        return at.equals(other.at) && event.equals(other.event);
    }
}
