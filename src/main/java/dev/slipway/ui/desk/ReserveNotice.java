package dev.slipway.ui.desk;

import dev.slipway.ui.kit.Banner;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.shell.ShellModel;
import java.time.Instant;
import java.util.Optional;

/// Says on a page that it is not read by itself any more, because only the calls kept for a rollback
/// are left. A person may read it once anyway, or wait and have the message gone until the calls are
/// back. FX thread only.
public final class ReserveNotice {
    private final Desk desk;
    private final Runnable once;
    private final Runnable changed;
    private Optional<Instant> waitsUntil = Optional.empty();

    /// @param once reads the page because a person asked
    /// @param changed draws the page anew; called when the message comes and goes
    public ReserveNotice(Desk desk, Runnable once, Runnable changed) {
        this.desk = desk;
        this.once = once;
        this.changed = changed;
        desk.model().reserveProperty().addListener((_, _, _) -> changed.run());
    }

    /// The message; empty while there are calls, and while the person waits.
    ///
    /// @param shown when what the page shows was read
    public Optional<Banner> banner(Optional<Instant> shown) {
        return desk.model()
                .reserveProperty()
                .get()
                .filter(_ -> waitsUntil.map(until -> !desk.now().isBefore(until)).orElse(true))
                .map(budget -> banner(budget, shown));
    }

    private Banner banner(ShellModel.Budget budget, Optional<Instant> shown) {
        var until = budget.resets().map(at -> Times.minutes(at, desk.zone()));
        var text =
                "Background refresh is paused to keep room for a rollback. Nothing in production was"
                        + " affected"
                        + shown.map(at -> "; data shown is from " + Times.minutes(at, desk.zone()))
                                .orElse("")
                        + ".";
        return Banner.warning(
                words(budget, desk),
                text,
                new Banner.Action("Refresh once anyway", once),
                new Banner.Action(
                        until.map(at -> "Wait until " + at).orElse("Wait"),
                        () -> {
                            waitsUntil = budget.resets();
                            changed.run();
                        }));
    }

    /// How many calls are left, one sentence.
    public static String words(ShellModel.Budget budget, Desk desk) {
        return budget.provider().title()
                + " has "
                + budget.left()
                + (budget.limit() < 0 ? "" : " of %,d".formatted(budget.limit()))
                + " calls left"
                + budget.resets().map(at -> " until " + Times.minutes(at, desk.zone())).orElse("")
                + ".";
    }
}
