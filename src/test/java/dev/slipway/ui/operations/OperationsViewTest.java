package dev.slipway.ui.operations;

import static org.assertj.core.api.Assertions.assertThat;

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

class OperationsViewTest {
    private final TestDesk desk = new TestDesk(new NoPreviews());

    private OperationsView view() {
        var view =
                new OperationsView(
                        desk.desk, new OperationsModel(desk.desk, () -> OperationsModelTest.ROWS));
        view.show(new Place.Operations());
        return view;
    }

    @Test
    void theListIsPictured(@TempDir Path folder) throws Exception {
        var files =
                Screens.render(
                        List.of(new Screen("operations", () -> view().content())),
                        folder,
                        new Screens.Size(1104, 670),
                        Theme.Scheme.LIGHT);

        assertThat(Files.size(files.getFirst())).isGreaterThan(15_000);
    }

    @Test
    void nothingOnThePageWritesWhileTheWindowIsNotArmed() throws Exception {
        Fx.run(() -> {
            var view = view();
            EveryControl.press(view.content());
            EveryControl.keys(view);
            view.leave();
        });

        assertThat(desk.writes).isEmpty();
        assertThat(desk.arming().state()).isEmpty();
    }
}
