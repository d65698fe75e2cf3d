package dev.slipway.ui.shell;

import java.time.Duration;

/// Allows and forbids writing for a while. Enforcing it is the business of the services; the window
/// only asks, and shows [ShellModel#armedProperty()].
public interface Arming {
    /// How long one arming lasts.
    Duration LENGTH = Duration.ofMinutes(30);

    /// Allows this person to write for [#LENGTH].
    ///
    /// @param reason in the person's words, kept in the record; not blank
    void arm(String reason);

    /// Forbids writing from now on. What runs is not cut.
    void disarm();
}
