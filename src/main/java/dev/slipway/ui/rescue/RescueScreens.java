package dev.slipway.ui.rescue;

import dev.slipway.operation.Plan;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.screens.Screen;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import javafx.scene.Parent;

/// Every page of a rescue, for pictures: `rescue-` and the number of the page. Nothing is asked for them.
public final class RescueScreens {
    private final Desk desk;
    private final BiFunction<Place, View, Parent> window;
    private final RescueExample example;
    private final List<Screen> all = new ArrayList<>();

    /// @param window puts a view that is at a place into the frame of the window
    public RescueScreens(Desk desk, BiFunction<Place, View, Parent> window) {
        this.desk = desk;
        this.window = window;
        example = new RescueExample(desk);
    }

    /// The pages before rows come back.
    public List<Screen> screens() {
        var none = RescueDraft.of(Optional.empty());
        var rows = example.rows();
        wizard("rescue-1-none", none.with(List.of(), Optional.empty()));
        wizard("rescue-1-counting", none.doing("Counting, 3 of 6 tables"));
        wizard("rescue-1-rows", rows);
        wizard(
                "rescue-1-written",
                rows.into("/home/example/lost-rows").with(RescueExample.exported()));
        wizard(
                "rescue-1-failed",
                rows.into("lost-rows")
                        .failing(
                                "\u201clost-rows\u201d is no folder named from its root, such as"
                                        + " /home/kim/lost-rows. Nothing was written."));
        wizard(
                "rescue-2-conflict",
                rows.on(RescuePage.CONFIRM).with(example.proposal(false), desk.now()));
        wizard(
                "rescue-2-confirm",
                rows.leaving(true).on(RescuePage.CONFIRM).with(example.proposal(true), desk.now()));
        return all;
    }

    /// The plan of the pictures.
    public Plan plan() {
        return example.proposal(true).plan();
    }

    private void wizard(String name, RescueDraft draft) {
        var place = Place.Rescue.NEWEST;
        all.add(
                new Screen(
                        name,
                        () -> {
                            var view = new RescueView(desk, place);
                            view.controller().model().present(draft);
                            return window.apply(place, view);
                        }));
    }
}
