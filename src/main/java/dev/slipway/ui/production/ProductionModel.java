package dev.slipway.ui.production;

import dev.slipway.health.Probe;
import dev.slipway.log.LogRow;
import dev.slipway.operation.journal.OperationRow;
import dev.slipway.production.ProductionReader.Wake;
import dev.slipway.production.ProductionState;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Background.Problem;
import dev.slipway.ui.kit.HealthBar;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Production as last read, how it was in the last hour, and its releases. Changes on the FX thread
/// only.
public final class ProductionModel {
    private final Desk desk;
    private final Function<Wake, ProductionState> reader;
    private final Supplier<List<OperationRow>> journal;
    private final HealthMinutes minutes;
    private final ReadOnlyObjectWrapper<Optional<ProductionState>> state =
            new ReadOnlyObjectWrapper<>(this, "state", Optional.empty());
    private final ReadOnlyObjectWrapper<List<OperationRow>> releases =
            new ReadOnlyObjectWrapper<>(this, "releases", List.of());
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem =
            new ReadOnlyObjectWrapper<>(this, "problem", Optional.empty());
    private final ReadOnlyBooleanWrapper reading = new ReadOnlyBooleanWrapper(this, "reading");

    /// The production of the desk's world.
    public ProductionModel(Desk desk) {
        this(
                desk,
                wake -> desk.services().production().read(wake),
                () -> desk.services().operations().list());
    }

    /// Production as it is given, for pictures.
    public static ProductionModel still(Desk desk, ProductionState state) {
        var model = new ProductionModel(desk, _ -> state, List::of);
        model.arrived(state);
        return model;
    }

    ProductionModel(
            Desk desk,
            Function<Wake, ProductionState> reader,
            Supplier<List<OperationRow>> journal) {
        this.desk = desk;
        this.reader = reader;
        this.journal = journal;
        minutes = new HealthMinutes(desk.zone());
    }

    /// Reads without waking anything; nobody waits for it, so nothing is read while only the calls
    /// kept for a rollback are left.
    public void look() {
        if (desk.model().reserveProperty().get().isPresent()) {
            return;
        }
        read(Wake.NEVER);
    }

    /// Reads because a person asked, which may wake the compute of production.
    public void ask() {
        read(Wake.ALLOWED);
    }

    private void read(Wake wake) {
        if (reading.get()) {
            return;
        }
        reading.set(true);
        desk.background()
                .start(
                        () -> reader.apply(wake),
                        this::arrived,
                        why -> {
                            reading.set(false);
                            problem.set(Optional.of(why));
                        });
        desk.background()
                .start(
                        journal::get,
                        rows ->
                                releases.set(
                                        rows.stream()
                                                .filter(r -> r.kind().equals("promotion"))
                                                .filter(r -> r.state().terminal())
                                                .toList()),
                        _ -> {});
    }

    private void arrived(ProductionState read) {
        reading.set(false);
        problem.set(Optional.empty());
        minutes.heard(read.probes());
        var before = state.get().map(ProductionState::probes).orElse(List.of());
        // While the database is left alone, what was heard last is handed out again.
        read.probes().stream().filter(probe -> !before.contains(probe)).forEach(this::log);
        state.set(Optional.of(read));
    }

    private void log(Probe probe) {
        var level =
                switch (probe.outcome()) {
                    case HEALTHY -> LogRow.Level.OK;
                    case FAILING -> LogRow.Level.ERROR;
                    case OTHER_VERSION, NO_VERSION, CACHED, UNREACHABLE -> LogRow.Level.WARN;
                };
        desk.services()
                .log()
                .append(
                        LogRow.line(
                                        probe.at(),
                                        LogRow.Channel.HEALTH,
                                        "health",
                                        level,
                                        probe.line())
                                .aboutWorker(probe.worker())
                                .from("production"));
    }

    /// One mark a minute, hollow where nobody asked.
    List<HealthBar.Mark> lastHour() {
        return minutes.lastHour(desk.now());
    }

    /// The sha of the base branch's head when it is not what production runs.
    Optional<String> waiting() {
        return state.get()
                .flatMap(s ->
                        s.schema()
                                .folder()
                                .filter(head ->
                                        s.commit()
                                                .map(c -> !c.value().equals(head))
                                                .orElse(false)));
    }

    /// Whether two readings in a row are missing.
    boolean stale(Instant now) {
        return state.get()
                .map(s -> Duration.between(s.asOf(), now))
                .map(age -> age.compareTo(desk.refreshEvery().multipliedBy(2).plusSeconds(2)) > 0)
                .orElse(false);
    }

    /// What was read last; empty before.
    public ReadOnlyObjectProperty<Optional<ProductionState>> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// Promotions that ended, newest first.
    ReadOnlyObjectProperty<List<OperationRow>> releasesProperty() {
        return releases.getReadOnlyProperty();
    }

    /// Why the last reading did not come; empty when it did.
    public ReadOnlyObjectProperty<Optional<Problem>> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty readingProperty() {
        return reading.getReadOnlyProperty();
    }
}
