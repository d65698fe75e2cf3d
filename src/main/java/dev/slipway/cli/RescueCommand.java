package dev.slipway.cli;

import dev.slipway.domain.InputException;
import dev.slipway.release.rollback.LossWords;
import dev.slipway.release.rollback.loss.ReplayOptions;
import dev.slipway.release.rollback.loss.RowExport.Exported;
import dev.slipway.release.rollback.loss.ShownRow;
import dev.slipway.release.rollback.loss.TableLoss;
import dev.slipway.release.rollback.loss.TableName;
import dev.slipway.release.rollback.rescue.Rescue;
import dev.slipway.release.rollback.rescue.RescueProposal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `rescue`: what a restore took away, shown or written to files.
@Command(
        name = "rescue",
        description =
                "Show what a restore of the database took away, or write it to files; production is"
                        + " not touched.",
        subcommands = RescueCommand.Replay.class)
final class RescueCommand extends SlipwayCommand.Sub {
    @Option(
            names = "--backup",
            paramLabel = "BRANCH",
            description = "What a restore kept; without it the one production was restored from.")
    private @Nullable String backup;

    @Option(
            names = "--export",
            paramLabel = "DIR",
            description = "Write the rows there, as SQL and as CSV; no file is overwritten.")
    private @Nullable Path folder;

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            description = "Only this table, for example orders or shop.orders; repeatable.")
    private List<String> tables = new ArrayList<>();

    @Override
    int run(Program program, Output output) {
        var chosen = tables(tables);
        if (folder == null && !chosen.isEmpty()) {
            throw new InputException(
                    "--table goes with --export. Nothing was asked or changed; without it every table"
                            + " is shown.");
        }
        var to = folder;
        try (var session = program.open(common(), output)) {
            Leftovers.sweep(session, output);
            var lines = new LookLines(output);
            if (to == null) {
                show(output, session.rescues().look(Optional.ofNullable(backup), lines));
            } else {
                files(
                        output,
                        session.rescues().export(Optional.ofNullable(backup), to, chosen, lines));
            }
            return Exit.DONE;
        }
    }

    private static Set<TableName> tables(List<String> names) {
        return names.stream().map(TableName::parse).collect(Collectors.toCollection(TreeSet::new));
    }

    private static void show(Output output, Rescue rescue) {
        var kept = rescue.kept();
        if (output.json()) {
            var node = Output.object();
            node.put("backup", kept.backup());
            node.put("point", kept.point());
            RestoreJson.loss(node.putObject("loss"), rescue.loss(), List.of());
            output.document(node);
            return;
        }
        output.line(
                "%s keeps what a restore of %s to %s took away."
                        .formatted(kept.backup(), kept.production(), kept.point()));
        for (var table : LossWords.touched(rescue.loss())) {
            output.line("");
            output.line(LossWords.table(table));
            switch (table) {
                case TableLoss.Counted counted -> {
                    counted.remarks().forEach(remark -> output.line("  " + remark));
                    counted.newest().forEach(row -> output.line("  " + line(row)));
                }
                case TableLoss.Uncounted uncounted -> output.line("  " + uncounted.reason());
            }
        }
        output.line("");
        rescue.loss().remarks().forEach(output::line);
        output.line(
                LossWords.sentence(rescue.loss())
                        + " \"slipway rescue --export DIR\" writes them to files, \"slipway rescue"
                        + " replay --plan-only\" shows how they come back.");
    }

    /// The row on one line of the screen.
    private static String line(ShownRow row) {
        return row.cells().stream()
                .map(cell ->
                        cell.column()
                                + "="
                                + cell.text()
                                        .map(text -> text.replaceAll("\\s+", " "))
                                        .orElse("NULL"))
                .collect(Collectors.joining(" "));
    }

    private static void files(Output output, List<Exported> exported) {
        if (output.json()) {
            var node = Output.object();
            ExportedFiles.write(node.putArray("tables"), exported);
            output.document(node);
            return;
        }
        ExportedFiles.lines(exported).forEach(output::line);
        if (exported.isEmpty()) {
            output.line("No row was lost or changed, so no file was written.");
        }
    }

    /// `rescue replay`: the rows come back into production, as a plan.
    @Command(
            name = "replay",
            description =
                    "Bring lost rows back into production, in one transaction, rehearsed on a branch.")
    static final class Replay extends PlannedCommand {
        @Option(
                names = "--backup",
                paramLabel = "BRANCH",
                description =
                        "What a restore kept; without it the one production was restored from.")
        private @Nullable String backup;

        @Option(
                names = "--table",
                paramLabel = "TABLE",
                description = "Only this table; repeatable. Without it all that lost anything.")
        private List<String> tables = new ArrayList<>();

        @Option(
                names = "--delete-again",
                description = "Also delete again what was deleted before the restore.")
        private boolean deletions;

        @Option(
                names = "--leave-conflicts",
                description =
                        "Leave rows in conflict as production has them, and bring the others.")
        private boolean leave;

        @Override
        void check() {
            var _ = tables(tables);
        }

        @Override
        Shown propose(Session session, Output output) {
            return new OfRescue(
                    session.rescues()
                            .propose(
                                    Optional.ofNullable(backup),
                                    new ReplayOptions(tables(tables), deletions, leave),
                                    new LookLines(output)));
        }
    }

    private record OfRescue(RescueProposal proposal) implements PlannedCommand.Shown {
        @Override
        public JsonNode document() {
            return RescueJson.of(proposal);
        }

        @Override
        public String title() {
            return "Bring rows of "
                    + proposal.kept().backup()
                    + " back into "
                    + proposal.kept().production();
        }

        @Override
        public List<String> remarks() {
            return List.of(
                    "Triggers of the application do not fire; foreign keys are checked. Sequences go on"
                            + " behind the rows.",
                    proposal.options().deletions()
                            ? "What was deleted before the restore is deleted again."
                            : "What was deleted before the restore stays (--delete-again).");
        }
    }
}
