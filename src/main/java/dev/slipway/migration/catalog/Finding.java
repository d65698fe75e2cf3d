package dev.slipway.migration.catalog;

/// One change and what it means.
///
/// @param object what is concerned, as a person writes it: `column users.email`
/// @param reason what happened to it and why that is of the class, without the object
public record Finding(ChangeClass change, String object, String reason) {
    /// In one sentence.
    public String sentence() {
        return object + " " + reason;
    }
}
