package dev.slipway.ui.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.domain.RefusedException;
import dev.slipway.fault.ActiveFault;
import dev.slipway.fault.FaultBoard;
import dev.slipway.fault.FaultKind;
import dev.slipway.fault.FaultOrder;
import dev.slipway.ui.desk.EveryControl;
import dev.slipway.ui.desk.NoPreviews;
import dev.slipway.ui.desk.TestDesk;
import dev.slipway.ui.kit.Background;
import dev.slipway.ui.kit.Fx;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.ShellModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import org.junit.jupiter.api.Test;

class FaultsViewTest {
    /// A switchboard of its own.
    private static final class Board implements FaultBoard {
        private final List<ActiveFault> on = new ArrayList<>();
        private boolean refuses;
        private int last;

        @Override
        public List<ActiveFault> on() {
            return List.copyOf(on);
        }

        @Override
        public void start(FaultOrder order) {
            if (refuses) {
                throw new RefusedException("The sandbox does not answer. Nothing was switched.");
            }
            last++;
            on.add(new ActiveFault(String.valueOf(last), order, order.times()));
        }

        @Override
        public void stop(String id) {
            on.removeIf(fault -> fault.id().equals(id));
        }

        @Override
        public void clear() {
            on.clear();
        }
    }

    private final Board board = new Board();
    private final TestDesk desk = new TestDesk(new NoPreviews());
    private final FaultsModel model = new FaultsModel(board, Background.inline());

    private FaultsView view() {
        var view = new FaultsView(desk.desk, model);
        view.show(new Place.Faults());
        return view;
    }

    private static CheckBox box(FaultsView view, FaultKind kind) {
        return view.content().lookupAll(".check-box").stream()
                .map(CheckBox.class::cast)
                .filter(box -> box.getText().equals(kind.title()))
                .findFirst()
                .orElseThrow();
    }

    private static Button button(FaultsView view, String words) {
        return view.content().lookupAll(".button").stream()
                .map(Button.class::cast)
                .filter(one -> one.getText().equals(words))
                .findFirst()
                .orElseThrow();
    }

    /// Nodes of a page can be looked up once it was laid out.
    private FaultsView shown() {
        var view = view();
        var _ = new javafx.scene.Scene(view.content(), 1104, 670);
        view.content().applyCss();
        view.content().layout();
        return view;
    }

    @Test
    void aSwitchHitsTheChosenServiceUntilItIsSwitchedBack() throws Exception {
        Fx.run(() -> {
            var view = shown();
            model.serviceProperty().set(FaultsModel.Service.NEON);

            box(view, FaultKind.SLOW).fire();
            assertThat(board.on)
                    .singleElement()
                    .satisfies(fault -> {
                        assertThat(fault.what().kind()).isEqualTo(FaultKind.SLOW);
                        assertThat(fault.what().service()).contains("neon");
                        assertThat(fault.what().by()).isPresent();
                    });

            model.serviceProperty().set(FaultsModel.Service.GITHUB);
            assertThat(box(view, FaultKind.SLOW).isSelected()).as("of GitHub").isFalse();
            assertThat(model.others()).hasSize(1);
            model.serviceProperty().set(FaultsModel.Service.NEON);
            box(view, FaultKind.SLOW).fire();
            assertThat(board.on).isEmpty();
            view.leave();
        });
    }

    @Test
    void whatTheCommandLineSwitchedOnIsShownAndSwitchedOff() throws Exception {
        Fx.run(() -> {
            board.start(
                    new FaultOrder(
                            FaultKind.LOSE_ANSWER,
                            Optional.of("cloudflare"),
                            Optional.of("POST"),
                            Optional.of("/deployments"),
                            2,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            List.of(),
                            Optional.empty(),
                            Optional.empty()));
            var view = shown();

            assertThat(box(view, FaultKind.LOSE_ANSWER).isSelected()).isFalse();
            assertThat(button(view, "Switch off").getAccessibleText())
                    .isEqualTo(
                            "Switch off Answers get lost, cloudflare, POST /deployments, 2 more");
            button(view, "Switch off").fire();
            assertThat(board.on).isEmpty();
            view.leave();
        });
    }

    @Test
    void aRefusedWishIsSaidAndTheSwitchGoesBack() throws Exception {
        Fx.run(() -> {
            var view = shown();
            board.refuses = true;

            box(view, FaultKind.BUILD_FAILS).fire();

            assertThat(box(view, FaultKind.BUILD_FAILS).isSelected()).isFalse();
            assertThat(model.problemProperty().get().orElseThrow().sentence())
                    .contains("Nothing was switched");
            view.leave();
        });
    }

    @Test
    void allIsSwitchedOffAndANewWorldIsOffered() throws Exception {
        Fx.run(() -> {
            var asked = new ArrayList<String>();
            var view = shown();
            desk.desk
                    .model()
                    .worldActions()
                    .setAll(new ShellModel.WorldAction("New world\u2026", () -> asked.add("new")));
            box(view, FaultKind.WEAK_CODE).fire();
            box(view, FaultKind.LOSE_REQUEST).fire();
            assertThat(board.on).hasSize(2);

            button(view, "Switch all off").fire();
            view.content().applyCss();
            view.content().layout();
            button(view, "New world\u2026").fire();

            assertThat(board.on).isEmpty();
            assertThat(asked).containsExactly("new");
            view.leave();
        });
    }

    @Test
    void nothingOnThePageWritesToAProvider() throws Exception {
        Fx.run(() -> {
            var view = view();
            EveryControl.press(view.content());
            EveryControl.keys(view);
            view.leave();
        });

        assertThat(desk.writes).isEmpty();
    }
}
