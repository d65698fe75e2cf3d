package dev.slipway.app;

import dev.slipway.cli.LogSource;
import dev.slipway.cli.Session;
import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.cloudflare.HttpCloudflare;
import dev.slipway.dns.Dns;
import dev.slipway.dns.WorldDns;
import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.RepositoryName;
import dev.slipway.domain.Secret;
import dev.slipway.domain.World;
import dev.slipway.fault.FaultBoard;
import dev.slipway.github.GitHub;
import dev.slipway.github.HttpGitHub;
import dev.slipway.health.EdgeProber;
import dev.slipway.health.Prober;
import dev.slipway.http.EdgeClient;
import dev.slipway.http.Redaction;
import dev.slipway.http.Transport;
import dev.slipway.http.Wire;
import dev.slipway.log.Log;
import dev.slipway.log.LogFile;
import dev.slipway.migration.DrizzleMigrator;
import dev.slipway.migration.Ledger;
import dev.slipway.migration.LedgerReader;
import dev.slipway.migration.LedgerTable;
import dev.slipway.migration.workload.WorkloadStore;
import dev.slipway.neon.HttpNeon;
import dev.slipway.neon.Neon;
import dev.slipway.operation.Arming;
import dev.slipway.operation.Driver;
import dev.slipway.operation.Moment;
import dev.slipway.operation.Rules;
import dev.slipway.operation.RunState;
import dev.slipway.operation.StepWorks;
import dev.slipway.operation.Together;
import dev.slipway.operation.journal.JournalExport;
import dev.slipway.operation.journal.Operations;
import dev.slipway.operation.journal.SingleWriter;
import dev.slipway.operation.journal.SqliteJournal;
import dev.slipway.operation.lock.GitHubRefChain;
import dev.slipway.operation.lock.LockRecord;
import dev.slipway.operation.lock.LockStatus;
import dev.slipway.operation.lock.ProductionLock;
import dev.slipway.postgres.JdbcPostgres;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import dev.slipway.preview.PreviewList;
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
import dev.slipway.ui.desk.Preferences;
import dev.slipway.ui.desk.Services;
import dev.slipway.ui.shell.ShellModel;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// The services of one world, wired. Reading needs no right to write: journal and writer's seat are taken
/// while something needs them.
public final class WorldSession implements Session, Services {
    /// How many rows of earlier sessions are shown; the files keep the rest.
    private static final int OLD_ROWS = 5_000;

