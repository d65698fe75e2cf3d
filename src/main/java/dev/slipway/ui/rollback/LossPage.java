package dev.slipway.ui.rollback;

import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.domain.InputException;
import dev.slipway.release.rollback.Look;
import dev.slipway.release.rollback.RestoreFacts;
import dev.slipway.release.rollback.RestorePoint;
import dev.slipway.release.rollback.RestoreProposal;
import dev.slipway.release.rollback.loss.Loss;
import dev.slipway.release.rollback.loss.TableLoss;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Chip;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.kit.Tone;
import dev.slipway.ui.wizard.BusyRow;
import dev.slipway.ui.wizard.GateRows;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// The page "Data-loss window": the point the database goes back to, and everything that would be lost,
/// before anybody decides. Its nodes stay, because something is typed there.
final class LossPage {
    /// So many branches are called by their names.
    private static final int NAMED = 2;

    private static final Texts TEXTS = Texts.of(LossPage.class);

    private final Desk desk;
    private final RollbackModel model;
    private final TextField point = new TextField();
    private final Button count = new Button();
    private final LossBar bar;
    private final LossTable table;
    private final CheckBox maintenance = new CheckBox(TEXTS.get("rollback.maintenance"));
    private final HBox entry;
    private final VBox found = new VBox(12);
    private final HBox head = Nodes.row("wizard-page-head");
    private final ScrollPane scroll;
    private Optional<Span> known = Optional.empty();

