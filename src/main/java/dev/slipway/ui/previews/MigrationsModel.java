package dev.slipway.ui.previews;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.migration.LedgerState;
import dev.slipway.preview.Preview;
import dev.slipway.production.ProductionReader.Wake;
import dev.slipway.release.RehearsalResult;
import dev.slipway.release.Target;
import dev.slipway.release.TreeMigrations;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.rehearsal.RehearsalRun;
import dev.slipway.ui.rehearsal.Rehearsing;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The migrations of one pull request, as last read, and its newest rehearsal. FX thread only.
final class MigrationsModel {
    private final Desk desk;
    private final Rehearsing rehearsing;
    private final Target target;
    private final RehearsalRun run;
    private final Set<String> opened = new HashSet<>();
    private final ReadOnlyObjectWrapper<Shown> shown =
            new ReadOnlyObjectWrapper<>(this, "shown", Shown.NOTHING);
    private Optional<CommitSha> head = Optional.empty();

    /// What is known.
    ///
    /// @param problem why the last thing asked for did not work, empty when it did
    record Shown(
            Optional<TreeMigrations> migrations,
            Optional<RehearsalResult> rehearsal,
            boolean reading,
            String problem) {
        static final Shown NOTHING = new Shown(Optional.empty(), Optional.empty(), false, "");

        private Shown reading(boolean now) {
            return new Shown(migrations, rehearsal, now, problem);
        }

        private Shown failing(String sentence) {
            return new Shown(migrations, rehearsal, false, sentence);
        }
    }

    /// What one reading gives.
    private record Answer(TreeMigrations migrations, Optional<RehearsalResult> rehearsal) {}

    MigrationsModel(Desk desk, Rehearsing rehearsing, int number) {
        this.desk = desk;
        this.rehearsing = rehearsing;
        target = new Target.OfPullRequest(new PullRequestNumber(number));
        run = new RehearsalRun(desk.background());
    }

    ReadOnlyObjectProperty<Shown> shownProperty() {
        return shown.getReadOnlyProperty();
    }

    Shown shown() {
        return shown.get();
    }

    RehearsalRun run() {
        return run;
    }

    /// Reads what belongs to `preview`; nothing when that was done for this head, or before the world is
    /// open. Wakes nothing.
    void look(Preview preview) {
        if (desk.isOpen() && !head.equals(Optional.of(preview.head()))) {
            head = Optional.of(preview.head());
            read(Wake.NEVER, "");
        }
    }

    /// Reads again for the person who asks, which may wake the production compute.
    void readNow() {
        read(Wake.ALLOWED, "");
    }

    /// @param problem what stays to be said although this reading works
    private void read(Wake wake, String problem) {
        shown.set(shown().reading(true));
        desk.background()
                .start(
                        () ->
                                new Answer(
                                        rehearsing.migrations(target, wake),
                                        rehearsing.latest(target)),
                        answer ->
                                shown.set(
                                        new Shown(
                                                Optional.of(answer.migrations()),
                                                answer.rehearsal(),
                                                false,
                                                problem)),
                        failure -> shown.set(shown().failing(failure.sentence())));
    }

    /// Rehearses now. Touches a throw-away branch; production is only read.
    void rehearse() {
        var pending =
                shown().migrations()
                        .flatMap(TreeMigrations::ledger)
                        .map(LedgerState::pending)
                        .orElse(List.of());
        run.start(
                pending,
                listener -> rehearsing.rehearse(target, listener),
                _ -> read(Wake.NEVER, ""),
                // Refused or not, it has looked: what it saw of the ledger is there to be read.
                problem -> read(Wake.NEVER, problem.sentence()));
    }

    /// Ends the rehearsal that goes on; its branch is removed.
    void stop() {
        run.stop();
    }

    /// Whether the SQL of the migration `name` is shown.
    boolean opened(String name) {
        return opened.contains(name);
    }

    void open(String name, boolean now) {
        if (now) {
            opened.add(name);
        } else {
            opened.remove(name);
        }
    }
}
