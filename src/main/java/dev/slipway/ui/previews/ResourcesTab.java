package dev.slipway.ui.previews;

import static dev.slipway.ui.kit.Nodes.label;
import static dev.slipway.ui.previews.DrawerRows.heading;
import static dev.slipway.ui.previews.DrawerRows.resource;

import dev.slipway.domain.Provider;
import dev.slipway.preview.Preview;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Status;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;

/// Every remote thing that belongs to the preview, to be copied.
final class ResourcesTab implements DrawerTab {
    private final PreviewsModel model;

    ResourcesTab(PreviewsModel model) {
        this.model = model;
    }

    @Override
    public List<Node> of(Preview preview) {
        var all = new ArrayList<Node>();
        all.add(heading("GitHub"));
        all.add(
                resource(
                        Icon.PREVIEWS,
                        "Pull request",
                        preview.url().toString(),
                        Status.PASSED.saying("open")));
        all.add(resource(Icon.BRANCH, "Git branch", preview.branch(), null));
        all.add(resource(Icon.COMMIT, "Head commit", preview.head().value(), null));
        all.add(heading("Neon"));
        if (preview.database().branch().isPresent()) {
            all.add(
                    resource(
                            Icon.DATABASE,
                            "Database branch",
                            preview.database().branch().get(),
                            preview.database().awake()
                                    ? Status.PASSED.saying("awake")
                                    : Status.NOT_CREATED.saying("asleep")));
            preview.database()
                    .id()
                    .ifPresent(id -> all.add(resource(Icon.DATABASE, "Branch id", id, null)));
        } else {
            all.add(
                    label(
                            model.answered(Provider.NEON)
                                    ? "No database branch"
                                    : "Unknown: Neon is not answering",
                            "muted"));
        }
        all.add(heading("Cloudflare"));
        for (var worker : preview.workers()) {
            all.add(
                    resource(
                            Icon.WORKER,
                            "Worker " + worker.name(),
                            worker.script(),
                            switch (worker.state()) {
                                case DEPLOYED -> Status.PASSED.saying("deployed");
                                case MISSING -> Status.MISSING.saying("not deployed");
                                case UNKNOWN -> Status.UNKNOWN;
                            }));
        }
        if (!preview.names().isEmpty()) {
            all.add(heading("DNS"));
        }
        for (var name : preview.names()) {
            all.add(
                    resource(
                            Icon.DNS,
                            "Hostname",
                            name.name(),
                            switch (name.state()) {
                                case RESOLVES -> Status.PASSED.saying("resolves");
                                case DOES_NOT_RESOLVE -> Status.FAILED.saying("dead");
                                case NO_RECORD -> Status.NOT_CREATED.saying("no record");
                                case UNKNOWN -> Status.UNKNOWN;
                            }));
        }
        return all;
    }
}
