package dev.slipway.sandbox.world;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.InputException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// A world built from somebody's repository: its history, its migrations, its Workers. Opened in
/// two steps, so that what is wrong with the repository is said before anything is started.
public final class RepoWorld implements AutoCloseable {
    private static final String OWNER = "sandbox";
    private static final String AUTHOR = "kim";
    private static final Set<String> GENERIC = Set.of(".git", "repo", "repo.git");
    private static final String WORKFLOWS = ".github/workflows/";

    private final GitSource source;
    private final String name;
    private final String base;
    private final CommitSha head;
    private final CommitSha live;
    private final Map<String, CommitSha> pulls;
    private final DrizzleFolder atHead;
    private final DrizzleFolder atLive;
    private final RepoWorkers workers;
    private final Map<String, String> ignored;

    private RepoWorld(GitSource source, RepoSource asked) {
        this.source = source;
        name = nameOf(asked);
        base =
                asked.base()
                        .or(source::branch)
                        .orElseThrow(() ->
                                new InputException(
                                        "The repository at "
                                                + asked.directory()
                                                + " is on no branch. Name the base branch"
                                                + " with --base; nothing was started."));
        head = source.resolve(base);
        live = asked.production().map(source::resolve).orElse(head);
        pulls = new LinkedHashMap<>();
        asked.pulls().forEach(pull -> pulls.put(pull, source.resolve(pull)));
        var tree = source.tree(head);
        atHead = DrizzleFolder.find(tree, asked.migrations());
        atLive = DrizzleFolder.read(source.tree(live), atHead.path());
        for (var pull : pulls.values()) {
            DrizzleFolder.read(source.tree(pull), atHead.path());
        }
        workers = RepoWorkers.in(tree, name);
        ignored = new LinkedHashMap<>();
        for (var path : tree.below(WORKFLOWS.substring(0, WORKFLOWS.length() - 1))) {
            if (path.matches(".*\\.ya?ml") && path.indexOf('/', WORKFLOWS.length()) < 0) {
                ignored.put(
                        path.substring(WORKFLOWS.length()),
                        "Does not run in a sandbox, whose own CI only uploads versions.");
            }
        }
    }

