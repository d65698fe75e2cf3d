package dev.slipway.ui.rollback;

import dev.slipway.release.Situation.Reading;
import dev.slipway.release.rollback.Look;
import dev.slipway.release.rollback.LookListener;
import dev.slipway.release.rollback.RestoreFacts;
import dev.slipway.release.rollback.RestorePoint;
import dev.slipway.release.rollback.RestoreProposal;
import dev.slipway.release.rollback.RestoreScene;
import dev.slipway.release.rollback.RestoreSource;
import dev.slipway.release.rollback.Restores;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.desk.WayBack;
import dev.slipway.ui.desk.WayBack.Seen;
import dev.slipway.ui.screens.Screen;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.View;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import javafx.scene.Parent;

/// The pages of putting the database back, for pictures: real proposals of a world that loses nothing, with
/// a loss that is invented.
public final class RestoreScreens {
    /// How long a time the pictures take back.
    private static final Duration BACK = Duration.ofSeconds(852);

    private final Desk desk;
    private final WayBack way;
    private final BiFunction<Place, View, Parent> window;
    private final Seen seen;
    private final RestoreProposal real;
    private final List<Screen> all = new ArrayList<>();

    /// @param window puts a view that is at a place into the frame of the window
    /// @param seen what was found in the world as it is
    public RestoreScreens(
            Desk desk, WayBack way, BiFunction<Place, View, Parent> window, Seen seen) {
        this.desk = desk;
        this.way = way;
        this.window = window;
        this.seen = seen;
        real = propose(seen.scene().observed().truncatedTo(ChronoUnit.SECONDS));
    }

    /// The plan of a restore.
    public RestoreProposal proposal() {
        return real;
    }

    /// Name of the branch that would keep what is there now.
    public String backup() {
        return real.scene().neon().value().map(RestoreFacts::backup).orElse("");
    }

    /// The pages before a restore starts.
    public List<Screen> screens() {
        var now = real.scene().code().observed();
        var made = example(now);
        var data = RollbackDraft.to(Optional.empty()).with(seen).choosing(RollbackScope.DATA);
        var window = at(data, made.scene().source().words());
        wizard("rollback-2-loss-before", data.on(RollbackPage.WINDOW));
        wizard("rollback-2-loss-counting", window.doing("Counting, 3 of 6 tables"));
        wizard("rollback-2-loss", window.with(made, seen, now));
        var longAgo = Instant.parse("2020-01-01T00:00:00Z");
        wizard(
                "rollback-2-loss-outside",
                at(data, longAgo.toString()).with(propose(longAgo), seen, now));
        var confirm = window.with(made, seen, now).on(RollbackPage.CONFIRM).with(made, seen, now);
        wizard("rollback-3-confirm-restore", confirm);
        wizard("rollback-3-countdown", confirm.starting(Optional.of(desk.now().plusSeconds(23))));
        var look = data.choosing(RollbackScope.LOOK);
        wizard("rollback-2-look-before", look.on(RollbackPage.WINDOW));
        wizard(
                "rollback-2-look",
                at(look, made.scene().source().words())
                        .with(made.scene().look().value().orElseThrow()));
        return all;
    }

    private static RollbackDraft at(RollbackDraft draft, String point) {
        return draft.on(RollbackPage.WINDOW).at(point);
    }

    private RestoreProposal propose(Instant point) {
        return desk.services()
                .restores()
                .propose(
                        Optional.empty(),
                        RestorePoint.parse(point.toString()),
                        new Restores.Wishes(false, false),
                        LookListener.SILENT);
    }

    private RestoreProposal example(Instant now) {
        var scene = real.scene();
        var loss = LossExample.loss(now);
        var looked = scene.look().value().orElseThrow();
        var look = new Look(looked.branch(), looked.ledger(), loss, List.of());
        var point = now.minus(BACK).truncatedTo(ChronoUnit.SECONDS);
        var precious = loss.of(LossExample.precious()).stream().toList();
        return new RestoreProposal(
                new RestoreScene(
                        scene.code(),
                        RestoreSource.past(RestorePoint.parse(point.toString())),
                        scene.neon(),
                        Reading.of(look, now),
                        scene.maintenance(),
                        scene.to(),
                        scene.asked(),
                        scene.fit(),
                        scene.returning()),
                real.plan(),
                real.gates(),
                precious,
                real.takes());
    }

    private void wizard(String name, RollbackDraft draft) {
        all.add(RollbackScreens.picture(desk, way, window, name, draft));
    }
}