    private final Clock clock;
    private final World world;
    private final Stack stack;
    private final List<String> warnings;
    private final Optional<FaultBoard> faults;
    private final AutoCloseable below;
    private final Home home;
    private final Path folder;
    private final Redaction redaction;
    private final Transport transport;
    private final GitHub gitHub;
    private final Neon neon;
    private final Cloudflare cloudflare;
    private final Dns dns;
    private final Prober prober;
    private final Postgres postgres;
    private final ProductionWorkload workload;
    private final ProductionReader production;
    private final Previews previews;
    private final ProductionLock lock;
    private final Arming arming;
    private final Log log;
    private final Promotions promotions;
    private final TrialRuns trials;
    private final WaysBack ways;
    private final Takeovers takeovers;
    private final String boot;
    private final SingleWriter.Holder self;
    private final HomeWriter writer;
    private final String session = UUID.randomUUID().toString();
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
        this.faults = faults.map(board -> board);
        this.clock = clock;
        this.world = world;
        stack = file.stack();
        warnings = file.warnings();
        this.below = below;
        this.boot = Boot.id(clock);
        self = SingleWriter.Holder.self(boot, session);
        this.home = home;
        folder = home.world(world.id());
        redaction = new Redaction(world.tokens().values());
        transport =
                new Transport(
                        world,
                        clock,
                        redaction,
                        new Tokens(world, home.tokens(world), redaction)::of);
        gitHub = new HttpGitHub(transport, RepositoryName.parse(stack.repository()));
        neon = new HttpNeon(transport, stack.neon().project());
        cloudflare = new HttpCloudflare(transport, stack.cloudflare().account());
        dns = new WorldDns(world);
        prober = new EdgeProber(new EdgeClient(world, clock));
        postgres = new JdbcPostgres(world.transport(), world.bounds());
        workload =
                new ProductionWorkload(
                        stack,
                        neon,
                        postgres,
                        new WorkloadStore(folder.resolve("workload.db")),
                        world.bounds().poll().multipliedBy(20),
                        clock);
        production =
                new ProductionReader(stack, gitHub, neon, cloudflare, prober, this::ledger, clock);
        previews =
                new PreviewReader(
                        stack,
                        gitHub,
                        cloudflare,
                        dns,
                        prober,
                        new HealthFile(folder.resolve("health.json")),
                        production,
                        clock);
        lock =
                new ProductionLock(
                        new GitHubRefChain(gitHub, stack.environment()),
                        stack.environment(),
                        this::person,
                        world.bounds().lease(),
                        this::journalHead,
                        // A clock that is not known lets nothing expire.
                        () -> transport.clock(Provider.GITHUB).orElse(Instant.EPOCH));
        arming = new Arming(clock);
        log = new Log(clock, redaction::mask);
        var databases = new Databases(neon, stack);
        writer =
                new HomeWriter(
                        folder,
                        world.id(),
                        self,
                        log,
                        journal -> driver(journal, databases),
                        production::used);
        var ports = new Ports(world, stack, gitHub, neon, cloudflare, prober, postgres, clock);
        trials =
                new TrialRuns(
                        ports,
                        new TrialRuns.Shared(
                                folder,
                                production,
                                lock,
                                workload,
                                writer,
                                this::operations,
                                self,
                                moments()));
        ways =
                new WaysBack(
                        ports,
                        production,
                        lock,
                        trials.branches(),
                        trials.drills(),
                        this::operations);
        takeovers = new Takeovers(lock, stack.environment(), this::mine, writer::take, clock);
        promotions =
                new Promotions(
                        world,
                        stack,
                        trials.survey(),
                        trials.rehearsals(),
                        writer,
                        lock,
                        moments(),
                        new SecureRandom(),
                        log,
                        new Promotions.Around(
                                cloudflare,
                                gitHub,
                                branch ->
                                        ledger(
                                                databases.connection(branch),
                                                Databases.ledgerTable(stack))));
    }

    /// From here on a signal that ends the process removes what is in use and to be thrown away.
    WorldSession endedBySignal(SlipwayProgram.Say say) {
        ending = Optional.of(new Ending(trials.throwAways(), say));
        return this;
    }

    private Ledger ledger(Secret connection, LedgerTable table) {
        try (var session =
                postgres.open(
                        PostgresAddress.of(connection), Postgres.Session.reading("slipway"))) {
            var ledger = LedgerReader.read(session, table);
            workload.alongside(session);
            return ledger;
        } catch (SQLException e) {
            throw new FailureException(
                    new Failure.Unreachable(Provider.POSTGRES, "the connection broke"), e);
        }
    }

    private ProductionLock.Person person() {
        return new ProductionLock.Person(login(), machine(), version());
    }

    private static String version() {
        var version = WorldSession.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "this machine";
        }
    }

    private Moment.Source moments() {
        return Moment.Source.of(clock, System::nanoTime, boot);
    }

    private String journalHead() {
        return writer.journalHead();
    }

    private Driver driver(SqliteJournal journal, Databases databases) {
        return new Driver(
                journal,
                works(databases),
                Rules.of(world.bounds()),
                moments(),
                new Driver.Seat(machine(), session));
    }

    /// What the steps of operations do in this world.
    StepWorks works() {
        return works(new Databases(neon, stack));
    }

    private StepWorks works(Databases databases) {
        return new PromotionSteps(
                world,
                gitHub,
                neon,
                cloudflare,
                prober,
                postgres,
                new DrizzleMigrator(postgres),
                databases::connection,
                production::folder,
                lock,
                clock,
                Together.atOnce());
    }

    /// Whether a session of the journal is a living program.
    private boolean living(String name) {
        return SingleWriter.last(folder)
                .filter(holder -> holder.session().equals(name))
                .map(holder -> holder.alive(boot))
                .orElse(false);
    }

    @Override
    public World world() {
        return world;
    }

    @Override
    public Optional<FaultBoard> faults() {
        return faults;
    }

    @Override
    public Stack stack() {
        return stack;
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public String login() {
        if (login.isEmpty()) {
            login = Optional.of(gitHub.login());
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
        return new Operations(writer.journalFile(), this::living);
    }

    @Override
    public JournalExport journal() {
        return new JournalExport(writer.journalFile());
    }

    @Override
    public LockStatus lock() {
        return lock.status(this::mine);
    }

    @Override
    public Optional<LockRecord> askPause(String reason) {
        return Wire.during(Wire.Listener.NONE, () -> lock.askPause(login(), reason));
    }

    /// Whether a link of the lock is the doing of this home, and nobody took the run over since.
    private boolean mine(LockRecord record) {
        return operations()
                .one(record.run())
                .filter(found ->
                        record.taken().isEmpty()
                                || RunState.of(found.plan(), found.entries()).epoch()
                                        == record.epoch())
                .isPresent();
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
        return new PlanShelf(folder.resolve("plans"), clock);
    }

    @Override
    public LogSource logs() {
        return new LogOfWorld(writer.logFolder(), world.bounds().poll());
    }

    @Override
    public Optional<PreviewList> savedPreviews() {
        return new PreviewCache(folder).read();
    }

    @Override
    public void savePreviews(PreviewList list) {
        new PreviewCache(folder).write(list);
    }

    /// Shows what earlier sessions logged before what this one logs.
    void remember() {
        var rows = LogFile.read(writer.logFolder());
        log.restore(rows.subList(Math.max(0, rows.size() - OLD_ROWS), rows.size()));
    }

    @Override
    public List<ShellModel.Budget> budgets() {
        return Stream.of(Provider.GITHUB, Provider.CLOUDFLARE, Provider.NEON)
                .map(provider ->
                        transport.budgets().stream()
                                .filter(b -> b.provider() == provider)
                                .filter(b -> !b.resource().equals("graphql"))
                                .findFirst()
                                .map(b ->
                                        new ShellModel.Budget(
                                                provider,
                                                b.left(),
                                                provider == Provider.CLOUDFLARE ? b.reserve() : 0,
                                                b.limit(),
                                                Optional.of(b.resets())))
                                .orElse(new ShellModel.Budget(provider, -1, 0)))
                .toList();
    }

    @Override
    public Arming arming() {
        return arming;
    }

    @Override
    public Preferences preferences() {
        return new PreferencesFile(home.preferences()).read();
    }

    @Override
    public void keep(Preferences chosen) {
        new PreferencesFile(home.preferences()).write(chosen);
    }

    @Override
    public Path home() {
        return home.folder();
    }

    @Override
    public Set<Provider> connected() {
        return new TokenFile(home.tokens()).read().keySet();
    }

    @Override
    public Log log() {
        return log;
    }

    /// Budgets, recent calls.
    public Transport transport() {
        return transport;
    }

    /// Hides secrets in text.
    public Redaction redaction() {
        return redaction;
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
