package dev.slipway.ui.window;

import dev.slipway.operation.Moment;
import dev.slipway.operation.OperationState;
import dev.slipway.operation.journal.OperationRow;
import dev.slipway.operation.lock.LockStatus;
import dev.slipway.preview.PreviewList;
import dev.slipway.release.throwaway.Sweep;
import dev.slipway.ui.desk.Beat;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.desk.ReserveNotice;
import dev.slipway.ui.kit.Background;
import dev.slipway.ui.kit.Status;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.shell.Arming;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.Section;
import dev.slipway.ui.shell.ShellModel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;

/// Keeps the frame in step with the services: arming, lock, operations, budgets, connections.
final class Feed {
    private static final Duration SLEEP = Duration.ofSeconds(5);

    private final Desk desk;
    private final Pages pages;
    private final ShellModel model;
    private final Beat second;
    private final Beat poll;
    private final Problems problems = new Problems();
    private final Moment.Source moments;
    private Optional<Moment> last = Optional.empty();

    Feed(Desk desk, Pages pages) {
        this.desk = desk;
        this.pages = pages;
        model = desk.model();
        moments = Moment.Source.of(desk.clock(), System::nanoTime, "window");
        second = new Beat(Duration.ofSeconds(1), this::tick);
        poll = new Beat(desk.refreshEvery(), this::look);
        if (desk.isOpen()) {
            enter();
        }
        pages.operations().allProperty().subscribe(rows -> rows.ifPresent(this::operations));
        pages.previews().listProperty().subscribe(list -> list.ifPresent(this::heard));
        pages.previews()
                .savedProperty()
                .subscribe(_ -> pages.previews().listProperty().get().ifPresent(this::heard));
        pages.production()
                .stateProperty()
                .subscribe(state -> tell("production", state.map(Diagnosis::of).orElse(List.of())));
        tellFailure("reading previews", pages.previews().problemProperty(), Place.Previews.ALL);
        tellFailure(
                "reading production", pages.production().problemProperty(), new Place.Production());
        tellFailure(
                "reading the journal",
                pages.operations().problemProperty(),
                new Place.Operations());
        model.tryAgainProperty()
                .set(() -> {
                    pages.previews().refresh();
                    pages.production().ask();
                    look();
                });
        model.reserveProperty()
                .subscribe(budget ->
                        tell(
                                "budget",
                                budget
                                        .map(b ->
                                                new Problems.Problem(
                                                        Status.ATTENTION,
                                                        ReserveNotice.words(b, desk)
                                                                + " Background refresh is paused to"
                                                                + " keep room for a rollback.",
                                                        Place.Previews.ALL))
                                        .stream()
                                        .toList()));
    }

    /// The world is open: says which one it is.
    void enter() {
        var world = desk.services().world();
        var stack = desk.services().stack();
        model.worldProperty().set(world.name());
        model.repositoryProperty().set(stack.repositoryName());
        model.zoneProperty().set(stack.cloudflare().zone());
        model.sandboxProperty().set(world.sandbox());
        model.openingProperty().set(Optional.empty());
        tell(
                "stack",
                desk.services().warnings().stream()
                        .map(text -> new Problems.Problem(Status.ATTENTION, text, null))
                        .toList());
        tick();
    }

    /// The world is being opened: says which one, as far as it is known.
    void await(Earlier earlier) {
        model.worldProperty().set(earlier.world());
        model.repositoryProperty().set(earlier.repository());
        model.zoneProperty().set(earlier.zone());
        model.sandboxProperty().set(true);
        model.operationProperty().set("not read yet");
        pages.previews().showSaved(earlier.previews());
    }

    /// Reads at once what a person who went to an operation looks for in the frame.
    private void went(Place place) {
        if (place instanceof Place.Operation) {
            look();
        }
    }

    /// Reads what the frame shows now and again from now on.
    void start() {
        if (pages.previews().listProperty().get().isEmpty()
                || pages.previews().savedProperty().get()) {
            // The window may have opened on another page, or before its world.
            pages.previews().start();
        }
        look();
        desk.navigator().placeProperty().addListener((_, _, place) -> went(place));
        second.start();
        poll.start();
    }

    void stop() {
        second.stop();
        poll.stop();
    }

    /// Asks once for everything that takes asking.
    void look() {
        desk.background()
                .start(
                        () -> desk.services().lock(),
                        this::lock,
                        problem -> {
                            tell(
                                    "lock",
                                    List.of(
                                            new Problems.Problem(
                                                    Status.UNKNOWN,
                                                    "Nobody knows who holds production: "
                                                            + problem.sentence()
                                                            + ".",
                                                    null)));
                            model.lockProperty()
                                    .set(
                                            new ShellModel.Lock(
                                                    "unknown",
                                                    "unknown: " + problem.sentence(),
                                                    false));
                        });
        pages.operations().refresh();
        pages.production().look();
        sweep();
    }

