package dev.slipway.release;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.World;
import dev.slipway.migration.LedgerState;
import dev.slipway.migration.Migration;
import dev.slipway.migration.catalog.ChangeClass;
import dev.slipway.migration.rehearsal.LocksInTheWay.Needed;
import dev.slipway.production.LiveWorker;
import dev.slipway.production.LiveWorker.LiveVersion;
import dev.slipway.release.step.Manifest;
import dev.slipway.stack.Stack;
import dev.slipway.stack.StackWorker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What every part of a plan is made of.
record PlanBasis(Stack stack, World world, Situation now) {
    String release() {
        return "r" + now.release();
    }

    private List<Migration> pending() {
        return now.ledger().value().map(LedgerState::pending).orElse(List.of());
    }

    /// The migrations this plan runs: all that are pending, but for those that have to wait until the
    /// code of this plan has all traffic.
    List<Migration> migrations() {
        return pending().stream().filter(m -> !waits(m)).toList();
    }

    /// The migrations that stay pending, for a plan of their own.
    List<Migration> waiting() {
        return pending().stream().filter(this::waits).toList();
    }

    private boolean waits(Migration migration) {
        return now.rehearsal()
                .value()
                .map(rehearsal -> rehearsal.verdict().order().after().contains(migration.tag()))
                .orElse(false);
    }

    /// Whether one of the migrations breaks older code or changes rows, so that there is no way back.
    boolean noReturn() {
        return noReturn(now.rehearsal().value(), migrations());
    }

    /// The same for `migrations` as `rehearsal` measured them.
    static boolean noReturn(Optional<RehearsalResult> rehearsal, List<Migration> migrations) {
        return rehearsal.stream()
                .flatMap(r -> migrations.stream().flatMap(m -> r.migration(m.tag()).stream()))
                .flatMap(measured -> measured.met().stream())
                .anyMatch(change -> change == ChangeClass.BREAKS || change == ChangeClass.DATA);
    }

    /// What each of its migrations was measured to be: `expand+performance` by tag. One that was not
    /// rehearsed is absent.
    Map<String, String> measured() {
        var measured = new TreeMap<String, String>();
        var rehearsal = now.rehearsal().value();
        for (var migration : migrations()) {
            rehearsal
                    .flatMap(r -> r.migration(migration.tag()))
                    .ifPresent(m -> measured.put(m.tag(), Manifest.classes(m.met())));
        }
        return measured;
    }

    /// The locks its migrations take, one a line.
    String needed() {
        return needed(now.rehearsal().value(), migrations());
    }

    /// The same for `migrations` as `rehearsal` measured them.
    static String needed(Optional<RehearsalResult> rehearsal, List<Migration> migrations) {
        return rehearsal.stream()
                .flatMap(r -> migrations.stream().flatMap(m -> r.migration(m.tag()).stream()))
                .flatMap(measured -> measured.statements().stream())
                .flatMap(statement -> statement.locks().stream())
                .map(lock -> new Needed(lock.relation(), lock.mode()).toString())
                .distinct()
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    /// Whether the code is live already and only its migrations are left.
    boolean schemaOnly() {
        return now.pullRequest().isEmpty()
                && now.production().commit().filter(now.commit()::equals).isPresent()
                && stack.workers().stream().allMatch(w -> live(w).isPresent())
                && !migrations().isEmpty();
    }

    /// What users see until traffic moves, in a word.
    String liveName() {
        return now.production()
                .release()
                .or(() -> now.production().commit().map(CommitSha::brief))
                .orElse("what they see now");
    }

    /// The version of `worker` that has all traffic; empty for a first deployment.
    Optional<LiveVersion> live(StackWorker worker) {
        return now.production().workers().stream()
                .filter(w -> w.name().equals(worker.name()))
                .findFirst()
                .flatMap(LiveWorker::only);
    }

    /// Whether there is a Worker whose traffic can be put back.
    boolean anyLive() {
        return stack.workers().stream().anyMatch(w -> live(w).isPresent());
    }

    Duration soak() {
        return stack.promotion().soak().orElse(world.bounds().soak());
    }

    /// Id of the production branch at Neon.
    String branchId() {
        return now.neon().value().map(Situation.NeonFacts::branchId).orElse("");
    }

    /// Empty for a pull request: its commit is the output `merge.sha`.
    String commitParameter() {
        return now.pullRequest().isPresent() ? "" : now.commit().value();
    }

    /// How much longer than the soak history must reach back before no branch has to keep the
    /// restore point.
    private static final Duration BEYOND_SOAK = Duration.ofHours(24);

    /// Whether a branch has to keep the restore point.
    static boolean keepsBranch(Duration soak, Situation now) {
        return now.neon()
                        .value()
                        .map(Situation.NeonFacts::window)
                        .orElse(Duration.ZERO)
                        .compareTo(soak.plus(BEYOND_SOAK))
                < 0;
    }

    /// How many branches a promotion needs at the same time.
    static int branches(Duration soak, Situation now) {
        var rehearses = now.ledger().value().map(l -> !l.pending().isEmpty()).orElse(true);
        return (rehearses ? 1 : 0) + (keepsBranch(soak, now) ? 1 : 0);
    }
}
