package dev.slipway.migration.catalog;

/// One change and what it means.
///
/// @param object what is concerned, as a person writes it: `column users.email`
/// @param reason what happened to it and why that is of the class, without the object
/// @param unread whether it concerns nothing but columns that the pending migrations themselves add, so
///     that no live code reads what changes
public record Finding(ChangeClass change, String object, String reason, boolean unread) {
    /// A finding about what live code may read.
    public Finding(ChangeClass change, String object, String reason) {
        this(change, object, reason, false);
    }

    /// In one sentence.
    public String sentence() {
        return object + " " + reason;
    }
}