    LossPage(Desk desk, RollbackModel model) {
        this.desk = desk;
        this.model = model;
        point.setId("point");
        point.getStyleClass().add("mono");
        point.setPrefColumnCount(24);
        point.setAccessibleText(TEXTS.get("rollback.point"));
        point.setPromptText(TEXTS.get("rollback.point.example"));
        point.textProperty().addListener((_, _, typed) -> model.point(typed));
        // Enter counts: it starts nothing that changes production.
        point.addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ENTER && !event.isShortcutDown()) {
                        event.consume();
                        model.count();
                    }
                });
        count.setId("count");
        count.setOnAction(_ -> model.count());
        maintenance.setId("maintenance");
        maintenance
                .selectedProperty()
                .addListener((_, _, chosen) ->
                        model.wish(w -> new RollbackDraft.Wishes(w.hold(), chosen)));
        bar = new LossBar(desk.zone(), at -> point.setText(at.toString()));
        table =
                new LossTable(
                        desk.zone(),
                        new LossTable.Words(
                                TEXTS.get("rollback.rows"),
                                TEXTS.get("rollback.table.new"),
                                TEXTS.get("rollback.table.changed"),
                                TEXTS.get("rollback.table.back"),
                                TEXTS.get("rollback.table.none")));
        var name = label(TEXTS.get("rollback.point"), "strong");
        name.setLabelFor(point);
        entry = new HBox(12, name, point, count);
        entry.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        var box = new VBox(12, entry, bar, found);
        scroll = Nodes.scrolling(box);
    }

    /// What is typed first.
    TextField first() {
        return point;
    }

    /// The page of `draft`.
    List<Node> of(RollbackDraft draft) {
        var undo = draft.scope() == RollbackScope.UNDO;
        entry.setVisible(!undo);
        entry.setManaged(!undo);
        if (!point.getText().equals(draft.point())) {
            point.setText(draft.point());
        }
        var busy = !draft.busy().isEmpty();
        point.setDisable(busy);
        count.setDisable(busy || draft.point().isBlank());
        count.setText(
                TEXTS.get(
                        draft.scope() == RollbackScope.LOOK
                                ? "rollback.look.verb"
                                : draft.restore().isPresent()
                                        ? "rollback.count.again"
                                        : "rollback.count"));
        draft.restore()
                .ifPresent(made ->
                        known =
                                made.scene()
                                        .neon()
                                        .value()
                                        .map(facts -> span(facts, made.scene().code().observed())));
        var to = undo ? Optional.<Instant>empty() : moment(draft.point());
        var shown = known.filter(span -> to.filter(span::holds).isPresent());
        shown.ifPresent(span -> bar.show(span.oldest(), to.orElseThrow(), span.now()));
        bar.setVisible(shown.isPresent());
        bar.setManaged(shown.isPresent());
        found.getChildren().setAll(found(draft));
        head(draft);
        return List.of(head, scroll);
    }

    /// What Neon keeps, as it was last seen.
    private record Span(Instant oldest, Instant now) {
        boolean holds(Instant moment) {
            return !moment.isBefore(oldest) && !moment.isAfter(now);
        }
    }

    private static Span span(RestoreFacts facts, Instant now) {
        return new Span(facts.oldest(now), now);
    }

    /// The moment a point stands for; empty for a position of the log, and for what is none.
    static Optional<Instant> moment(String point) {
        try {
            return RestorePoint.parse(point.strip()).time();
        } catch (InputException e) {
            return Optional.empty();
        }
    }

    private void head(RollbackDraft draft) {
        var chip = new Chip("Nothing has been changed yet", Icon.NOTHING_CHANGED, Tone.MUTED);
        chip.getStyleClass().add("strong");
        head.getChildren().setAll(label(title(draft), "section-title"), chip, Nodes.gap());
        if (!draft.busy().isEmpty()) {
            head.getChildren().add(BusyRow.of(draft.busy()));
        }
    }

    private static String title(RollbackDraft draft) {
        if (draft.scope() == RollbackScope.LOOK) {
            return TEXTS.get("rollback.look.title");
        }
        var window =
                draft.restore()
                        .filter(made -> made.loss().isPresent())
                        .flatMap(made ->
                                moment(made.scene().source().words())
                                        .map(at ->
                                                Duration.between(
                                                        at, made.scene().code().observed())));
        return window.map(length -> TEXTS.get("rollback.window.of", Times.words(length)))
                .orElseGet(() ->
                        TEXTS.get(
                                draft.scope() == RollbackScope.UNDO
                                        ? "rollback.window.undo"
                                        : "rollback.window"));
    }

    private List<Node> found(RollbackDraft draft) {
        var nodes = new ArrayList<Node>();
        if (draft.looked().isPresent()) {
            nodes.addAll(looked(draft, draft.looked().get()));
        } else if (draft.restore().isPresent()) {
            nodes.addAll(window(draft, draft.restore().get()));
        } else if (draft.busy().isEmpty()) {
            nodes.add(
                    Nodes.prose(
                            TEXTS.get(
                                    draft.scope() == RollbackScope.LOOK
                                            ? "rollback.look.what"
                                            : "rollback.count.what"),
                            "muted"));
        }
        return nodes;
    }

    private List<Node> looked(RollbackDraft draft, Look look) {
        var remove = new Button(TEXTS.get("rollback.look.remove", look.branch()));
        remove.setId("remove-look");
        remove.setOnAction(_ -> model.remove(look));
        return List.of(
                Nodes.point(
                        Icon.BRANCH,
                        Tone.ACCENT,
                        TEXTS.get("rollback.look.there", look.branch(), draft.point())),
                table(look.loss(), List.of()),
                new HBox(8, remove));
    }

    private List<Node> window(RollbackDraft draft, RestoreProposal made) {
        var nodes = new ArrayList<Node>();
        nodes.add(said(made));
        made.scene().neon().value().ifPresent(facts -> nodes.add(also(facts)));
        nodes.add(before(draft));
        made.loss().ifPresent(loss -> nodes.add(table(loss, made.precious())));
        var closed = made.gates().stream().filter(gate -> !gate.open()).toList();
        if (!closed.isEmpty()) {
            nodes.add(GateRows.of(closed, desk.now(), _ -> List.of()));
        }
        return nodes;
    }

    /// The message of the restore in words, from what was counted.
    private Node said(RestoreProposal made) {
        var outside = made.gate("window").filter(gate -> !gate.open());
        if (outside.isPresent()) {
            var why = Nodes.point(Icon.BLOCKED, Tone.DANGER, outside.get().evidence());
            why.setId("outside");
            var box = new VBox(8, why);
            known.ifPresent(span -> box.getChildren().add(useOldest(span)));
            return box;
        }
        var text = Messages.restore(made);
        var label = Nodes.point(Icon.ATTENTION, Tone.DANGER, text);
        label.getStyleClass().add("strong");
        label.setId("loss");
        return label;
    }

    /// A second after the oldest moment, which moves on.
    private Button useOldest(Span span) {
        var oldest = span.oldest().truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        var use = new Button(TEXTS.get("rollback.outside.use", oldest));
        use.setId("use-oldest");
        use.setOnAction(_ -> point.setText(oldest.toString()));
        return use;
    }

    private Node table(Loss loss, List<TableLoss> precious) {
        table.show(loss, precious.stream().map(TableLoss::table).toList(), Optional.empty());
        return table;
    }

    /// Above the rows, which may be many: all of it is seen before anybody goes on.
    private Node also(RestoreFacts facts) {
        var line = new FlowPane(16, 4, label(TEXTS.get("rollback.also"), "card-title"));
        line.setId("also");
        for (var point : points(facts)) {
            point.maxWidthProperty().bind(line.widthProperty());
            line.getChildren().add(point);
        }
        return line;
    }

    private List<Label> points(RestoreFacts facts) {
        return List.of(
                Nodes.point(
                        Icon.DATABASE,
                        Tone.MUTED,
                        TEXTS.get(
                                "rollback.also.databases",
                                String.join(", ", facts.databases()),
                                desk.services().stack().neon().branch())),
                Nodes.point(Icon.CONNECT, Tone.MUTED, TEXTS.get("rollback.also.connections")),
                children(facts.children()),
                Nodes.point(
                        Icon.ARCHIVE,
                        Tone.MUTED,
                        TEXTS.get("rollback.also.backup", facts.backup())));
    }

    /// Many are counted, so that the rows stay in sight; the names are one key away.
    private static Label children(List<String> names) {
        if (names.isEmpty()) {
            return Nodes.point(Icon.BRANCH, Tone.MUTED, TEXTS.get("rollback.also.alone"));
        }
        var some = names.stream().limit(NAMED).collect(Collectors.joining(", "));
        var more = names.size() - NAMED;
        var point =
                Nodes.point(
                        Icon.BRANCH,
                        Tone.MUTED,
                        TEXTS.get(
                                "rollback.also.children",
                                names.size(),
                                more > 0 ? some + " and " + more + " more" : some));
        var all = String.join(", ", names);
        point.setTooltip(new Tooltip(all));
        return more > 0 ? Nodes.spoken(point, () -> all) : point;
    }

    private Node before(RollbackDraft draft) {
        var line = new FlowPane(16, 4, label(TEXTS.get("rollback.before"), "card-title"));
        if (desk.services().stack().restore().maintenance().isPresent()) {
            maintenance.setSelected(draft.wishes().maintenance());
            line.getChildren().add(maintenance);
        }
        line.getChildren()
                .add(
                        Nodes.point(
                                Icon.ATTENTION,
                                Tone.WARNING,
                                TEXTS.get(
                                        draft.wishes().maintenance()
                                                ? "rollback.arriving.not"
                                                : "rollback.arriving")));
        return line;
    }
}
