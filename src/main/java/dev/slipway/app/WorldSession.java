package dev.slipway.app;

import dev.slipway.cli.LogSource;
import dev.slipway.cli.Session;
import dev.slipway.dns.WorldDns;
import dev.slipway.domain.Provider;
import dev.slipway.domain.World;
import dev.slipway.fault.FaultBoard;
import dev.slipway.http.Redaction;
import dev.slipway.http.Transport;
import dev.slipway.http.Wire;
import dev.slipway.log.Log;
import dev.slipway.log.LogFile;
import dev.slipway.migration.DrizzleMigrator;
import dev.slipway.migration.workload.WorkloadStore;
import dev.slipway.operation.Arming;
import dev.slipway.operation.Driver;
import dev.slipway.operation.Rules;
import dev.slipway.operation.RunState;
import dev.slipway.operation.StepWorks;
import dev.slipway.operation.Together;
import dev.slipway.operation.journal.JournalExport;
import dev.slipway.operation.journal.Operations;
import dev.slipway.operation.journal.SqliteJournal;
import dev.slipway.operation.lock.GitHubRefChain;
import dev.slipway.operation.lock.LockRecord;
import dev.slipway.operation.lock.LockStatus;
import dev.slipway.operation.lock.OwnRuns;
import dev.slipway.operation.lock.ProductionLock;
import dev.slipway.preview.PreviewReader;
import dev.slipway.preview.Previews;
import dev.slipway.production.Databases;
import dev.slipway.production.ProductionReader;
import dev.slipway.release.PlanShelf;
import dev.slipway.release.ProductionWorkload;
import dev.slipway.release.PromotionSteps;
import dev.slipway.release.Promotions;
import dev.slipway.release.Rehearsals;
import dev.slipway.release.Repairs;
import dev.slipway.release.Takeovers;
import dev.slipway.release.drill.Drills;
import dev.slipway.release.rollback.Heals;
import dev.slipway.release.rollback.Holds;
import dev.slipway.release.rollback.Restores;
import dev.slipway.release.rollback.Rollbacks;
import dev.slipway.release.rollback.rescue.Rescues;
import dev.slipway.release.throwaway.ThrowAways;
import dev.slipway.stack.Stack;
import dev.slipway.stack.StackFile;
import dev.slipway.ui.desk.Memory;
import dev.slipway.ui.desk.Services;
import dev.slipway.ui.shell.ShellModel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The services of one world, wired. Reading needs no right to write: journal and writer's seat are taken
/// while something needs them.
public final class WorldSession implements Session, Services {
    /// How many rows of earlier sessions are shown; the files keep the rest.
    private static final int OLD_ROWS = 5_000;

    private final Ports ports;
    private final List<String> warnings;
    private final Optional<FaultBoard> faults;
    private final AutoCloseable below;
    private final Home home;
    private final Path folder;
    private final Transport transport;
    private final ProductionReader production;
    private final Previews previews;
    private final ProductionLock lock;
    private final Arming arming;
    private final Log log;
    private final Promotions promotions;
    private final TrialRuns trials;
    private final WaysBack ways;
    private final OwnRuns own =
            new OwnRuns(
                    id -> operations().one(id).map(run -> RunState.of(run.plan(), run.entries())));
    private final Takeovers takeovers;
    private final ThisProcess self;
    private final HomeWriter writer;
    private Optional<Ending> ending = Optional.empty();
    private volatile Optional<String> login = Optional.empty();

    /// A session without a switchboard for faults.
    WorldSession(Clock clock, Home home, World world, StackFile file, AutoCloseable below) {
        this(clock, home, world, file, Optional.empty(), below);
    }

    /// @param file what is deployed, and what is doubtful in its description
    /// @param faults the switchboard of a sandbox
    /// @param below what has to be closed after the session, such as the sandbox it runs in
    WorldSession(
            Clock clock,
            Home home,
            World world,
            StackFile file,
            Optional<? extends FaultBoard> faults,
            AutoCloseable below) {
        var stack = file.stack();
        this.faults = faults.map(board -> board);
        this.home = home;
        this.below = below;
        warnings = file.warnings();
        folder = home.world(world.id());
        self = ThisProcess.of(clock);
        var redaction = new Redaction(world.tokens().values());
        transport =
                new Transport(
                        world,
                        clock,
                        redaction,
                        new Tokens(world, home.tokens(world), redaction)::of);
        ports = Ports.over(transport, stack, clock);
        var workload =
                new ProductionWorkload(
                        stack,
                        ports.neon(),
                        ports.postgres(),
                        new WorkloadStore(folder.resolve("workload.db")),
                        world.bounds().poll().multipliedBy(20),
                        clock);
        var ledgers = new LedgerOverPostgres(ports.postgres(), workload);
        production =
                new ProductionReader(
                        stack,
                        ports.gitHub(),
                        ports.neon(),
                        ports.cloudflare(),
                        ports.prober(),
                        ledgers,
                        clock);
        previews =
                new PreviewReader(
                        stack,
                        ports.gitHub(),
                        ports.cloudflare(),
                        new WorldDns(world),
                        ports.prober(),
                        new HealthFile(folder.resolve("health.json")),
                        production,
                        clock);
        lock =
                new ProductionLock(
                        new GitHubRefChain(ports.gitHub(), stack.environment()),
                        stack.environment(),
                        () -> self.person(login()),
                        world.bounds().lease(),
                        this::journalHead,
                        // A clock that is not known lets nothing expire.
                        () -> transport.clock(Provider.GITHUB).orElse(Instant.EPOCH));
        arming = new Arming(clock);
        log = new Log(clock, redaction::mask);
        writer =
                new HomeWriter(
                        folder, world.id(), self.holder(), log, this::driver, production::used);
        trials =
                TrialRuns.over(
                        ports,
                        new TrialRuns.Shared(
                                folder,
                                production,
                                lock,
                                workload,
                                writer,
                                this::operations,
                                self.holder(),
                                self.moments(clock)));
        ways =
                new WaysBack(
                        ports,
                        production,
                        lock,
                        trials.branches(),
                        trials.drills(),
                        this::operations);
        takeovers = new Takeovers(lock, stack.environment(), own, writer::take, clock);
        var databases = new Databases(ports.neon(), stack);
        promotions =
                new Promotions(
                        world,
                        stack,
                        trials.survey(),
                        trials.rehearsals(),
                        writer,
                        lock,
                        self.moments(clock),
                        new SecureRandom(),
                        log,
                        new Promotions.Around(
                                ports.cloudflare(),
                                ports.gitHub(),
                                branch ->
                                        ledgers.read(
                                                databases.connection(branch),
                                                Databases.ledgerTable(stack))));
    }

