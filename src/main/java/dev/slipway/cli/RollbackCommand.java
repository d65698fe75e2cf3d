package dev.slipway.cli;

import dev.slipway.domain.InputException;
import dev.slipway.release.rollback.RestorePoint;
import dev.slipway.release.rollback.Restores.Wishes;
import dev.slipway.release.rollback.RollbackProposal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "rollback",
        description =
                "Give all traffic back to the code of an earlier release, with or without the database.")
final class RollbackCommand extends PlannedCommand {
    @Parameters(
            paramLabel = "RELEASE",
            arity = "0..1",
            description = "For example r40; without it the one that \"slipway production\" names.")
    private @Nullable String release;

    @Option(
            names = "--database",
            paramLabel = "TIME|LSN",
            description =
                    "Restore the production database to that point, too. What is lost is counted before.")
    private @Nullable String database;

    @Option(
            names = "--undo",
            paramLabel = "ID",
            description = "Take the restore of that operation back.")
    private @Nullable String undo;

    @Option(
            names = "--maintenance",
            description =
                    "Let the Worker that restore.maintenance names answer while the database is restored.")
    private boolean maintenance;

    @Option(
            names = "--no-hold",
            description = "Do not hold the commit that is left; it may be promoted again.")
    private boolean letGo;

    @Override
    void check() {
        if (release != null && !release.matches("r[1-9][0-9]{0,8}")) {
            throw new InputException(
                    "\""
                            + release
                            + "\" is no release, for example r40. Nothing was asked or changed.");
        }
        if (undo != null && (release != null || database != null)) {
            throw new InputException(
                    "--undo takes one restore back, to exactly what was before; it goes with no release"
                            + " and no --database. Nothing was asked or changed.");
        }
        if (maintenance && database == null && undo == null) {
            throw new InputException(
                    "--maintenance goes with --database or --undo: code alone goes back without a pause."
                            + " Nothing was asked or changed.");
        }
        if (database != null) {
            var _ = RestorePoint.parse(database);
        }
    }

    @Override
    Shown propose(Session session, Output output) {
        if (undo != null) {
            return new OfRestore(
                    session.restores()
                            .undo(
                                    session.operation(undo).plan(),
                                    new Wishes(false, maintenance),
                                    new LookLines(output)),
                    named(session));
        }
        if (database != null) {
            return new OfRestore(
                    session.restores()
                            .propose(
                                    Optional.ofNullable(release),
                                    RestorePoint.parse(database),
                                    new Wishes(!letGo, maintenance),
                                    new LookLines(output)),
                    named(session));
        }
        return new OfRollback(session.rollbacks().propose(Optional.ofNullable(release), !letGo));
    }

    private static boolean named(Session session) {
        return session.stack().restore().maintenance().isPresent();
    }

    private record OfRollback(RollbackProposal proposal) implements Shown {
        @Override
        public JsonNode document() {
            return PromoteJson.of(proposal);
        }

        @Override
        public String title() {
            return "Roll back to "
                    + proposal.release().name()
                    + ", code only"
                    + proposal.scene()
                            .production()
                            .release()
                            .map(live -> "; live is " + live)
                            .orElse("");
        }

        @Override
        public List<String> remarks() {
            var remarks = new ArrayList<String>();
            remarks.add("The database stays as it is.");
            remarks.add(
                    "Until a newer version is deployed Cloudflare refuses changes of secrets of these"
                            + " Workers (10215); \"slipway heal\" makes what serves the newest again.");
            if (!proposal.release().recorded()) {
                remarks.add(
                        proposal.release().name()
                                + " was not released by Slipway; its versions are those Cloudflare"
                                + " has of its commit.");
            }
            return remarks;
        }
    }
}
