package dev.slipway.ui.welcome;

import dev.slipway.preview.Preview;
import dev.slipway.preview.PreviewList;
import dev.slipway.ui.shell.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Something to try, chosen from what this world really holds.
///
/// @param minutes about how long it takes
record Task(String title, String how, int minutes, Place start) {
    /// What there is to try with these previews; a task without a fitting preview is left out.
    static List<Task> of(PreviewList list) {
        var all = new ArrayList<Task>();
        first(list, p -> p.state() == Preview.State.FAILING)
                .ifPresent(p ->
                        all.add(
                                new Task(
                                        "Find out why " + name(p) + " is failing",
                                        "Previews, drawer, failing checks first",
                                        2,
                                        new Place.Previews(
                                                "", Optional.of(p.number().value()), "Checks"))));
        first(list, p -> p.promising() && pending(p))
                .or(() -> first(list, Preview::promising))
                .ifPresent(p ->
                        all.add(
                                new Task(
                                        "Promote "
                                                + name(p)
                                                + (pending(p) ? " with its migration" : ""),
                                        "Preflight, plan, confirm, watch traffic go up in steps",
                                        5,
                                        promotion(p))));
        first(list, p -> !p.database().troubles().isEmpty())
                .ifPresent(p ->
                        all.add(
                                new Task(
                                        "See why " + name(p) + " may not be promoted yet",
                                        p.reason(),
                                        2,
                                        promotion(p))));
        if (!list.previews().isEmpty()) {
            all.add(
                    new Task(
                            "See what production runs",
                            "Versions, schema, health of the last hour",
                            1,
                            new Place.Production()));
            all.add(
                    new Task(
                            "Watch health checks arrive",
                            "One clock for all sources; F follows",
                            1,
                            new Place.Logs("health", Optional.empty())));
        }
        return all;
    }

    private static boolean pending(Preview preview) {
        return preview.database().pending().map(tags -> !tags.isEmpty()).orElse(false);
    }

    private static Optional<Preview> first(PreviewList list, Predicate<Preview> wanted) {
        return list.previews().stream().filter(wanted).findFirst();
    }

    private static String name(Preview preview) {
        return "#" + preview.number().value();
    }

    private static Place promotion(Preview preview) {
        return new Place.Promotion(Integer.toString(preview.number().value()));
    }
}
