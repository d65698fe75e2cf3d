package dev.slipway.ui.window;

import dev.slipway.log.Log;
import dev.slipway.operation.Plan;
import dev.slipway.preview.PreviewList;
import dev.slipway.production.ProductionReader.Wake;
import dev.slipway.production.ProductionState;
import dev.slipway.release.Proposal;
import dev.slipway.release.rollback.Holds;
import dev.slipway.ui.desk.WayBack;
import dev.slipway.ui.heal.HealScreens;
import dev.slipway.ui.production.ProductionModel;
import dev.slipway.ui.production.ProductionView;
import dev.slipway.ui.promotion.PromotionScreens;
import dev.slipway.ui.promotion.Releases;
import dev.slipway.ui.promotion.RunningExample;
import dev.slipway.ui.rescue.RescueScreens;
import dev.slipway.ui.rollback.HoldDialog;
import dev.slipway.ui.rollback.RestoreScreens;
import dev.slipway.ui.rollback.RollbackScreens;
import dev.slipway.ui.screens.Screen;
import dev.slipway.ui.shell.Navigator;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.Shell;
import dev.slipway.ui.shell.View;
import dev.slipway.ui.shell.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import javafx.scene.Parent;

/// Every picture of a world: each page in its frame, and the pages of a real promotion that is
/// proposed and never started. FX thread only.
final class Gallery {
    private final Frame frame;
    private final Function<Shown, Frame> others;
    private final BiFunction<Shown, Log, Frame> logged;
    private final Function<PreviewList, Frame> early;
    private Optional<Shell> before = Optional.empty();

    /// @param others makes a frame of the same world that shows other previews
    /// @param logged makes a frame of the same world that shows other previews and another log
    /// @param early makes a frame of the same world before it is open
    Gallery(
            Frame frame,
            Function<Shown, Frame> others,
            BiFunction<Shown, Log, Frame> logged,
            Function<PreviewList, Frame> early) {
        this.frame = frame;
        this.others = others;
        this.logged = logged;
        this.early = early;
    }

    /// The pictures, in the order of the sidebar.
    List<Screen> screens() {
        var all = new ArrayList<Screen>();
        all.add(at("previews", Place.Previews.ALL));
        frame.pages()
                .example()
                .ifPresent(
                        p -> all.add(at("previews-drawer", Place.Previews.of(p.number().value()))));
        frame.pages()
                .example()
                .ifPresent(p -> {
                    for (var tab : List.of("Resources", "Checks", "Migrations")) {
                        all.add(
                                at(
                                        "previews-drawer-" + tab.toLowerCase(Locale.ROOT),
                                        new Place.Previews(
                                                "", Optional.of(p.number().value()), tab)));
                    }
                });
        all.add(at("production", new Place.Production()));
        all.add(at("operations", new Place.Operations()));
        all.add(at("logs", Place.Logs.ALL));
        if (frame.desk().services().faults().isPresent()) {
            all.add(at("faults", new Place.Faults()));
        }
        all.add(at("settings", new Place.Settings()));
        all.add(at("welcome", new Place.Welcome()));
        frame.pages()
                .proposal()
                .ifPresent(proposal ->
                        all.addAll(
                                PromotionScreens.of(
                                        frame.pages().releases(),
                                        proposal,
                                        this::framed,
                                        this::whileItRuns)));
        frame.pages().proposal().ifPresent(promotion -> all.addAll(goingBack(promotion)));
        all.addAll(restoring());
        var made = frame.pages().otherProposals();
        all.addAll(
                PromotionScreens.ofRehearsals(
                        frame.pages().releases(), Pages.byEnding(made), this::framed));
        frame.pages()
                .skipped(made)
                .ifPresent(skipped ->
                        all.addAll(
                                PromotionScreens.ofRepairs(
                                        frame.pages().releases(),
                                        skipped.promotion(),
                                        skipped.repairs(),
                                        this::framed)));
        frame.pages()
                .previews()
                .listProperty()
                .get()
                .ifPresent(read ->
                        all.addAll(
                                new Moments(
                                                others,
                                                () -> early.apply(read),
                                                read,
                                                frame.pages()
                                                        .example()
                                                        .map(p -> p.number().value()))
                                        .screens()));
        return all;
    }

