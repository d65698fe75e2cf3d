package dev.slipway.faults;

import dev.slipway.cli.TestWorld;
import dev.slipway.domain.CommitSha;
import dev.slipway.migration.LedgerTable;
import dev.slipway.migration.catalog.CatalogLines;
import dev.slipway.migration.catalog.CatalogReader;
import dev.slipway.operation.lock.Takeover;
import dev.slipway.sandbox.world.GitCommit;
import dev.slipway.sandbox.world.GitHubPull;
import dev.slipway.sandbox.world.NeonBranch;
import dev.slipway.sandbox.world.WorkerDeployment;
import dev.slipway.sandbox.world.WorkerScript;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Everything that stands at the providers after an operation, one line a thing, told without what
/// differs between two runs that did the same: ids, times and positions in logs.
///
/// @param lines sorted
record Picture(List<String> lines) {
    private static final Pattern SHA = Pattern.compile("\\b[0-9a-f]{40}\\b");
    private static final Pattern UUID =
            Pattern.compile("\\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b");
    private static final Pattern OPERATION = Pattern.compile("\\bslipway([:/-])[0-9a-f]{8}\\b");

    /// Commits in short: after a comment's word, and as the tag of a version.
    private static final Pattern BRIEF = Pattern.compile("\\b(at |workers/tag=)[0-9a-f]{7,12}\\b");

    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z|\\b\\d{8}-\\d{6}\\b");
    private static final Pattern BRANCH = Pattern.compile("\\bbr-[a-z]+-[a-z]+-[0-9a-f]{8}\\b");
    private static final Pattern LSN = Pattern.compile("\\b[0-9A-F]+/[0-9A-F]+\\b");
    private static final String DEPLOYED = " deployed ";
    private static final String AFTER = " after ";
    private static final String LOCK = "refs/slipway/";

    /// Takes it. The world must be at rest.
    static Picture of(TestWorld world) throws SQLException {
        var lines = new ArrayList<String>();
        var names = new Names(world);
        neon(world, lines);
        cloudflare(world, names, lines);
        gitHub(world, names, lines);
        lines.addAll(database(world));
        lines.addAll(lock(world));
        return new Picture(lines.stream().map(names::told).sorted().toList());
    }

    /// What only an operation under way may have: throw-away branches and scripts.
    List<String> orphans() {
        return lines.stream()
                .filter(line ->
                        line.matches("neon branch slipway.*/rehearsal .*|script slipway-.*"))
                .toList();
    }

    /// What is here and not there, and the other way round, each with a sign; lines that stand
    /// several times count so often.
    List<String> differences(Picture expected) {
        var all = new ArrayList<String>();
        missing(expected.lines, lines).forEach(line -> all.add("- " + line));
        missing(lines, expected.lines).forEach(line -> all.add("+ " + line));
        return all;
    }

    /// The same without what stands twice.
    Picture once() {
        return new Picture(lines.stream().filter(line -> !doubled(line)).distinct().toList());
    }

    /// How many lines tell of something that stands twice.
    int doubles() {
        return lines.size() - once().lines.size();
    }

    /// Whether a deployment follows its like.
    private static boolean doubled(String line) {
        int at = line.indexOf(DEPLOYED);
        var parts = line.substring(Math.max(0, at + DEPLOYED.length())).split(AFTER, 2);
        return at > 0 && parts.length == 2 && parts[0].equals(parts[1]);
    }

    private static List<String> missing(List<String> from, List<String> in) {
        var left = new ArrayList<>(from);
        in.forEach(left::remove);
        return left;
    }

    private static void neon(TestWorld world, List<String> lines) {
        var branches = world.sandbox().neon().branches(world.sandbox().worldFile().project());
        var names = branches.stream().collect(Collectors.toMap(NeonBranch::id, NeonBranch::name));
        for (var branch : branches) {
            lines.add(
                    "neon branch %s of %s%s%s"
                            .formatted(
                                    branch.name(),
                                    branch.parentId().map(names::get).orElse("nothing"),
                                    branch.isDefault() ? " default" : "",
                                    branch.isProtected() ? " protected" : ""));
        }
    }

    private static void cloudflare(TestWorld world, Names names, List<String> lines) {
        for (var script : world.sandbox().cloudflare().workers().scripts()) {
            script.versions().forEach(v -> names.version(v.id(), v.number()));
            lines.add(
                    "script %s, %d versions, newest tagged %s"
                            .formatted(
                                    script.name(),
                                    script.versions().size(),
                                    script.newest().map(v -> v.annotations().toString())));
            deployments(script, names, lines);
        }
    }

    private static void deployments(WorkerScript script, Names names, List<String> lines) {
        var before = "nothing";
        for (var one : script.deployments().reversed()) {
            var now = "%s by %s %s".formatted(shares(one, names), one.author(), one.annotations());
            lines.add("script " + script.name() + DEPLOYED + now + AFTER + before);
            before = now;
        }
    }

    private static String shares(WorkerDeployment deployment, Names names) {
        return deployment.versions().stream()
                .map(share -> names.told(share.version()) + " " + share.percentage())
                .sorted()
                .toList()
                .toString();
    }

