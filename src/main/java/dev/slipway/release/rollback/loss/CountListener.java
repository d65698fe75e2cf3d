package dev.slipway.release.rollback.loss;

/// Hears how far counting is.
@FunctionalInterface
public interface CountListener {
    /// A listener that hears nothing.
    CountListener SILENT = (_, _, _) -> {};

    /// One more table is done.
    ///
    /// @param done how many are, this one included
    /// @param all how many there are
    void counted(int done, int all, TableLoss table);
}
