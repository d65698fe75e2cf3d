package dev.slipway.ui.window;

import dev.slipway.operation.Operation;
import dev.slipway.operation.OperationState;
import dev.slipway.operation.RunState;
import dev.slipway.release.Standing;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Dialogs;
import dev.slipway.ui.kit.Tone;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// Closes the window. An operation this window works on is never cut: the person is asked, the call
/// in flight finishes, and the operation pauses.
final class Closing {
    private static final String AS_IT_IS = "Traffic stays as it is.";

    private final Desk desk;
    private final Runnable end;

    Closing(Frame frame, Runnable end) {
        this.desk = frame.desk();
        this.end = end;
    }

    /// Ends at once when nothing runs here, else after the answer.
    void ask() {
        desk.background().start(this::running, this::decide, _ -> end.run());
    }

    private List<Operation> running() {
        return desk.services().operations().list().stream()
                .filter(row -> row.state() == OperationState.RUNNING)
                .map(row -> desk.services().promotions().running(row.id()))
                .flatMap(Optional::stream)
                .toList();
    }

    private void decide(List<Operation> running) {
        if (running.isEmpty()) {
            end.run();
            return;
        }
        var plan = running.getFirst().plan();
        desk.background()
                .start(
                        () -> standing(plan.id()),
                        words -> question(plan.kind(), plan.target(), words, () -> pause(running)),
                        _ -> question(plan.kind(), plan.target(), AS_IT_IS, () -> pause(running)));
    }

    /// What users see when it pauses.
    private String standing(String id) {
        return desk.services()
                .operations()
                .one(id)
                .map(found ->
                        Standing.sentence(found.plan(), RunState.of(found.plan(), found.entries())))
                .orElse(AS_IT_IS);
    }

    /// Asks what is to become of the operation that runs.
    ///
    /// @param standing what users see meanwhile, one sentence
    void question(String kind, String target, String standing, Runnable pause) {
        var words =
                new Label(
                        "If you close, the current call finishes, then Slipway pauses. "
                                + standing
                                + " Nothing is rolled back by itself; \"Operations\" goes on with it at"
                                + " the next start.");
        words.setWrapText(true);
        words.setMinHeight(Label.USE_PREF_SIZE);
        desk.dialogs()
                .ask(
                        new Dialogs.Question(
                                "Close while the " + kind + " of " + target + " is running?",
                                words,
                                "Close and pause",
                                "Keep open",
                                Tone.DANGER,
                                null),
                        pause);
    }

    private void pause(List<Operation> running) {
        var waiting = new Label("The current call is being finished\u2026");
        desk.dialogs().show("Pausing", new VBox(waiting), waiting);
        desk.background()
                .start(
                        () -> {
                            running.forEach(o -> o.pause("this window", "the window was closed"));
                            running.forEach(Operation::await);
                            return running.size();
                        },
                        _ -> end.run(),
                        _ -> end.run());
    }
}
