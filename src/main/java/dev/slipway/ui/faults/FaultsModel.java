package dev.slipway.ui.faults;

import dev.slipway.fault.ActiveFault;
import dev.slipway.fault.FaultBoard;
import dev.slipway.fault.FaultKind;
import dev.slipway.fault.FaultOrder;
import dev.slipway.ui.kit.Background;
import dev.slipway.ui.kit.Background.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;

/// What goes wrong on purpose, as last read, and the switches over it. Changes on the FX thread
/// only.
public final class FaultsModel {
    /// Longer than the sandbox waits for an answer, so that callers stop waiting.
    private static final Duration SLOW = Duration.ofSeconds(15);

    private static final Duration LATE = Duration.ofSeconds(2);

    /// The services whose requests can go wrong.
    enum Service {
        GITHUB("GitHub"),
        NEON("Neon"),
        CLOUDFLARE("Cloudflare"),
        EDGE("Workers"),
        DNS("DNS");

        final String word;

        Service(String word) {
            this.word = word;
        }

        String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final FaultBoard board;
    private final Background background;
    private final ReadOnlyObjectWrapper<Optional<List<ActiveFault>>> on =
            new ReadOnlyObjectWrapper<>(this, "on", Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem =
            new ReadOnlyObjectWrapper<>(this, "problem", Optional.empty());
    private final ObjectProperty<Service> service =
            new SimpleObjectProperty<>(this, "service", Service.CLOUDFLARE);

    public FaultsModel(FaultBoard board, Background background) {
        this.board = board;
        this.background = background;
    }

    /// Reads what is on.
    public void refresh() {
        after(() -> {});
    }

    /// Switches a kind on or off: of requests for the chosen service, of builds for every Worker.
    void set(FaultKind kind, boolean wanted) {
        var order = order(kind);
        var same = of(kind).map(ActiveFault::id);
        if (wanted == same.isPresent()) {
            return;
        }
        after(() -> same.ifPresentOrElse(board::stop, () -> board.start(order)));
    }

    private FaultOrder order(FaultKind kind) {
        return kind.concern() == FaultKind.Concern.BUILDS
                ? FaultOrder.of(kind, List.of())
                : FaultOrder.of(
                        kind,
                        service.get().key(),
                        kind.timed()
                                ? Optional.of(kind == FaultKind.SLOW ? SLOW : LATE)
                                : Optional.empty());
    }

    void stop(String id) {
        after(() -> board.stop(id));
    }

    void clear() {
        after(board::clear);
    }

    private void after(Runnable change) {
        background.start(
                () -> {
                    change.run();
                    return board.on();
                },
                read -> {
                    problem.set(Optional.empty());
                    if (!Optional.of(read).equals(on.get())) {
                        on.set(Optional.of(read));
                    }
                },
                why -> problem.set(Optional.of(why)));
    }

    /// The fault a switch stands for, when it is on.
    Optional<ActiveFault> of(FaultKind kind) {
        return known().filter(fault -> fault.what().kind() == kind && plain(fault)).findFirst();
    }

    /// What is on and has no switch here: narrowed down, or of another service.
    List<ActiveFault> others() {
        return known().filter(fault -> !plain(fault)).toList();
    }

    private boolean plain(ActiveFault fault) {
        var what = fault.what();
        return what.kind() != FaultKind.ANSWER
                && what.method().isEmpty()
                && what.path().isEmpty()
                && what.times() == 0
                && what.workers().isEmpty()
                && what.service().map(service.get().key()::equals).orElse(true);
    }

    private Stream<ActiveFault> known() {
        return on.get().stream().flatMap(List::stream);
    }

    /// What is on; empty before the first reading.
    ReadOnlyObjectProperty<Optional<List<ActiveFault>>> onProperty() {
        return on.getReadOnlyProperty();
    }

    /// Why the last wish was not carried out.
    ReadOnlyObjectProperty<Optional<Problem>> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// The service whose switches are shown.
    ObjectProperty<Service> serviceProperty() {
        return service;
    }
}
