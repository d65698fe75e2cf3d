package dev.slipway.migration.catalog;

/// What a change of the schema means to code that is live. A migration may carry several.
public enum ChangeClass {
    /// Only adds or loosens: code that does not know of it works on.
    EXPAND,
    /// Takes away or demands something: code that is live may fail.
    BREAKS,
    /// Statements work as before and may do something else, or be refused to some roles.
    BEHAVIOUR,
    /// Statements work as before and may be slower.
    PERFORMANCE,
    /// Rows that existed are changed or gone.
    DATA,
    /// A statement failed; nothing of the batch would hold.
    FAILED
}
