package dev.slipway.ui.window;

import dev.slipway.domain.Provider;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.lock.LockRecord;
import dev.slipway.operation.lock.LockStatus;
import dev.slipway.preview.PreviewList;
import dev.slipway.release.Takeovers;
import dev.slipway.ui.desk.TakeOverDialog;
import dev.slipway.ui.kit.Dialogs;
import dev.slipway.ui.kit.Layers;
import dev.slipway.ui.kit.Status;
import dev.slipway.ui.screens.Screen;
import dev.slipway.ui.shell.Arming;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.ShellModel;
import dev.slipway.ui.welcome.Connecting;
import dev.slipway.ui.welcome.WelcomePage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.StackPane;

/// Moments of a window that a healthy world at rest does not show: armed, offline, a provider that
/// is silent, nothing to list, each dialog. Nothing is asked of the world for them. FX thread only.
final class Moments {
    private final Function<Shown, Frame> frames;
    private final Supplier<Frame> early;
    private final PreviewList read;
    private final Optional<Integer> example;
    private final List<Screen> all = new ArrayList<>();

    /// @param frames makes a new frame that shows these previews
    /// @param early makes a frame whose world is not open yet
    /// @param read what the world holds
    /// @param example the preview that is opened
    Moments(
            Function<Shown, Frame> frames,
            Supplier<Frame> early,
            PreviewList read,
            Optional<Integer> example) {
        this.frames = frames;
        this.early = early;
        this.read = read;
        this.example = example;
    }

    List<Screen> screens() {
        var previews = Place.Previews.ALL;
        var normal = new Shown(read);
        moment("previews-empty", Shown.empty(read), previews, _ -> {});
        moment(
                "previews-no-match",
                normal,
                new Place.Previews("no such words", Optional.empty(), ""),
                _ -> {});
        moment("previews-provider-down", Shown.withoutNeon(read), previews, _ -> {});
        moment("previews-offline", normal, previews, frame -> offline(frame));
        moment("previews-budget-reserve", normal, previews, Moments::reserve);
        example.ifPresent(number ->
                moment("previews-armed", normal, Place.Previews.of(number), Moments::arm));
        moment("panel-problems", Shown.withoutNeon(read), previews, frame -> tab(frame, 2));
        moment("panel-tasks", normal, previews, Moments::elsewhere);
        moment("panel-logs", normal, previews, frame -> tab(frame, 0));
        var production = new Place.Production();
        moment("production-elsewhere", normal, production, f -> holder(f, 12));
        moment("production-take-over", normal, production, f -> holder(f, 840));
        moment("operations-elsewhere", normal, new Place.Operations(), f -> holder(f, 12));
        moment("dialog-take-over", normal, production, Moments::takeOver);
        moment("dialog-arm", normal, previews, frame -> frame.shell().askToArm());
        moment("dialog-shortcuts", normal, previews, frame -> press(frame, "#help"));
        moment("dialog-commands", normal, previews, frame -> press(frame, "#command"));
        moment("dialog-notices", normal, previews, Moments::notices);
        moment("dialog-close", normal, previews, frame -> closing(frame));
        moment(
                "dialog-new-world",
                normal,
                previews,
                frame ->
                        new Renewal(
                                        frame.desk(),
                                        frame.desk().services().memory().home().resolve("sandbox"))
                                .ask(() -> {}));
        moment(
                "dialog-connect",
                normal,
                new Place.Welcome(),
                frame -> Connecting.open(frame.shell().dialogs()));
        all.add(new Screen("first-run", Moments::firstRun));
        all.add(new Screen("opening", OpeningPage::new));
        all.add(new Screen("opening-saved", this::saved));
        all.add(
                new Screen(
                        "opening-failed",
                        () -> {
                            var page = new OpeningPage();
                            page.failed(
                                    "The world file world.json cannot be read: it is not JSON. Nothing"
                                            + " was asked or changed.",
                                    () -> {});
                            return page;
                        }));
        return all;
    }

    private void moment(String name, Shown shown, Place place, Consumer<Frame> prepare) {
        all.add(
                new Screen(
                        name,
                        () -> {
                            var frame = frames.apply(shown);
                            frame.desk().model().lockProperty().set(ShellModel.Lock.FREE);
                            frame.desk().navigator().go(place);
                            prepare.accept(frame);
                            return frame.shell().root();
                        }));
    }

    /// The previews of an earlier session, while the sandbox starts.
    private Parent saved() {
        var frame = early.get();
        frame.say("Starting the sandbox\u2026");
        example.ifPresent(number -> frame.desk().navigator().go(Place.Previews.of(number)));
        return frame.shell().root();
    }

    private static void arm(Frame frame) {
        arm(frame, "release r42");
    }

