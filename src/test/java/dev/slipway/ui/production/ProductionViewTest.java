package dev.slipway.ui.production;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.health.Probe;
import dev.slipway.operation.OperationState;
import dev.slipway.ui.desk.EveryControl;
import dev.slipway.ui.desk.NoPreviews;
import dev.slipway.ui.desk.TestDesk;
import dev.slipway.ui.kit.Fx;
import dev.slipway.ui.screens.Screen;
import dev.slipway.ui.screens.Screens;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.theme.Theme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProductionViewTest {
    private final TestDesk desk = new TestDesk(new NoPreviews());

    private ProductionView view(String baseHead) {
        var view =
                new ProductionView(
                        desk.desk,
                        new ProductionModel(
                                desk.desk,
                                _ ->
                                        SomeProduction.state(
                                                baseHead,
                                                SomeProduction.probe(
                                                        TestDesk.NOW,
                                                        Probe.Outcome.HEALTHY,
                                                        200,
                                                        46)),
                                () -> List.of(SomeProduction.row("r41", OperationState.SUCCEEDED))),
                        desk.wayBack());
        view.show(new Place.Production());
        return view;
    }

    @Test
    void theOverviewIsPictured(@TempDir Path folder) throws Exception {
        var files =
                Screens.render(
                        List.of(
                                new Screen(
                                        "production", () -> view(SomeProduction.AHEAD).content())),
                        folder,
                        new Screens.Size(1104, 670),
                        Theme.Scheme.DARK);

        assertThat(Files.size(files.getFirst())).isGreaterThan(20_000);
    }

    @Test
    void nothingOnThePageWritesWhileTheWindowIsNotArmed() throws Exception {
        var pressed =
                Fx.call(() -> {
                    var view = view(SomeProduction.AHEAD);
                    var all = EveryControl.press(view.content());
                    EveryControl.keys(view);
                    return all;
                });

        assertThat(pressed).contains("Promote\u2026", "Read now");
        assertThat(desk.writes).isEmpty();
        assertThat(desk.arming().state()).isEmpty();
    }

    @Test
    void promoteTakesTheNewestMergedCommitOrLeadsToThePreviews() throws Exception {
        press(SomeProduction.AHEAD, "Promote\u2026");
        assertThat(desk.navigator.place()).isEqualTo(new Place.Promotion(SomeProduction.AHEAD));

        press(SomeProduction.LIVE, "Promote\u2026");
        assertThat(desk.navigator.place()).isEqualTo(Place.Previews.ALL);
    }

    @Test
    void goingBackIsOneCombinationAway() throws Exception {
        press(SomeProduction.LIVE, "Go back\u2026");

        assertThat(desk.navigator.place()).isEqualTo(Place.Rollback.NEAREST);
    }

    private void press(String baseHead, String words) throws InterruptedException {
        Fx.run(() ->
                view(baseHead).shortcuts().stream()
                        .filter(shortcut -> shortcut.words().equals(words))
                        .forEach(shortcut -> shortcut.action().run()));
    }
}
