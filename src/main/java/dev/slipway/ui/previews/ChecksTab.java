package dev.slipway.ui.previews;

import static dev.slipway.ui.kit.Nodes.gap;
import static dev.slipway.ui.kit.Nodes.label;
import static dev.slipway.ui.previews.DrawerRows.heading;
import static dev.slipway.ui.previews.DrawerRows.note;

import dev.slipway.github.Checks;
import dev.slipway.preview.Preview;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;

/// The checks of its head, what failed first.
final class ChecksTab implements DrawerTab {
    private final Desk desk;

    ChecksTab(Desk desk) {
        this.desk = desk;
    }

    @Override
    public List<Node> of(Preview preview) {
        var checks = preview.checks();
        var all = new ArrayList<Node>();
        all.add(heading(checks.passed() + " of " + checks.total() + " checks passed"));
        checks.doubt().ifPresent(doubt -> all.add(note(doubt)));
        checks.all().stream()
                .sorted(
                        Comparator.comparingInt(ChecksTab::urgency)
                                .thenComparing(Checks.Check::name))
                .forEach(check -> all.add(check(check)));
        return all;
    }

    private static int urgency(Checks.Check check) {
        return switch (check.result()) {
            case FAIL -> 0;
            case UNKNOWN -> 1;
            case PENDING -> 2;
            case PASS -> 3;
            case SKIPPED -> 4;
        };
    }

    private Node check(Checks.Check check) {
        var status = Words.check(check);
        var name = new Label(check.name());
        name.setTooltip(new Tooltip(check.name() + ": " + check.word()));
        var took =
                check.started()
                        .flatMap(from -> check.completed().map(to -> Duration.between(from, to)))
                        .filter(d -> !d.isNegative() && !d.isZero())
                        .map(Times::words)
                        .orElse(status.word().toLowerCase(java.util.Locale.ROOT));
        var row =
                new HBox(
                        8,
                        status.icon().node(status.tone()),
                        name,
                        gap(),
                        label(took, "caption", "muted"));
        check.link()
                .ifPresent(at -> {
                    var web = new Button("Open", Icon.EXTERNAL.node(14));
                    web.getStyleClass().addAll("flat", "icon-only", "small");
                    web.setAccessibleText("Open " + check.name() + " in the browser");
                    web.setOnAction(_ -> desk.browse(at));
                    row.getChildren().add(web);
                });
        row.getStyleClass().addAll("fact", "row-line");
        row.setAccessibleText(check.name() + ": " + status.word());
        return row;
    }
}
