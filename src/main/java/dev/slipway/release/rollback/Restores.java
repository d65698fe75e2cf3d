package dev.slipway.release.rollback;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.domain.RefusedException;
import dev.slipway.domain.World;
import dev.slipway.migration.verdict.Fit.Judgement;
import dev.slipway.neon.Branch;
import dev.slipway.neon.Neon;
import dev.slipway.neon.NewBranch;
import dev.slipway.operation.Plan;
import dev.slipway.production.Databases;
import dev.slipway.production.ProductionReader;
import dev.slipway.release.Asking;
import dev.slipway.release.Situation.Reading;
import dev.slipway.release.rollback.loss.Loss;
import dev.slipway.release.rollback.loss.TableLoss;
import dev.slipway.stack.Stack;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Proposes to put the production database back in place, after a look at what that would cost. Looking
/// makes a throw-away branch; production is only read. Restores are started like promotions, by
/// [dev.slipway.release.Promotions#start].
public final class Restores {
    private final World world;
    private final Stack stack;
    private final Neon neon;
    private final Cloudflare cloudflare;
    private final Databases databases;
    private final ProductionReader production;
    private final Rollbacks rollbacks;
    private final Looks looks;
    private final RandomGenerator random;
    private final Asking asking;

    public Restores(
            World world,
            Stack stack,
            Neon neon,
            Cloudflare cloudflare,
            ProductionReader production,
            Rollbacks rollbacks,
            Looks looks,
            InstantSource clock,
            RandomGenerator random) {
        this.world = world;
        this.stack = stack;
        this.neon = neon;
        this.cloudflare = cloudflare;
        this.databases = new Databases(neon, stack);
        this.production = production;
        this.rollbacks = rollbacks;
        this.looks = looks;
        this.random = random;
        asking = new Asking(clock);
    }

    /// What a person wants beside the restore.
    ///
    /// @param hold whether the commit that is left is held afterwards; an undo leaves none
    /// @param maintenance whether the Worker that `slipway.yaml` names answers meanwhile
    public record Wishes(boolean hold, boolean maintenance) {}

    /// Looks, counts and plans. Production is only read; a branch is made for the look and removed.
    ///
    /// @param release `r40`; empty takes the newest code that works on the schema of then
    /// @throws RefusedException when there is no such release, or none to go back to, or a maintenance
    ///     page is wanted where `slipway.yaml` names none
    /// @throws dev.slipway.domain.FailureException when production cannot be read
    public RestoreProposal propose(
            Optional<String> release, RestorePoint point, Wishes wishes, LookListener listener) {
        var scene = rollbacks.look();
        var source = RestoreSource.past(point);
        var facts = asking.of(() -> facts(scene));
        var look = look(scene, source, facts, listener);
        var schemas = look.value().map(l -> new SchemaThen(scene, l.ledger(), production));
        var answers = rollbacks.answers(scene);
        var chosen =
                release.map(name -> Rollbacks.named(scene, name))
                        .orElseGet(() -> chosen(answers, schemas));
        var fit = schemas.map(s -> s.fit(chosen)).orElseGet(() -> Judgement.unknown(look.doubt()));
        var to = destination(scene, chosen);
        return proposal(
                new RestoreScene(
                        scene,
                        source,
                        facts,
                        look,
                        maintenance(wishes),
                        to,
                        release.isPresent(),
                        fit,
                        returning(answers, to)),
                wishes.hold(),
                Optional.empty());
    }

    /// Takes a restore back: production gets the data of the backup that it made, and the code of before.
    ///
    /// @param restored the plan of the restore, which was carried out
    /// @throws RefusedException when it restored nothing, or its backup is gone
    /// @throws dev.slipway.domain.FailureException when production cannot be read
    public RestoreProposal undo(Plan restored, Wishes wishes, LookListener listener) {
        var undo = Undo.of(restored);
        var scene = rollbacks.look(List.of(undo.code()));
        var facts = asking.of(() -> facts(scene));
        var backup =
                neon.branches().stream()
                        .filter(b -> b.name().equals(undo.backup()))
                        .findFirst()
                        .orElseThrow(() -> undo.gone());
        var source =
                new RestoreSource(
                        Optional.of(backup.id()),
                        new NewBranch.Point.Head(),
                        Optional.of(restored.id()),
                        backup.name());
        var look = look(scene, source, facts, listener);
        var to = undo.code();
        var answers = rollbacks.answers(scene);
        return proposal(
                new RestoreScene(
                        scene,
                        source,
                        facts,
                        look,
                        maintenance(wishes),
                        to,
                        false,
                        look.value().isPresent()
                                ? Judgement.yes(
                                        to.name()
                                                + " ran on what "
                                                + backup.name()
                                                + " holds when it was restored.")
                                : Judgement.unknown(look.doubt()),
                        returning(answers, to)),
                false,
                RestorePlanner.letGo(restored));
    }

    /// Looks only: the branch stays for a while, for a person to look into. Production is only read.
    ///
    /// @param keep after how long the branch deletes itself
    /// @param folder where the rows that would be lost are written; empty writes none
    /// @throws dev.slipway.domain.InputException when a file exists or cannot be written
    /// @throws dev.slipway.domain.FailureException when a remote does not answer, or Neon does not keep
    ///     that point any more
    public Look look(
            RestorePoint point, Duration keep, Optional<Path> folder, LookListener listener) {
        var branch = databases.production(neon.branches()).id();
        return looks.at(branch, branch, point.at(), Optional.of(keep), folder, listener);
    }