    /// Removes what earlier runs left, and what this one could not remove when it was used up. Where
    /// nothing is left no remote is asked.
    private void sweep() {
        var throwAways = desk.services().throwAways();
        desk.background()
                .start(
                        () -> {
                            var left = throwAways.left();
                            return left.open().isEmpty() ? left : throwAways.sweep();
                        },
                        this::swept,
                        problem ->
                                tell(
                                        "throw-away",
                                        List.of(
                                                new Problems.Problem(
                                                        Status.UNKNOWN,
                                                        "Whether throw-away branches were left is"
                                                                + " not known: "
                                                                + problem.sentence()
                                                                + ".",
                                                        null))));
    }

    private void swept(Sweep sweep) {
        if (!sweep.done().isEmpty()) {
            model.notices().add(new ShellModel.Notice(desk.now(), Status.DONE, sweep.done(), null));
        }
        tell(
                "throw-away",
                sweep.open().stream()
                        .map(text -> new Problems.Problem(Status.ATTENTION, text, null))
                        .toList());
    }

    /// A machine that slept shows what was true before: everything is read again, and a person is told.
    private void noticeSleep() {
        var now = moments.now();
        var slept = last.map(now::slept).orElse(Duration.ZERO);
        last = Optional.of(now);
        if (slept.compareTo(SLEEP) > 0) {
            model.notices()
                    .add(
                            new ShellModel.Notice(
                                    desk.now(),
                                    Status.ATTENTION,
                                    "This computer slept for %s. What is shown is read again; an operation that runs here looks at everything before it changes anything."
                                            .formatted(Times.figures(slept)),
                                    null));
            model.tryAgainProperty().get().run();
        }
    }

    private void tick() {
        if (desk.isOpen()) {
            noticeSleep();
        }
        var armed =
                desk.services()
                        .arming()
                        .state()
                        .map(a -> new ShellModel.Armed(a.until(), a.by(), a.reason()));
        if (!armed.equals(model.armedProperty().get())) {
            model.armedProperty().set(armed);
        }
        var budgets = desk.services().budgets();
        if (!budgets.equals(List.copyOf(model.budgets()))) {
            model.budgets().setAll(budgets);
        }
    }

    private void lock(LockStatus status) {
        tell("lock", Diagnosis.of(status));
        model.elsewhereProperty().set(Optional.of(status).filter(LockStatus::elsewhere));
        model.lockProperty()
                .set(
                        new ShellModel.Lock(
                                status.brief(),
                                status.sentence(),
                                status.state() == LockStatus.State.FREE));
    }

    private void operations(List<OperationRow> rows) {
        var running = rows.stream().filter(r -> r.state() == OperationState.RUNNING).findFirst();
        model.operationProperty()
                .set(
                        running.map(r -> r.kind() + " " + r.target() + ", " + r.stepTitle())
                                .orElse("none"));
        model.operationPlaceProperty().set(running.map(r -> new Place.Operation(r.id())));
        var waiting = rows.stream().filter(r -> r.state().resumable()).toList();
        model.counts().put(Section.OPERATIONS, waiting.size());
        tell("operations", Diagnosis.of(waiting));
        model.tasks()
                .setAll(
                        running
                                .map(r ->
                                        new ShellModel.Task(
                                                r.kind() + " " + r.target(),
                                                r.stepTitle(),
                                                Status.RUNNING,
                                                new Place.Operation(r.id())))
                                .stream()
                                .toList());
    }

    private void heard(PreviewList list) {
        if (pages.previews().savedProperty().get()) {
            // Who answered an earlier session says nothing about this one.
            return;
        }
        model.connections().setAll(Connections.of(list));
        model.asOfProperty().set(list.oldest().or(() -> Optional.of(list.asOf())));
        var since = model.offlineSinceProperty().get();
        model.offlineSinceProperty()
                .set(list.offline() ? since.or(() -> Optional.of(desk.now())) : Optional.empty());
        tell("providers", Diagnosis.of(list));
        tick();
    }

    private void tellFailure(
            String what,
            ReadOnlyObjectProperty<Optional<Background.Problem>> failure,
            Place place) {
        failure.subscribe(problem ->
                tell(
                        what,
                        problem
                                .map(why ->
                                        new Problems.Problem(
                                                Status.FAILED,
                                                "Failed " + what + ": " + why.sentence(),
                                                place))
                                .stream()
                                .toList()));
    }

    private void tell(String source, List<Problems.Problem> all) {
        if (problems.tell(source, all, desk.now())) {
            model.problems().setAll(problems.all());
        }
    }

    /// Arms and disarms the services for the frame.
    Arming arming() {
        return new Arming() {
            @Override
            public void arm(String reason) {
                desk.background()
                        .start(
                                () -> desk.services().arming().arm(desk.services().login(), reason),
                                _ -> tick(),
                                problem ->
                                        model.notices()
                                                .add(
                                                        new ShellModel.Notice(
                                                                desk.now(),
                                                                Status.FAILED,
                                                                "Not armed: " + problem.sentence(),
                                                                null)));
            }

            @Override
            public void disarm() {
                desk.services().arming().disarm();
                tick();
            }
        };
    }
}
