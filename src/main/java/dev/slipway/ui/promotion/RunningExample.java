package dev.slipway.ui.promotion;

import dev.slipway.log.Log;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.View;
import java.util.function.Function;
import javafx.scene.Parent;

/// An operation as it would run in a window, for pictures.
///
/// @param step where it is
/// @param log what it has said so far
public record RunningExample(Plan plan, PlanStep step, Log log) {
    /// Shows a page of it in a window where it runs.
    @FunctionalInterface
    public interface Window {
        /// The whole window.
        Parent show(Place.Operation at, RunningExample example, Function<Releases, View> page);
    }
}
