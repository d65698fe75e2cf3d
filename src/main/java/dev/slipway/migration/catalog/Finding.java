package dev.slipway.migration.catalog;

import java.util.Objects;
import java.util.Optional;

/// One change and what it means.
///
/// @param object what is concerned, as a person writes it: `column users.email`
/// @param reason what happened to it and why that is of the class, without the object
/// @param unread whether it concerns nothing but columns that the pending migrations themselves add, so
///     that no live code reads what changes
/// @param before what the object was, empty when it was not there or when no object is concerned
/// @param after what it is, empty likewise
public record Finding(
        ChangeClass change,
        String object,
        String reason,
        boolean unread,
        String before,
        String after) {
    public Finding {
        Objects.requireNonNull(before);
        Objects.requireNonNull(after);
    }

    /// A finding about what live code may read, of which no object tells more.
    public Finding(ChangeClass change, String object, String reason) {
        this(change, object, reason, false);
    }

    /// A finding of which no object tells more.
    public Finding(ChangeClass change, String object, String reason, boolean unread) {
        this(change, object, reason, unread, "", "");
    }

    /// The same, with what the object was and is.
    Finding of(Optional<CatalogObject> old, Optional<CatalogObject> now) {
        return new Finding(
                change,
                object,
                reason,
                unread,
                old.map(CatalogObject::description).orElse(""),
                now.map(CatalogObject::description).orElse(""));
    }

    /// In one sentence.
    public String sentence() {
        return object + " " + reason;
    }
}