    /// Reads what is needed of the repository.
    ///
    /// @throws InputException when there is no repository, a revision or folder is unknown, there
    ///     are several migration folders and none was chosen, a file cannot be read
    public static RepoWorld read(RepoSource asked) {
        var source = GitSource.open(asked.directory());
        try {
            return new RepoWorld(source, asked);
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /// What was left out or made up, as sentences.
    public List<String> notes() {
        return workers.notes();
    }

    /// Name of the repository at the sandbox's GitHub.
    public String name() {
        return name;
    }

    /// The zone of its hostnames. It ends in `.test`, so that no name can ever be a real one.
    public String zone() {
        return name + ".test";
    }

    /// Its base branch.
    public String base() {
        return base;
    }

    /// Its owner at the sandbox's GitHub.
    public static String owner() {
        return OWNER;
    }

    /// What the world is about.
    ///
    /// @param id of the world
    /// @param project at Neon
    /// @param account at Cloudflare
    public Scene scene(
            String id, NeonProject project, String database, String role, String account) {
        var built = workers.workers().stream().map(this::worker).toList();
        return new Scene(
                id,
                name,
                OWNER,
                name,
                new StackFile(
                        OWNER + "/" + name,
                        base,
                        built.stream().map(CiWorker::names).toList(),
                        project.id(),
                        "production",
                        database,
                        role,
                        account,
                        zone(),
                        atHead.path(),
                        ignored),
                built,
                Map.of());
    }

    private CiWorker worker(RepoWorkers.RepoWorker worker) {
        var script = worker.script();
        var preview = script.replaceFirst("-production$", "");
        var label = worker.label().isEmpty() ? name : worker.label();
        return new CiWorker(
                new StackFile.Worker(
                        worker.name(),
                        script,
                        worker.label().isEmpty() ? zone() : worker.label() + "." + zone(),
                        preview + "-preview-{pr}",
                        label + "-preview-{pr}." + zone(),
                        List.of(Scene.DATABASE_URL)),
                worker.folder(),
                worker.vars());
    }

    /// Copies the commits and makes production and previews in empty worlds.
    ///
    /// @param say hears what was made up on the way, as sentences
    /// @throws InputException when a pull request would be empty
    public void make(
            GitHubWorld github,
            NeonWorld neon,
            CloudflareWorld cloudflare,
            WorldClock clock,
            CiSchemas schemas,
            Scene scene,
            Consumer<String> say)
            throws SQLException {
        var wanted = new LinkedHashSet<>(List.of(head, live));
        wanted.addAll(pulls.values());
        source.copy(wanted, github.git());
        github.git().setRef("refs/heads/" + base, head.value());
        var build = new CiBuild(github.git(), schemas, atHead.path());
        var production = new Production(neon, cloudflare, build, schemas, scene);
        migrate(production, say);
        production.release(live);
        production.names();
        tag(github, clock);
        var previews = new CiPreviews(neon, cloudflare, build, scene, clock);
        var past = new Past(github.actions());
        pushed(github, production, scene, past);
        for (var pull : pulls.entrySet()) {
            open(github, previews, past, scene, pull.getKey(), pull.getValue());
        }
    }

    /// Continuous integration has checked what production does not run yet and has uploaded its
    /// versions, so that it can be promoted as soon as the world is there.
    private void pushed(GitHubWorld github, Production production, Scene scene, Past past) {
        if (head.equals(live)) {
            return;
        }
        production.upload(head);
        var title = github.git().commit(head).map(GitCommit::title).orElse(head.brief());
        var pushed = new Past.Pushed(base, head, title, AUTHOR);
        past.ran(CiActor.CHECKS, pushed, Past.CHECKS);
        past.ran(CiActor.VERSIONS, pushed, Past.versions(scene.workers()));
    }

    private void migrate(Production production, Consumer<String> say) throws SQLException {
        for (var name : atLive.missing()) {
            say.accept(
                    "At "
                            + live.brief()
                            + " the journal lists "
                            + name
                            + " without a file, so production has it as an empty migration.");
        }
        production.migrate(atLive).forEach(say);
        production.learn(atLive, List.of());
    }

    private void tag(GitHubWorld github, WorldClock clock) {
        var tag =
                github.git()
                        .writer()
                        .tag(
                                "production-r1",
                                "Release r1\n",
                                live.value(),
                                github.accounts().person(AUTHOR).person(),
                                clock.instant());
        github.git().setRef("refs/tags/production-r1", tag);
    }

    private void open(
            GitHubWorld github,
            CiPreviews previews,
            Past past,
            Scene scene,
            String revision,
            CommitSha commit)
            throws SQLException {
        if (github.git().contains(head, commit)) {
            throw new InputException(
                    "There is nothing to review in --pull "
                            + revision
                            + ": "
                            + base
                            + " contains it already. Nothing was started.");
        }
        var branch = "pull/" + RepoWorkers.slug(revision);
        github.push(branch, AUTHOR, commit);
        var title = github.git().commit(commit).map(GitCommit::title).orElse(commit.brief());
        var pull =
                github.pulls()
                        .open(new GitHubPulls.Opening(title, "", AUTHOR, branch, base, false));
        previews.branch(pull.number());
        var failed = new HashSet<String>();
        if (previews.migrate(pull.number(), commit).failure().isPresent()) {
            failed.add("database");
        }
        for (var worker : scene.workers()) {
            previews.worker(worker, pull.number(), commit);
        }
        previews.names(pull.number());
        past.ran(CiActor.CHECKS, pull, Past.CHECKS, Set.of());
        past.ran(CiActor.PREVIEW, pull, Past.preview(scene.workers()), failed);
    }

    /// The folder's name, without what only says that it is a repository.
    private static String nameOf(RepoSource asked) {
        var path = asked.directory().toAbsolutePath().normalize();
        while (path.getParent() != null && GENERIC.contains(String.valueOf(path.getFileName()))) {
            path = path.getParent();
        }
        var name = String.valueOf(path.getFileName()).replaceAll("\\.git$", "");
        return RepoWorkers.slug(name.substring(name.lastIndexOf('+') + 1));
    }

    @Override
    public void close() {
        source.close();
    }
}
