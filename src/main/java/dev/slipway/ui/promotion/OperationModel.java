package dev.slipway.ui.promotion;

import dev.slipway.operation.Arming;
import dev.slipway.operation.Event;
import dev.slipway.operation.Happening;
import dev.slipway.operation.Operation;
import dev.slipway.operation.OperationState;
import dev.slipway.operation.journal.OperationDetail;
import dev.slipway.production.ProductionState;
import dev.slipway.ui.kit.Background;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// One operation without a window: its sheet, kept fresh from the journal and from what runs here,
/// and what a person may ask of it. FX thread only, but for [#happened].
final class OperationModel {
    private final String id;
    private final Releasing releasing;
    private final Arming arming;
    private final Background background;
    private final Executor ui;
    private final InstantSource clock;
    private final Happening.Listener listener = this::happened;
    private final ReadOnlyObjectWrapper<Optional<RunSheet>> sheet =
            new ReadOnlyObjectWrapper<>(this, "sheet", Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<ProductionState>> production =
            new ReadOnlyObjectWrapper<>(this, "production", Optional.empty());
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper(this, "problem", "");
    private final ReadOnlyStringWrapper busy = new ReadOnlyStringWrapper(this, "busy", "");
    private Optional<OperationDetail> detail = Optional.empty();
    private Optional<Operation> watched = Optional.empty();
    private Optional<Estimate> estimate = Optional.empty();
    private Optional<OperationState> readProductionIn = Optional.empty();
    private Live live = Live.NOTHING;
    private boolean reading;
    private boolean stale;
    private boolean still;

    /// @param ui runs tasks on the FX thread
    OperationModel(
            String id,
            Releasing releasing,
            Arming arming,
            Background background,
            Executor ui,
            InstantSource clock) {
        this.id = id;
        this.releasing = releasing;
        this.arming = arming;
        this.background = background;
        this.ui = ui;
        this.clock = clock;
    }

    ReadOnlyObjectProperty<Optional<RunSheet>> sheetProperty() {
        return sheet.getReadOnlyProperty();
    }

    /// What the providers reported when it was last read; read when the operation does not run.
    ReadOnlyObjectProperty<Optional<ProductionState>> productionProperty() {
        return production.getReadOnlyProperty();
    }

    /// Why the last thing asked for did not work; empty when it did.
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// What is being asked for right now; empty for nothing.
    ReadOnlyStringProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// The page is on screen: watches what runs here and reads the journal.
    void open() {
        if (still) {
            return;
        }
        watch();
        read();
        var _ =
                background.run(
                        () -> {
                            var kind = kind();
                            return Estimate.of(
                                    releasing.operations().stream()
                                            .filter(row ->
                                                    !row.id().equals(id) && row.kind().equals(kind))
                                            .limit(5)
                                            .flatMap(row -> releasing.operation(row.id()).stream())
                                            .toList());
                        },
                        found -> {
                            estimate = found;
                            compose();
                        },
                        _ -> {});
    }

    /// The kind of this operation; a promotion's while it is not known.
    private String kind() {
        return releasing.operation(id).map(d -> d.plan().kind()).orElse("promotion");
    }

    /// The page left the screen. The operation is not touched.
    void close() {
        watched.ifPresent(operation -> operation.forget(listener));
        watched = Optional.empty();
    }

    /// A second has passed: durations move on, and an operation of another process is read again.
    void tick() {
        if (still) {
            return;
        }
        watch();
        if (watched.isEmpty() && sheet.get().map(s -> !s.over()).orElse(true)) {
            read();
        } else {
            compose();
        }
    }

    private void watch() {
        var running = releasing.running(id);
        if (running.isPresent() && !running.equals(watched)) {
            close();
            running.get().listen(listener);
            watched = running;
        } else if (running.isEmpty() && watched.isPresent()) {
            close();
        }
    }

    /// Called on the operation's thread.
    private void happened(Happening happening) {
        ui.execute(() -> take(happening));
    }

    private void take(Happening happening) {
        switch (happening) {
            case Happening.Progress(var step, double done, var text, var notes) -> {
                live = new Live(step.key(), done, text, notes, Optional.empty());
                compose();
            }
            case Happening.Waiting(var step, var time, var _) -> {
                live = live.until(step.key(), clock.instant().plus(time));
                compose();
            }
            case Happening.Journalled _, Happening.Moved _ -> read();
            case Happening.StepStarted _, Happening.StepEnded _, Happening.Line _ -> {}
        }
    }

    private void read() {
        if (reading) {
            stale = true;
            return;
        }
        reading = true;
        var _ =
                background.run(
                        () -> releasing.operation(id),
                        found -> {
                            reading = false;
                            detail = found;
                            if (found.isEmpty()) {
                                problem.set(
                                        "There is no operation "
                                                + id
                                                + " in this home. Nothing was changed.");
                            }
                            compose();
                            if (stale) {
                                stale = false;
                                read();
                            }
                        },
                        why -> {
                            reading = false;
                            problem.set(why.sentence());
                        });
    }

    private void compose() {
        var here = watched.isPresent();
        sheet.set(detail.map(d -> RunSheet.of(d, live, here, estimate, clock.instant())));
        var state = detail.map(d -> d.row().state());
        if (state.isPresent()
                && state.get() != OperationState.RUNNING
                && !state.equals(readProductionIn)) {
            readProductionIn = state;
            readProduction();
        }
    }

    /// Asks the providers again.
    void readProduction() {
        var _ =
                background.run(
                        releasing::production,
                        found -> production.set(Optional.of(found)),
                        why -> problem.set(why.sentence()));
    }

    /// Asks it to pause after the call in flight; needs no arming, because it changes nothing.
    void pause(String by) {
        releasing.running(id).ifPresent(operation -> operation.pause(by, "asked in the window"));
        busy.set("Pausing after the call in flight");
    }

    /// Puts traffic back: at once when it runs here, else by resuming it with that decision. Refused
    /// when not armed.
    void rollBack(String reason) {
        if (releasing.running(id).isPresent()) {
            ask(
                    "Rolling traffic back after the call in flight",
                    () -> {
                        releasing.rollBack(id, arming.permit().because(reason));
                        return true;
                    });
        } else {
            resume(Event.Decision.ROLL_BACK, reason);
        }
    }

    /// Goes on where it stopped. Refused when not armed.
    void goOn(String reason) {
        resume(Event.Decision.CONTINUE, reason);
    }

    /// Ends it where it is. Refused when not armed.
    void leave(String reason) {
        resume(Event.Decision.LEAVE, reason);
    }

    private void resume(Event.Decision decision, String reason) {
        var plan = detail.map(OperationDetail::plan);
        if (plan.isEmpty()) {
            return;
        }
        ask(
                switch (decision) {
                    case CONTINUE -> "Looking at everything first";
                    case ROLL_BACK -> "Rolling traffic back";
                    case LEAVE -> "Giving the lock back";
                },
                () ->
                        releasing.resume(
                                plan.get(), decision, arming.permit().because(reason), List.of()));
    }

    private void ask(String doing, java.util.concurrent.Callable<?> work) {
        problem.set("");
        busy.set(doing);
        readProductionIn = Optional.empty();
        var _ =
                background.run(
                        work,
                        _ -> {
                            busy.set("");
                            watch();
                            read();
                        },
                        why -> {
                            busy.set("");
                            problem.set(why.sentence());
                        });
    }

    /// Shows `given` as it is and reads nothing any more, for pictures.
    void present(RunSheet given, Optional<ProductionState> reported) {
        still = true;
        detail = Optional.of(given.detail());
        live = given.live();
        estimate = given.estimate();
        readProductionIn = Optional.of(given.row().state());
        production.set(reported);
        sheet.set(Optional.of(given));
    }
}
