package dev.slipway.ui.previews;

import dev.slipway.domain.Provider;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.preview.Preview;
import dev.slipway.preview.PreviewList;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Background.Problem;
import dev.slipway.ui.rehearsal.Rehearsing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// The previews as last read, and which of them are shown. Changes on the FX thread only.
public final class PreviewsModel {
    private final Desk desk;
    private final Rehearsing rehearsing;
    private final ReadOnlyObjectWrapper<Optional<PreviewList>> list =
            new ReadOnlyObjectWrapper<>(this, "list", Optional.empty());
    private final ReadOnlyObjectWrapper<List<Preview>> rows =
            new ReadOnlyObjectWrapper<>(this, "rows", List.of());
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem =
            new ReadOnlyObjectWrapper<>(this, "problem", Optional.empty());
    private final ReadOnlyBooleanWrapper reading = new ReadOnlyBooleanWrapper(this, "reading");
    private final ReadOnlyBooleanWrapper saved = new ReadOnlyBooleanWrapper(this, "saved");
    private final ReadOnlyObjectWrapper<String> login =
            new ReadOnlyObjectWrapper<>(this, "login", "");
    private final ObjectProperty<Filter.Group> group =
            new SimpleObjectProperty<>(this, "group", Filter.Group.ALL);
    private final StringProperty filter = new SimpleStringProperty(this, "filter", "");

    public PreviewsModel(Desk desk) {
        this(desk, Rehearsing.of(desk::services));
    }

    /// @param rehearsing what the drawer asks about migrations
    PreviewsModel(Desk desk, Rehearsing rehearsing) {
        this.desk = desk;
        this.rehearsing = rehearsing;
        group.subscribe(_ -> choose());
        filter.subscribe(_ -> choose());
    }

    /// Shows what an earlier session saw, until something is read.
    public void showSaved(PreviewList earlier) {
        if (list.get().isEmpty()) {
            saved.set(true);
            list.set(Optional.of(earlier));
            choose();
        }
    }

    /// What the drawer asks about migrations.
    Rehearsing rehearsing() {
        return rehearsing;
    }

    /// Shows what an earlier session saw, then reads anew.
    public void start() {
        if (list.get().isEmpty()) {
            desk.background()
                    .start(
                            () -> desk.services().memory().previews(),
                            earlier -> earlier.ifPresent(this::showSaved),
                            _ -> {});
        }
        desk.background()
                .start(
                        () -> desk.services().login(),
                        name -> {
                            login.set(name);
                            choose();
                        },
                        _ -> {});
        refresh();
    }

    /// Reads all of them, unless that is being done or the world is not open yet.
    public void refresh() {
        if (reading.get() || !desk.isOpen()) {
            return;
        }
        read(desk.services().previews()::refresh);
    }

    private void read(Supplier<PreviewList> reader) {
        reading.set(true);
        desk.background().start(() -> kept(reader.get()), this::arrived, this::failed);
    }

    /// Reads all of them because time has passed. Nobody waits for it, so it leaves what providers keep
    /// in reserve alone, and does nothing while only that is left.
    public void poll() {
        if (reading.get() || !desk.isOpen() || desk.model().reserveProperty().get().isPresent()) {
            return;
        }
        read(desk.services().previews()::poll);
    }

    /// Reads the preview of `number` and asks its Workers how they are, once the world is open.
    public void look(int number) {
        if (!desk.isOpen()) {
            return;
        }
        desk.background()
                .start(
                        () -> desk.services().previews().one(new PullRequestNumber(number)),
                        this::joined,
                        this::failed);
    }

    private PreviewList kept(PreviewList read) {
        if (!read.previews().isEmpty() && !read.offline()) {
            desk.services().memory().keep(read);
        }
        return read;
    }

    private void arrived(PreviewList read) {
        reading.set(false);
        problem.set(Optional.empty());
        // Nobody answered: what was read before says more than nothing, with its age.
        var before = list.get().filter(_ -> read.offline());
        saved.set(saved.get() && before.isPresent());
        list.set(
                Optional.of(
                        new PreviewList(
                                before.map(PreviewList::asOf).orElse(read.asOf()),
                                read.providers(),
                                before.map(PreviewList::previews)
                                        .orElseGet(() ->
                                                read.previews().stream()
                                                        .map(this::keepVersions)
                                                        .toList()))));
        choose();
    }

    /// Shows `given` as if it had just been read, for pictures.
    public void show(PreviewList given) {
        arrived(given);
    }

    /// A refresh does not ask for versions; those an earlier look found hold while the head stays.
    private Preview keepVersions(Preview fresh) {
        return one(fresh.number().value())
                .filter(old -> old.head().equals(fresh.head()))
                .map(old -> fresh.withVersionsOf(old))
                .orElse(fresh);
    }

    /// Puts the one that was looked at in the place it has in the list.
    private void joined(PreviewList one) {
        list.get()
                .ifPresent(all -> {
                    var merged =
                            all.previews().stream()
                                    .map(old ->
                                            one.previews().stream()
                                                    .filter(p -> p.number().equals(old.number()))
                                                    .findFirst()
                                                    .orElse(old))
                                    .toList();
                    list.set(Optional.of(new PreviewList(all.asOf(), one.providers(), merged)));
                    choose();
                });
    }

    private void failed(Problem why) {
        reading.set(false);
        problem.set(Optional.of(why));
    }

    private void choose() {
        var words = Filter.of(filter.get());
        rows.set(
                all().stream()
                        .filter(p -> group.get().has(p, login.get()))
                        .filter(p -> words.accepts(p, login.get()))
                        .toList());
    }

    private List<Preview> all() {
        return list.get().map(PreviewList::previews).orElse(List.of());
    }

    /// How many a group has, without the filter.
    int count(Filter.Group of) {
        return (int) all().stream().filter(p -> of.has(p, login.get())).count();
    }

    /// The preview of `number`, as last read.
    Optional<Preview> one(int number) {
        return all().stream().filter(p -> p.number().value() == number).findFirst();
    }

    /// Whether a provider's part of the list was read.
    boolean answered(Provider provider) {
        // Offline the rows are those of the last reading, in which it did answer.
        return list.get()
                .filter(read -> !read.offline() || read.previews().isEmpty())
                .map(read -> read.providers().get(provider))
                .map(state -> state.failure().isEmpty())
                .orElse(true);
    }

    /// Whether two readings in a row are missing.
    boolean stale(Instant now) {
        return list.get()
                .map(read -> Duration.between(read.asOf(), now))
                .map(age -> age.compareTo(desk.refreshEvery().multipliedBy(2).plusSeconds(2)) > 0)
                .orElse(false);
    }

    /// What was read last; empty before.
    public ReadOnlyObjectProperty<Optional<PreviewList>> listProperty() {
        return list.getReadOnlyProperty();
    }

    /// Whether what is shown is from an earlier session.
    public ReadOnlyBooleanProperty savedProperty() {
        return saved.getReadOnlyProperty();
    }

    /// What the filter leaves, the one that needs attention most first.
    ReadOnlyObjectProperty<List<Preview>> rowsProperty() {
        return rows.getReadOnlyProperty();
    }

    /// Why the last reading did not come; empty when it did.
    public ReadOnlyObjectProperty<Optional<Problem>> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// Whether a reading is on its way.
    ReadOnlyBooleanProperty readingProperty() {
        return reading.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<String> loginProperty() {
        return login.getReadOnlyProperty();
    }

    ObjectProperty<Filter.Group> groupProperty() {
        return group;
    }

    /// The words in the filter field.
    StringProperty filterProperty() {
        return filter;
    }
}
