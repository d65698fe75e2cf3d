package dev.slipway.ui.desk;

import dev.slipway.operation.lock.LockRecord;
import dev.slipway.operation.lock.LockStatus;
import dev.slipway.ui.kit.Banner;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.shell.Place;
import java.util.Locale;
import java.util.Optional;

/// Says on a page that an operation of another computer holds production: who, where, at which step,
/// and when it was heard of. It can be looked at and asked to pause; when its lock has expired it can
/// be taken over, which changes nothing by itself. FX thread only.
public final class ElsewhereNotice {
    private final Desk desk;

    /// @param changed draws the page anew; called when the message comes, goes or changes
    public ElsewhereNotice(Desk desk, Runnable changed) {
        this.desk = desk;
        desk.model().elsewhereProperty().addListener((_, _, _) -> changed.run());
    }

    /// The message; empty while nothing runs elsewhere.
    public Optional<Banner> banner() {
        return desk.model()
                .elsewhereProperty()
                .get()
                .flatMap(lock -> lock.record().map(record -> banner(lock, record)));
    }

    private Banner banner(LockStatus lock, LockRecord record) {
        return lock.takeable() ? gone(lock, record) : alive(lock, record);
    }

    private Banner alive(LockStatus lock, LockRecord record) {
        return Banner.info(
                record.holder() + " is changing production.",
                capital(record.doing())
                        + heard(lock)
                        + ". You can look and ask; nothing is sent from here.",
                new Banner.Action(
                        "Look at it", () -> desk.navigator().go(new Place.Operation(record.run()))),
                new Banner.Action("Ask to pause", () -> askToPause(record)));
    }

    private Banner gone(LockStatus lock, LockRecord record) {
        return Banner.warning(
                record.holder() + " holds production and is silent.",
                capital(record.doing())
                        + heard(lock)
                        + ". The lock has expired: it is not free, and you can take it over.",
                new Banner.Action("Take over\u2026", this::offer));
    }

    private String heard(LockStatus lock) {
        return heard(lock, desk);
    }

    static String heard(LockStatus lock, Desk desk) {
        return lock.renewed()
                .map(at ->
                        ", heard of %s ago, at %s"
                                .formatted(
                                        lock.heard().orElse("some time"),
                                        Times.minutes(at, desk.zone())))
                .orElse("");
    }

    static String capital(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private void askToPause(LockRecord record) {
        desk.background()
                .start(
                        () -> desk.services().askPause("asked in the window"),
                        asked ->
                                tell(
                                        asked.isPresent()
                                                ? "Asked to pause"
                                                : "Nobody was asked to pause",
                                        asked.map(r ->
                                                        r.holder()
                                                                + " finishes the call in flight,"
                                                                + " then pauses and says who asked.")
                                                .orElse("Nobody holds production any more.")),
                        why -> tell(record.login() + " was not asked", why.sentence()));
    }

    private void offer() {
        if (!desk.armed()) {
            // Says what is missing: arming, or a connection.
            desk.askToArm();
            return;
        }
        desk.background()
                .start(
                        () -> desk.services().takeovers().offer(),
                        new TakeOverDialog(desk)::open,
                        why -> tell("Nothing was taken over", why.sentence()));
    }

    private void tell(String title, String text) {
        desk.dialogs().tell(title, Nodes.prose(text));
    }
}