    private List<Screen> goingBack(Proposal promotion) {
        var all = new ArrayList<Screen>();
        var live = PromotionScreens.live(promotion);
        frame.pages()
                .production()
                .stateProperty()
                .get()
                .map(state -> frame.desk().services().rollbacks().look(state))
                .ifPresent(scene -> {
                    var screens =
                            new RollbackScreens(
                                    frame.desk(), frame.pages().wayBack(), scene, this::framed);
                    all.addAll(
                            screens.screens(
                                    promotion.plan(), live, seen -> production(live, seen)));
                    screens.plan(promotion.plan(), live)
                            .ifPresent(plan ->
                                    all.addAll(
                                            PromotionScreens.ofPlan(
                                                    frame.pages().releases(),
                                                    "rollback",
                                                    plan,
                                                    scene.production(),
                                                    this::framed,
                                                    this::whileItRuns)));
                });
        return all;
    }

    /// Putting the database back, and getting rows back. A look makes a branch, which no real world gets
    /// for a picture.
    private List<Screen> restoring() {
        var all = new ArrayList<Screen>();
        var desk = frame.desk();
        var rescue = new RescueScreens(desk, this::framed);
        all.addAll(rescue.screens());
        all.add(result("rescue-result", rescue.plan()));
        frame.pages()
                .production()
                .stateProperty()
                .get()
                .filter(_ -> desk.services().world().sandbox())
                .ifPresent(state -> {
                    var seen = WayBack.Seen.of(desk.services().rollbacks(), state, Wake.NEVER);
                    var screens =
                            new RestoreScreens(desk, frame.pages().wayBack(), this::framed, seen);
                    all.addAll(screens.screens());
                    all.add(result("restore-result", screens.proposal().plan()));
                    all.addAll(holding(seen));
                    all.addAll(healing(seen));
                    var backup = screens.backup();
                    all.add(
                            new Screen(
                                    "production-restored",
                                    () -> production(state.keptAs(backup), seen)));
                });
        return all;
    }

    private Screen result(String name, Plan plan) {
        return PromotionScreens.ofEnd(
                frame.pages().releases(),
                name,
                plan,
                frame.pages().production().stateProperty().get(),
                this::framed);
    }

    /// The dialog that holds what is live.
    private List<Screen> holding(WayBack.Seen seen) {
        return seen
                .scene()
                .liveCommit()
                .map(live -> frame.desk().services().holds().propose(live, Holds.What.HOLD))
                .stream()
                .map(made ->
                        new Screen(
                                "dialog-hold",
                                () -> {
                                    var own = others.apply(new Shown(read()));
                                    own.desk().navigator().go(new Place.Production());
                                    HoldDialog.open(own.desk(), made);
                                    return own.shell().root();
                                }))
                .toList();
    }

    /// Making what serves the newest version again.
    private List<Screen> healing(WayBack.Seen seen) {
        var all = new ArrayList<Screen>();
        HealScreens.of(frame.desk(), this::framed, seen.scene())
                .ifPresent(example -> {
                    var then = example.seen();
                    all.add(
                            new Screen(
                                    "production-overtaken",
                                    () -> production(then.scene().production(), then)));
                    all.addAll(example.screens());
                    all.add(result("heal-result", example.plan()));
                });
        return all;
    }

    private PreviewList read() {
        return frame.pages().previews().listProperty().get().orElseThrow();
    }

    /// The page "Production" as it would be, with that answer.
    private Parent production(ProductionState live, WayBack.Seen seen) {
        var desk = frame.desk();
        var way = new WayBack(desk, (_, _) -> seen);
        way.found(seen);
        var model = ProductionModel.still(desk, live);
        return framed(new Place.Production(), new ProductionView(desk, model, way));
    }

    /// A place in a window of its own: JavaFX looks up wrong styles while nodes that were drawn already move
    /// to another scene, and warns.
    private Screen at(String name, Place place) {
        return new Screen(name, () -> window(place, frame.pages().views()));
    }

    /// The window of the picture before is left, so that its page reads nothing any more.
    private Parent window(Place place, Views views) {
        before.ifPresent(Shell::leave);
        var shell = new Shell(frame.parts(new Navigator(place), views));
        before = Optional.of(shell);
        return shell.root();
    }

    /// A page of an operation that runs here, in a window that is armed for it.
    private Parent whileItRuns(
            Place.Operation place, RunningExample example, Function<Releases, View> page) {
        var busy = logged.apply(new Shown(read()), example.log());
        Moments.runs(busy, place, example.plan(), example.step());
        return new Shell(
                        busy.parts(
                                new Navigator(place),
                                busy.pages()
                                        .views()
                                        .each(
                                                Place.Operation.class,
                                                _ -> page.apply(busy.pages().releases()))))
                .root();
    }

    /// `view` in a frame of its own, which is at `place`.
    private Parent framed(Place place, View view) {
        return window(place, frame.pages().views().each(place.getClass(), _ -> view));
    }
}
