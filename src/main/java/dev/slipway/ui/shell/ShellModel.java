package dev.slipway.ui.shell;

import dev.slipway.domain.Provider;
import dev.slipway.operation.lock.LockStatus;
import dev.slipway.ui.kit.Status;
import java.time.Instant;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.ObservableMap;
import org.jspecify.annotations.Nullable;

/// What the frame of the window shows, filled by others on the FX thread. It holds no demo values:
/// what nobody filled says that it is not known.
public final class ShellModel {
    /// Writing is allowed until `until`.
    public record Armed(Instant until, String by, String reason) {}

    /// Calls left at a provider.
    ///
    /// @param left as last seen; negative when not known
    /// @param kept how many of them are kept for a rollback
    /// @param limit calls of a whole window; negative when not known
    /// @param resets when calls come back
    public record Budget(
            Provider provider, int left, int kept, int limit, Optional<Instant> resets) {
        /// A budget of which only the number of calls is known.
        public Budget(Provider provider, int left, int kept) {
            this(provider, left, kept, -1, Optional.empty());
        }

        /// Whether nothing but what is kept for a rollback is left.
        public boolean onlyReserve() {
            return kept > 0 && left >= 0 && left <= kept;
        }
    }

    /// The production lock.
    ///
    /// @param brief who holds it and how far they are, such as "free" or "you, step 5 of 8"
    /// @param sentence the same in full, without the word "Lock"
    /// @param free whether nobody holds it
    public record Lock(String brief, String sentence, boolean free) {
        /// Nobody holds it.
        public static final Lock FREE = new Lock("free", "free", true);
    }

    /// Whether a provider answers.
    ///
    /// @param words a sentence such as "Neon: not answering for 40 s"
    public record Connection(Provider provider, Status status, String words) {}

    /// Work that runs and survives closing its page.
    public record Task(String name, String step, Status status, @Nullable Place open) {}

    /// Something that waits for a person, or a message of the past.
    public record Notice(Instant at, Status status, String text, @Nullable Place open) {}

    /// Something that can be done with the whole world, in the menu of the project switcher.
    public record WorldAction(String words, Runnable act) {}

    private final ObservableList<WorldAction> worldActions = FXCollections.observableArrayList();
    private final StringProperty world = new SimpleStringProperty(this, "world", "");
    private final StringProperty repository = new SimpleStringProperty(this, "repository", "");
    private final StringProperty zone = new SimpleStringProperty(this, "zone", "");
    private final BooleanProperty sandbox = new SimpleBooleanProperty(this, "sandbox");
    private final ObjectProperty<Optional<Instant>> offlineSince =
            new SimpleObjectProperty<>(this, "offlineSince", Optional.empty());
    private final ObjectProperty<Optional<String>> opening =
            new SimpleObjectProperty<>(this, "opening", Optional.empty());
    private final BooleanProperty plainKeys = new SimpleBooleanProperty(this, "plainKeys", true);
    private final BooleanProperty viewer = new SimpleBooleanProperty(this, "viewer");
    private final ObjectProperty<Optional<Armed>> armed =
            new SimpleObjectProperty<>(this, "armed", Optional.empty());
    private final ObjectProperty<Lock> lock =
            new SimpleObjectProperty<>(
                    this, "lock", new Lock("not read yet", "not read yet", false));
    private final ObjectProperty<Optional<LockStatus>> elsewhere =
            new SimpleObjectProperty<>(this, "elsewhere", Optional.empty());
    private final StringProperty operation = new SimpleStringProperty(this, "operation", "none");
    private final ObjectProperty<Optional<Place>> operationPlace =
            new SimpleObjectProperty<>(this, "operationPlace", Optional.empty());
    private final ObjectProperty<Optional<Instant>> asOf =
            new SimpleObjectProperty<>(this, "asOf", Optional.empty());
    private final ObservableList<Budget> budgets = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Optional<Budget>> reserve =
            new ReadOnlyObjectWrapper<>(this, "reserve", Optional.empty());
    private final ObjectProperty<Runnable> tryAgain =
            new SimpleObjectProperty<>(this, "tryAgain", () -> {});
    private final ObservableList<Connection> connections = FXCollections.observableArrayList();
    private final ObservableList<Task> tasks = FXCollections.observableArrayList();
    private final ObservableList<Notice> problems = FXCollections.observableArrayList();
    private final ObservableList<Notice> notices = FXCollections.observableArrayList();
    private final ObservableMap<Section, Integer> counts = FXCollections.observableHashMap();

    public ShellModel() {
        budgets.subscribe(
                () -> reserve.set(budgets.stream().filter(Budget::onlyReserve).findFirst()));
    }

    /// The world's name, such as "codex".
    public StringProperty worldProperty() {
        return world;
    }

    /// `owner/name` or the short name people use.
    public StringProperty repositoryProperty() {
        return repository;
    }

    /// The DNS zone; repository and zone are always shown together.
    public StringProperty zoneProperty() {
        return zone;
    }

    /// Whether nothing here is real.
    public BooleanProperty sandboxProperty() {
        return sandbox;
    }

    /// What is being done to open the world, whose saved previews are shown meanwhile: whole
    /// sentences. Empty once it is open.
    public ObjectProperty<Optional<String>> openingProperty() {
        return opening;
    }

    /// Since when no provider can be reached.
    public ObjectProperty<Optional<Instant>> offlineSinceProperty() {
        return offlineSince;
    }

    /// Asks the providers again, for a person who is offline and does not want to wait.
    public ObjectProperty<Runnable> tryAgainProperty() {
        return tryAgain;
    }

    /// The budget of which only the reserve is left, which stops reading by itself; empty for none.
    public ReadOnlyObjectProperty<Optional<Budget>> reserveProperty() {
        return reserve.getReadOnlyProperty();
    }

    /// Whether single letters are shortcuts.
    public BooleanProperty plainKeysProperty() {
        return plainKeys;
    }

    /// Whether the tokens cannot write at all.
    public BooleanProperty viewerProperty() {
        return viewer;
    }

    /// Whether and until when writing is allowed.
    public ObjectProperty<Optional<Armed>> armedProperty() {
        return armed;
    }

    /// The production lock.
    public ObjectProperty<Lock> lockProperty() {
        return lock;
    }

    /// The production lock while an operation of another computer holds it; empty when none does.
    public ObjectProperty<Optional<LockStatus>> elsewhereProperty() {
        return elsewhere;
    }

    /// What runs, such as "Promote r42, 10 %"; "none" when nothing does.
    public StringProperty operationProperty() {
        return operation;
    }

    /// Where the running operation is shown; empty when none runs.
    public ObjectProperty<Optional<Place>> operationPlaceProperty() {
        return operationPlace;
    }

    /// When the oldest of the shown readings arrived.
    public ObjectProperty<Optional<Instant>> asOfProperty() {
        return asOf;
    }

    /// What the project switcher offers besides the world itself.
    public ObservableList<WorldAction> worldActions() {
        return worldActions;
    }

    public ObservableList<Budget> budgets() {
        return budgets;
    }

    public ObservableList<Connection> connections() {
        return connections;
    }

    public ObservableList<Task> tasks() {
        return tasks;
    }

    public ObservableList<Notice> problems() {
        return problems;
    }

    /// The bell.
    public ObservableList<Notice> notices() {
        return notices;
    }

    /// Numbers beside sidebar entries; only where action is needed.
    public ObservableMap<Section, Integer> counts() {
        return counts;
    }
}