    /// From here on a signal that ends the process removes what is in use and to be thrown away.
    WorldSession endedBySignal(SlipwayProgram.Say say) {
        ending = Optional.of(new Ending(trials.throwAways(), say));
        return this;
    }

    private String journalHead() {
        return writer.journalHead();
    }

    private Driver driver(SqliteJournal journal) {
        return new Driver(
                journal,
                works(),
                Rules.of(ports.world().bounds()),
                self.moments(ports.clock()),
                self.seat());
    }

    /// What the steps of operations do in this world.
    StepWorks works() {
        return new PromotionSteps(
                ports.world(),
                ports.gitHub(),
                ports.neon(),
                ports.cloudflare(),
                ports.prober(),
                ports.postgres(),
                new DrizzleMigrator(ports.postgres()),
                new Databases(ports.neon(), ports.stack())::connection,
                production::folder,
                lock,
                ports.clock(),
                Together.atOnce());
    }

    @Override
    public World world() {
        return ports.world();
    }

    @Override
    public Optional<FaultBoard> faults() {
        return faults;
    }

    @Override
    public Stack stack() {
        return ports.stack();
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public String login() {
        if (login.isEmpty()) {
            login = Optional.of(ports.gitHub().login());
        }
        return login.get();
    }

    @Override
    public Previews previews() {
        return previews;
    }

    @Override
    public ProductionReader production() {
        return production;
    }

    @Override
    public Operations operations() {
        return new Operations(writer.journalFile(), session -> self.writes(folder, session));
    }

    @Override
    public JournalExport journal() {
        return new JournalExport(writer.journalFile());
    }

    @Override
    public LockStatus lock() {
        return lock.status(own::mine);
    }

    @Override
    public Optional<LockRecord> askPause(String reason) {
        return Wire.during(Wire.Listener.NONE, () -> lock.askPause(login(), reason));
    }

    @Override
    public Takeovers takeovers() {
        return takeovers;
    }

    @Override
    public void claimHome() {
        // Held until the session ends: what a command shows must be what it then carries out.
        var _ = writer.take();
    }

    @Override
    public Promotions promotions() {
        return promotions;
    }

    @Override
    public Rehearsals rehearsals() {
        return trials.rehearsals();
    }

    @Override
    public ThrowAways throwAways() {
        return trials.throwAways();
    }

    @Override
    public Repairs repairs() {
        return trials.repairs();
    }

    @Override
    public Drills drills() {
        return trials.drills();
    }

    @Override
    public Heals heals() {
        return ways.heals();
    }

    @Override
    public Holds holds() {
        return ways.holds();
    }

    @Override
    public Rollbacks rollbacks() {
        return ways.rollbacks();
    }

    @Override
    public Restores restores() {
        return ways.restores();
    }

    @Override
    public Rescues rescues() {
        return ways.rescues();
    }

    @Override
    public PlanShelf plans() {
        return new PlanShelf(folder.resolve("plans"), ports.clock());
    }

    @Override
    public LogSource logs() {
        return new LogOfWorld(writer.logFolder(), ports.world().bounds().poll());
    }

    /// Shows what earlier sessions logged before what this one logs.
    void remember() {
        var rows = LogFile.read(writer.logFolder());
        log.restore(rows.subList(Math.max(0, rows.size() - OLD_ROWS), rows.size()));
    }

    @Override
    public List<ShellModel.Budget> budgets() {
        return CallsLeft.of(transport.budgets());
    }

    @Override
    public Arming arming() {
        return arming;
    }

    @Override
    public Memory memory() {
        return new HomeMemory(home, folder);
    }

    @Override
    public Log log() {
        return log;
    }

    /// Budgets, recent calls.
    Transport transport() {
        return transport;
    }

    @Override
    public void close() {
        Closing.all(
                () -> ending.ifPresent(Ending::close),
                trials.throwAways(),
                writer,
                log::close,
                below);
    }
}