    private static void gitHub(TestWorld world, Names names, List<String> lines) {
        var hub = world.sandbox().github();
        hub.git()
                .refs("refs/")
                .forEach((name, id) -> {
                    // Test merges follow the base branch in their own time, the lock has its own
                    // lines.
                    if (name.startsWith("refs/heads/") || name.startsWith("refs/tags/")) {
                        var tag = hub.git().tag(id);
                        lines.add(
                                "ref %s at %s %s"
                                        .formatted(
                                                name,
                                                tag.map(t -> names.commit(t.target()))
                                                        .orElse(names.commit(id)),
                                                tag.map(t -> t.message().replace('\n', '|'))
                                                        .orElse("")));
                    }
                });
        var main = hub.git().branch("main").flatMap(tip -> hub.git().treeOf(tip.value()));
        hub.git()
                .tree(main.orElseThrow(), true)
                .forEach(entry -> lines.add("file on main " + entry.path()));
        for (var pull : hub.pulls().all()) {
            lines.add(
                    "pull request %d %s merged by %s as %s"
                            .formatted(
                                    pull.number(),
                                    pull.open() ? "open" : "closed",
                                    pull.merged().map(GitHubPull.Merged::by),
                                    pull.merged().map(m -> names.commit(m.sha().value()))));
            hub.issues()
                    .comments(pull.number())
                    .forEach(c ->
                            lines.add(
                                    "comment %d by %s %s"
                                            .formatted(
                                                    pull.number(),
                                                    c.author(),
                                                    c.body().replace('\n', '|'))));
        }
        for (var one : hub.deployments().deployments()) {
            lines.add(
                    "deployment to %s of %s by %s %s %s %s"
                            .formatted(
                                    one.environment(),
                                    names.commit(one.sha().value()),
                                    one.creator(),
                                    one.description(),
                                    one.payload(),
                                    hub.deployments().statuses(one.id()).stream()
                                            .map(s -> s.state() + " " + s.description())
                                            .toList()));
        }
    }

    private static List<String> database(TestWorld world) throws SQLException {
        try (var connection = world.production();
                var statement = connection.createStatement()) {
            var catalog =
                    CatalogReader.read(
                            connection, new LedgerTable("drizzle", "__drizzle_migrations"));
            // Visitors go on and use up numbers of sequences.
            var lines =
                    CatalogLines.of(catalog).stream()
                            .map(line -> "catalog " + line.replaceAll("last=\\d+", ""))
                            .collect(Collectors.toCollection(ArrayList::new));
            try (var rows =
                    statement.executeQuery(
                            "select hash from drizzle.__drizzle_migrations order by created_at")) {
                for (int i = 1; rows.next(); i++) {
                    // Worlds are made at different times, and a transaction that was taken back
                    // uses
                    // up the number of its row.
                    lines.add("ledger row %d %s".formatted(i, rows.getString(1)));
                }
            }
            return lines;
        }
    }

    /// Whether it is free at the end, and whether its epochs only ever grew.
    private static List<String> lock(TestWorld world) {
        var git = world.sandbox().github().git();
        return git.refs(LOCK).keySet().stream()
                .map(name -> {
                    var chain =
                            git
                                    .log(git.resolve(name).orElseThrow(), Optional.empty(), 10_000)
                                    .stream()
                                    .map(GitCommit::message)
                                    .map(message -> Takeover.read(message).orElseThrow())
                                    .toList();
                    boolean grew = true;
                    for (int i = 1; i < chain.size(); i++) {
                        grew &= chain.get(i - 1).epoch() >= chain.get(i).epoch();
                    }
                    return "lock %s held %s, epochs only grew %s"
                            .formatted(name, chain.getFirst().held(), grew);
                })
                .toList();
    }

    /// Names instead of ids.
    private static final class Names {
        private final TestWorld world;
        private final Map<String, String> versions = new HashMap<>();

        Names(TestWorld world) {
            this.world = world;
        }

        void version(String id, int number) {
            versions.put(id, "version-" + number);
        }

        String commit(String sha) {
            return world.sandbox()
                    .github()
                    .git()
                    .commit(new CommitSha(sha))
                    .map(c -> "\"" + c.title() + "\"")
                    .orElse(sha);
        }

        String branch(String id) {
            return world.sandbox()
                    .neon()
                    .branch(world.sandbox().worldFile().project(), id)
                    .map(branch -> "branch " + branch.name())
                    .orElse(id);
        }

        String told(String line) {
            var named = SHA.matcher(line).replaceAll(m -> quoted(commit(m.group())));
            named =
                    UUID.matcher(named)
                            .replaceAll(m -> quoted(versions.getOrDefault(m.group(), "id")));
            named = BRANCH.matcher(named).replaceAll(m -> quoted(branch(m.group())));
            named = BRIEF.matcher(named).replaceAll("$1commit");
            named = TIME.matcher(named).replaceAll("time");
            named = LSN.matcher(named).replaceAll("lsn");
            return OPERATION.matcher(named).replaceAll("slipway$1op");
        }

        private static String quoted(String text) {
            return java.util.regex.Matcher.quoteReplacement(text);
        }
    }
}
