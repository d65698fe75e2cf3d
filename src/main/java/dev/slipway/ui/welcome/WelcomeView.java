package dev.slipway.ui.welcome;

import dev.slipway.preview.PreviewList;
import dev.slipway.stack.StackWorker;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.desk.Preferences;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.KeptFocus;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.View;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.value.ObservableValue;
import javafx.scene.Parent;
import javafx.scene.control.ScrollPane;

/// The page of the first start inside an open world.
public final class WelcomeView implements View {
    private final Desk desk;
    private final ObservableValue<Optional<PreviewList>> previews;
    private final ScrollPane page = new ScrollPane();
    private final Set<Task> tried = new HashSet<>();

    /// @param previews what this world holds, empty until it was read
    public WelcomeView(Desk desk, ObservableValue<Optional<PreviewList>> previews) {
        this.desk = desk;
        this.previews = previews;
        page.setFitToWidth(true);
        page.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        page.setFocusTraversable(false);
        previews.subscribe(_ -> draw());
    }

    private void draw() {
        var list = previews.getValue();
        var welcome =
                new WelcomePage(
                        Optional.empty(),
                        new WelcomePage.Sandbox(true, facts(list)),
                        desk.services().memory().connected(),
                        () -> go(Place.Previews.ALL),
                        () -> Connecting.open(desk.dialogs()));
        welcome.setTasks(
                list.map(Task::of).orElse(List.of()),
                tried,
                task -> {
                    tried.add(task);
                    go(task.start());
                });
        // Previews are read again every few seconds; who is on this page keeps their place.
        KeptFocus.in(() -> page.setContent(welcome), page);
    }

    private List<WelcomePage.Fact> facts(Optional<PreviewList> list) {
        var all = new ArrayList<WelcomePage.Fact>();
        list.ifPresent(read ->
                all.add(
                        new WelcomePage.Fact(
                                Icon.PREVIEWS, read.previews().size() + " open pull requests")));
        var workers = desk.services().stack().workers();
        all.add(
                new WelcomePage.Fact(
                        Icon.LIVE,
                        (workers.size() == 1
                                        ? "1 live Worker: "
                                        : workers.size() + " live Workers: ")
                                + workers.stream()
                                        .map(StackWorker::name)
                                        .collect(Collectors.joining(", "))));
        all.add(
                new WelcomePage.Fact(
                        Icon.DATABASE, "Real Git, real Postgres, real DNS packets, real HTTP"));
        all.add(new WelcomePage.Fact(Icon.UNDO, "Nothing can break: a new world is one menu away"));
        return all;
    }

    private void go(Place place) {
        desk.choose(Preferences::afterWelcome);
        desk.navigator().go(place);
    }

    @Override
    public Parent content() {
        return page;
    }

    @Override
    public void show(Place place) {
        draw();
    }

    @Override
    public void leave() {
        desk.choose(Preferences::afterWelcome);
    }
}
