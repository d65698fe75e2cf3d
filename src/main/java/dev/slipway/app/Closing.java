package dev.slipway.app;

/// Closes several things, each one whatever became of those before it.
final class Closing {
    private Closing() {}

    /// Closes `things` in order, then tells the first that failed.
    static void all(AutoCloseable... things) {
        RuntimeException first = null;
        for (var thing : things) {
            try {
                thing.close();
            } catch (Exception e) {
                if (first == null) {
                    first = new IllegalStateException("something did not end cleanly", e);
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
