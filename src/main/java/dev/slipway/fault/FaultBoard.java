package dev.slipway.fault;

import java.util.List;

/// The switches of one sandbox. Every method asks it and blocks.
///
/// Each throws [dev.slipway.domain.RefusedException] with whole sentences when the sandbox does not
/// answer or does not accept what was asked; then nothing was switched.
public interface FaultBoard {
    /// What is on, oldest first.
    List<ActiveFault> on();

    /// Switches one on.
    void start(FaultOrder order);

    /// Switches one off.
    void stop(String id);

    /// Switches everything off.
    void clear();
}
