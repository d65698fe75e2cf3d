package dev.slipway.ui.operations;

import dev.slipway.operation.journal.OperationRow;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Background.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// The operations as last read, and which of them are shown. Changes on the FX thread only.
public final class OperationsModel {
    /// The groups of the list.
    enum Group {
        NEEDS_YOU("Needs you"),
        RUNNING("Running"),
        FINISHED("Finished");

        final String word;

        Group(String word) {
            this.word = word;
        }

        static Group of(OperationRow row) {
            return switch (row.state()) {
                case RUNNING -> RUNNING;
                case PAUSED, INTERRUPTED, NEEDS_OPERATOR -> NEEDS_YOU;
                case SUCCEEDED, ROLLED_BACK, STOPPED_SAFE -> FINISHED;
            };
        }
    }

    private final Desk desk;
    private final Supplier<List<OperationRow>> journal;
    private final ReadOnlyObjectWrapper<Optional<List<OperationRow>>> all =
            new ReadOnlyObjectWrapper<>(this, "all", Optional.empty());
    private final ReadOnlyObjectWrapper<List<OperationRow>> rows =
            new ReadOnlyObjectWrapper<>(this, "rows", List.of());
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem =
            new ReadOnlyObjectWrapper<>(this, "problem", Optional.empty());
    private final ObjectProperty<Optional<Group>> group =
            new SimpleObjectProperty<>(this, "group", Optional.empty());
    private final StringProperty filter = new SimpleStringProperty(this, "filter", "");

    /// The operations of the desk's home.
    public OperationsModel(Desk desk) {
        this(desk, () -> desk.services().operations().list());
    }

    OperationsModel(Desk desk, Supplier<List<OperationRow>> journal) {
        this.desk = desk;
        this.journal = journal;
        group.subscribe(_ -> choose());
        filter.subscribe(_ -> choose());
    }

    /// Reads the journal of this computer; asks nobody else.
    public void refresh() {
        desk.background()
                .start(
                        journal::get,
                        read -> {
                            problem.set(Optional.empty());
                            if (!Optional.of(read).equals(all.get())) {
                                all.set(Optional.of(read));
                                choose();
                            }
                        },
                        why -> problem.set(Optional.of(why)));
    }

    private void choose() {
        var words = filter.get().strip().toLowerCase(Locale.ROOT);
        rows.set(
                known().stream()
                        .filter(row -> group.get().map(g -> Group.of(row) == g).orElse(true))
                        .filter(row -> text(row).contains(words))
                        .sorted(java.util.Comparator.comparing(Group::of))
                        .toList());
    }

    private static String text(OperationRow row) {
        return String.join(
                        " ",
                        row.id(),
                        row.kind(),
                        row.target(),
                        row.by(),
                        row.stepTitle(),
                        row.reason())
                .toLowerCase(Locale.ROOT);
    }

    private List<OperationRow> known() {
        return all.get().orElse(List.of());
    }

    /// How many a group has, without the filter.
    int count(Optional<Group> of) {
        return (int)
                known().stream().filter(r -> of.map(g -> Group.of(r) == g).orElse(true)).count();
    }

    /// Every operation, newest first; empty before the first reading.
    public ReadOnlyObjectProperty<Optional<List<OperationRow>>> allProperty() {
        return all.getReadOnlyProperty();
    }

    /// What is shown: what needs a person first, then what runs, each newest first.
    ReadOnlyObjectProperty<List<OperationRow>> rowsProperty() {
        return rows.getReadOnlyProperty();
    }

    /// Why the last reading did not come; empty when it did.
    public ReadOnlyObjectProperty<Optional<Problem>> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// One group; empty for all.
    ObjectProperty<Optional<Group>> groupProperty() {
        return group;
    }

    StringProperty filterProperty() {
        return filter;
    }
}
