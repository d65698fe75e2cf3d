package dev.slipway.ui.logs;

import dev.slipway.log.LogRow;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/// What the person chose to see of the log, and to find in it.
public final class LogsViewModel {
    private final ObjectProperty<Optional<LogRow.Channel>> channel =
            new SimpleObjectProperty<>(this, "channel", Optional.empty());
    private final ObjectProperty<LogRow.Level> least =
            new SimpleObjectProperty<>(this, "least", LogRow.Level.DEBUG);
    private final ObjectProperty<Optional<String>> operation =
            new SimpleObjectProperty<>(this, "operation", Optional.empty());
    private final Set<String> hiddenWorkers = new HashSet<>();
    private final ReadOnlyObjectWrapper<LogFilter> filter =
            new ReadOnlyObjectWrapper<>(this, "filter", LogFilter.ALL);
    private final ReadOnlyObjectWrapper<@Nullable Pattern> find =
            new ReadOnlyObjectWrapper<>(this, "find");
    private final ReadOnlyStringWrapper findProblem =
            new ReadOnlyStringWrapper(this, "findProblem", "");

    LogsViewModel() {
        channel.subscribe(_ -> compose());
        least.subscribe(_ -> compose());
        operation.subscribe(_ -> compose());
    }

    /// One channel; empty for all.
    public ObjectProperty<Optional<LogRow.Channel>> channelProperty() {
        return channel;
    }

    /// The least important level shown.
    public ObjectProperty<LogRow.Level> leastProperty() {
        return least;
    }

    /// Rows of one operation; empty for all.
    public ObjectProperty<Optional<String>> operationProperty() {
        return operation;
    }

    /// Shows or hides the rows about `worker`.
    public void showWorker(String worker, boolean shown) {
        if (shown ? hiddenWorkers.remove(worker) : hiddenWorkers.add(worker)) {
            compose();
        }
    }

    /// Whether the rows about `worker` are shown.
    public boolean showsWorker(String worker) {
        return !hiddenWorkers.contains(worker);
    }

    /// All choices together.
    ReadOnlyObjectProperty<LogFilter> filterProperty() {
        return filter.getReadOnlyProperty();
    }

    /// Looks for `text`: between two slashes as a regular expression, else as it is; case is ignored.
    public void find(String text) {
        findProblem.set("");
        if (text.isEmpty()) {
            find.set(null);
            return;
        }
        boolean regex = text.length() > 2 && text.startsWith("/") && text.endsWith("/");
        try {
            find.set(
                    Pattern.compile(
                            regex ? text.substring(1, text.length() - 1) : Pattern.quote(text),
                            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
        } catch (PatternSyntaxException e) {
            find.set(null);
            findProblem.set(
                    "This is not a regular expression: "
                            + e.getDescription()
                            + ". Nothing is searched.");
        }
    }

    /// What is looked for; null for nothing.
    ReadOnlyObjectProperty<@Nullable Pattern> findProperty() {
        return find.getReadOnlyProperty();
    }

    /// Why what was typed cannot be looked for; empty when it can.
    public ReadOnlyStringProperty findProblemProperty() {
        return findProblem.getReadOnlyProperty();
    }

    private void compose() {
        filter.set(new LogFilter(channel.get(), least.get(), hiddenWorkers, operation.get()));
    }
}
