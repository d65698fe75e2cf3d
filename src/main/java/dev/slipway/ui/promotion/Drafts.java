package dev.slipway.ui.promotion;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The drafts operations were started from, so that their pages can be read again while the window
/// is open. FX thread only.
public final class Drafts {
    private final Map<String, Draft> byOperation = new HashMap<>();

    /// Keeps `draft` for the operation of that id.
    void put(String operation, Draft draft) {
        byOperation.put(operation, draft);
    }

    /// What the operation was started from; empty for one of an earlier window.
    Optional<Draft> of(String operation) {
        return Optional.ofNullable(byOperation.get(operation));
    }
}
