package dev.slipway.ui.promotion;

import dev.slipway.log.Log;
import dev.slipway.operation.Arming;
import dev.slipway.ui.kit.Background;
import dev.slipway.ui.kit.Dialogs;
import dev.slipway.ui.shell.Navigator;
import dev.slipway.ui.shell.ShellModel;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.function.Supplier;

/// What the pages of a promotion are built from; one for a window.
///
/// @param arming gives the permits; the same one the window arms
/// @param window what the frame shows: whether it is armed, who holds the lock, which world it is
/// @param dialogs the dialogs of the window, which exist only after the views
/// @param askToArm opens the prompt that arms
/// @param zone the zone times are shown in
/// @param started drafts whose operation was started from this window
public record Desk(
        Releasing releasing,
        Arming arming,
        Log log,
        ShellModel window,
        Navigator navigator,
        Supplier<Dialogs> dialogs,
        Runnable askToArm,
        Background background,
        InstantSource clock,
        ZoneId zone,
        Drafts started) {}