    /// Deletes a branch that [#look] has kept.
    ///
    /// @return why it is still there; empty when it is gone
    /// @throws RefusedException when no look has kept a branch of that name
    public Optional<String> remove(String branch) {
        return looks.remove(branch);
    }

    private RestoreProposal proposal(
            RestoreScene scene, boolean hold, Optional<dev.slipway.operation.PlanStep> release) {
        var precious = scene.look().value().map(Look::loss).map(this::precious).orElse(List.of());
        return new RestoreProposal(
                scene,
                new RestorePlanner(stack, world, scene, hold, release).plan(Plan.freshId(random)),
                new RestoreGates(stack, scene, precious).all(),
                precious,
                takes(scene));
    }

    /// The live release as it runs: with a version that only a change of a secret made, too, because it
    /// stays where it is.
    private static Destination destination(Scene scene, PastRelease release) {
        var to = Destination.of(release);
        if (!scene.live().equals(Optional.of(release))) {
            return to;
        }
        var versions = new LinkedHashMap<>(to.versions());
        for (var worker : scene.production().workers()) {
            worker.only().ifPresent(live -> versions.put(worker.name(), live.id()));
        }
        return new Destination(to.name(), to.commit(), versions, to.held());
    }

    /// A Worker that runs the version has nowhere to return from.
    private static List<Returning> returning(Answers answers, Destination to) {
        var live = new HashMap<String, String>();
        for (var worker : answers.scene().production().workers()) {
            worker.only().ifPresent(version -> live.put(worker.name(), version.id()));
        }
        return answers.returning(to).stream()
                .map(r ->
                        r.version().equals(Optional.ofNullable(live.get(r.worker())))
                                ? new Returning(r.worker(), r.version(), Optional.empty())
                                : r)
                .toList();
    }

    private Duration takes(RestoreScene scene) {
        return rollbacks.answers(scene.code()).takes().plus(Answers.RESTORE);
    }

    private Optional<Reading<MaintenanceFacts>> maintenance(Wishes wishes) {
        if (!wishes.maintenance()) {
            return Optional.empty();
        }
        var by =
                stack.restore()
                        .maintenance()
                        .orElseThrow(() ->
                                new RefusedException(
                                        "slipway.yaml names no Worker under restore.maintenance, so"
                                                + " nobody could answer meanwhile. Nothing was changed;"
                                                + " name one, or go back without."));
        return Optional.of(asking.of(() -> MaintenanceFacts.of(stack, cloudflare, by)));
    }

    /// Nothing is made where it is known that it could not be.
    private Reading<Look> look(
            Scene scene, RestoreSource source, Reading<RestoreFacts> facts, LookListener listener) {
        if (facts.value().isEmpty()) {
            return Reading.unknown(facts.doubt(), facts.asOf());
        }
        var branch = facts.value().get().branch().id();
        var oldest = facts.value().get().oldest(scene.observed());
        if (source.at() instanceof NewBranch.Point.Time(var at)
                && (at.isBefore(oldest) || at.isAfter(scene.observed()))) {
            return Reading.unknown(
                    "Nobody looked, because the point is outside of the restore window.",
                    scene.observed());
        }
        return asking.of(() ->
                looks.at(
                        branch,
                        source.branch().orElse(branch),
                        source.at(),
                        Optional.empty(),
                        Optional.empty(),
                        listener));
    }

    private RestoreFacts facts(Scene scene) {
        var project = neon.read();
        var branches = neon.branches();
        var branch = databases.production(branches);
        return new RestoreFacts(
                branch,
                branches.stream()
                        .filter(b -> b.parent().equals(Optional.of(branch.id())))
                        .map(Branch::name)
                        .toList(),
                neon.databases(branch.id()).stream().map(d -> d.name()).toList(),
                project.history(),
                branches.size(),
                project.branchLimit(),
                backup(branch, branches, scene));
    }

    /// `production_old_2026-11-28`, with a number behind it where that one is taken.
    private static String backup(Branch branch, List<Branch> branches, Scene scene) {
        var day =
                DateTimeFormatter.ISO_LOCAL_DATE.format(scene.observed().atOffset(ZoneOffset.UTC));
        var name = branch.name() + Databases.OLD + day;
        var taken = branches.stream().map(Branch::name).collect(Collectors.toSet());
        for (int i = 1; ; i++) {
            var one = i == 1 ? name : name + "-" + i;
            if (!taken.contains(one)) {
                return one;
            }
        }
    }

    /// What is live when it works on the schema of then, else the newest release before it that does.
    private static PastRelease chosen(Answers answers, Optional<SchemaThen> schemas) {
        var scene = answers.scene();
        var candidates =
                Stream.concat(
                                scene.live().stream(),
                                scene.earlier().stream()
                                        .filter(r -> r.held().isEmpty())
                                        .filter(r -> answers.obstacles(r).isEmpty()))
                        .distinct()
                        .toList();
        return candidates.stream()
                .filter(r -> schemas.map(s -> SchemaFit.fits(s.fit(r))).orElse(false))
                .findFirst()
                .or(() -> candidates.stream().findFirst())
                .orElseThrow(() ->
                        new RefusedException(
                                "No release of production is known, so no code that works on an"
                                        + " earlier database is. Nothing was changed."));
    }

    private List<TableLoss> precious(Loss loss) {
        return loss.tables().stream()
                .filter(t -> stack.restore().minds(t.table().schema(), t.table().table()))
                .filter(t ->
                        switch (t) {
                            case TableLoss.Counted c -> c.lost() + c.changed() > 0;
                            case TableLoss.Uncounted _ -> true;
                        })
                .toList();
    }
}