    private static void arm(Frame frame, String reason) {
        frame.desk()
                .model()
                .armedProperty()
                .set(
                        Optional.of(
                                new ShellModel.Armed(
                                        frame.desk().now().plus(Arming.LENGTH),
                                        "example",
                                        reason)));
    }

    private void offline(Frame frame) {
        frame.pages().previews().show(Shown.offline(read).list());
    }

    private static void reserve(Frame frame) {
        frame.desk()
                .model()
                .budgets()
                .setAll(
                        new ShellModel.Budget(Provider.GITHUB, 4812, 0),
                        new ShellModel.Budget(
                                Provider.CLOUDFLARE,
                                200,
                                200,
                                1200,
                                Optional.of(frame.desk().now().plus(Duration.ofMinutes(4)))),
                        new ShellModel.Budget(Provider.NEON, 668, 0));
    }

    /// An operation of this window runs: armed, with the lock, in the sidebar and the status bar.
    static void runs(Frame frame, Place.Operation place, Plan plan, PlanStep step) {
        arm(frame, "release " + plan.target());
        var at = "step %d of %d".formatted(plan.steps().indexOf(step) + 1, plan.steps().size());
        var what = plan.kind() + " of " + plan.target();
        holds(frame, new ShellModel.Lock("you, " + at, "you, " + what + ", " + at, false));
        works(frame, place, plan.kind() + " " + plan.target(), step.title());
    }

    private static void elsewhere(Frame frame) {
        holds(
                frame,
                new ShellModel.Lock(
                        "kim on kim-mbp, step 5 of 8",
                        "kim on kim-mbp, promotion of r42, step 5 of 8, renewed 4 s ago",
                        false));
        works(
                frame,
                new Place.Operation("0123456789ab"),
                "promotion r42",
                "Watch 10 % of the traffic");
        tab(frame, 1);
    }

    /// A colleague holds production and was heard of `seconds` ago.
    private static LockStatus holder(Frame frame, long seconds) {
        var now = frame.desk().now();
        var status =
                new LockStatus(
                        seconds > 600 ? LockStatus.State.EXPIRED : LockStatus.State.OTHER,
                        Optional.of(record()),
                        Optional.of(now.minusSeconds(seconds)),
                        now,
                        Duration.ofMinutes(10));
        holds(frame, new ShellModel.Lock(status.brief(), status.sentence(), false));
        frame.desk().model().elsewhereProperty().set(Optional.of(status));
        return status;
    }

    private static LockRecord record() {
        return new LockRecord(
                true,
                "production",
                "0123456789ab",
                "",
                "promotion",
                "r42",
                7,
                "ana",
                "laptop-3",
                "",
                Duration.ofMinutes(10),
                7,
                12,
                "Watch 10 % of the traffic",
                true,
                "",
                Optional.of(42),
                0,
                Optional.empty(),
                Optional.empty());
    }

    private static void takeOver(Frame frame) {
        arm(frame);
        var status = holder(frame, 840);
        new TakeOverDialog(frame.desk())
                .open(
                        new Takeovers.Offer(
                                status,
                                Optional.empty(),
                                Optional.empty(),
                                "take over production"));
    }

    private static void holds(Frame frame, ShellModel.Lock lock) {
        frame.desk().model().lockProperty().set(lock);
    }

    private static void works(Frame frame, Place.Operation place, String what, String step) {
        var model = frame.desk().model();
        model.operationProperty().set(what + ", " + step);
        model.operationPlaceProperty().set(Optional.of(place));
        model.tasks().setAll(new ShellModel.Task(what, step, Status.RUNNING, place));
    }

    private static void notices(Frame frame) {
        frame.desk()
                .model()
                .notices()
                .setAll(
                        new ShellModel.Notice(
                                frame.desk().now(),
                                Status.PAUSED,
                                "Promotion r42 needs you: auth is above its error limit",
                                new Place.Operation("0123456789ab")));
        press(frame, "#bell");
    }

    private static void closing(Frame frame) {
        new Closing(frame, () -> {})
                .question("promotion", "r42", "Traffic stays at 10 %.", () -> {});
    }

    private static void tab(Frame frame, int index) {
        var tabs = frame.shell().root().lookupAll(".panel-tab").toArray();
        ((ToggleButton) tabs[index]).fire();
    }

    private static void press(Frame frame, String id) {
        ((ButtonBase) frame.shell().root().lookup(id)).fire();
    }

    private static Parent firstRun() {
        var layers = new Layers[1];
        var page =
                new WelcomePage(
                        Optional.of(
                                "There is no stack file slipway.yaml. Nothing was asked or changed;"
                                        + " name one with --stack."),
                        WelcomePage.Sandbox.NOT_STARTED,
                        Set.of(),
                        () -> {},
                        () -> Connecting.open(new Dialogs(layers[0])));
        layers[0] = new Layers(new StackPane(page));
        return layers[0];
    }
}
