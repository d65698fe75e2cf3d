package dev.slipway.production;

/// Who looks at production. Looks of different kinds at the same moment share a reading; two of the
/// same kind never do.
public enum Looker {
    /// The list of previews.
    PREVIEWS,
    /// The overview of production, and whatever decides on it.
    PRODUCTION
}
