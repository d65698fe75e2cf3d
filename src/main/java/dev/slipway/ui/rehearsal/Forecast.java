package dev.slipway.ui.rehearsal;

import dev.slipway.release.RehearsalResult.LockForecast;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Tone;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;

/// What taking the locks in production would be like now; unknown is said as unknown.
final class Forecast {
    private Forecast() {}

    static List<Node> of(LockForecast forecast) {
        var all = new ArrayList<Node>();
        all.add(
                forecast.expectedStall()
                        .map(stall ->
                                said(
                                        Icon.WAITING,
                                        Tone.MUTED,
                                        "Expected stall in production: "
                                                + Figures.took(stall)
                                                + " at most."))
                        .orElseGet(() ->
                                said(
                                        Icon.UNKNOWN,
                                        Tone.MUTED,
                                        "Expected stall in production: not known, "
                                                + forecast.doubt()
                                                + ".")));
        forecast.blockers()
                .forEach(
                        each -> all.add(said(Icon.ATTENTION, Tone.WARNING, "In the way: " + each)));
        if (forecast.expectedStall().isPresent() && forecast.blockers().isEmpty()) {
            all.add(said(Icon.OK, Tone.SUCCESS, "Nobody holds a lock that is in the way."));
        }
        return all;
    }

    private static Node said(Icon icon, Tone tone, String sentence) {
        var point = Nodes.point(icon, tone, sentence);
        point.getStyleClass().add("under-table");
        return Nodes.spoken(point, () -> sentence);
    }
}
