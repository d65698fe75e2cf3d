package dev.slipway.cli;

import static dev.slipway.cli.Contract.each;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.domain.Provider;
import dev.slipway.domain.Secret;
import dev.slipway.operation.journal.SingleWriter;
import dev.slipway.sandbox.world.CloudflareToken;
import dev.slipway.sandbox.world.CloudflareToken.Permission;
import dev.slipway.sandbox.world.Fault;
import dev.slipway.sandbox.world.GitChange;
import dev.slipway.sandbox.world.GitHubPulls;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bad input and bad luck: a sentence, the right code, and nothing changed.
class RefusalsTest {
    private static TestWorld world;
    private static Map<String, String> before;

    @BeforeAll
    static void start() {
        world = new TestWorld();
        before = truth();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @AfterEach
    void nothingWasChanged() {
        world.sandbox().faults().clear();
        assertThat(truth()).isEqualTo(before);
    }

    /// What production is, seen behind the scenes.
    private static Map<String, String> truth() {
        var sandbox = world.sandbox();
        var truth = new TreeMap<String, String>();
        truth.put("main", sandbox.github().git().resolve("refs/heads/main").toString());
        truth.put("tags", sandbox.github().git().refs("refs/tags/").toString());
        truth.put("lock", sandbox.github().git().refs("refs/slipway/").toString());
        for (var script : List.of("web-worker", "auth-worker", "stripe-webhook-handler")) {
            truth.put(
                    script,
                    sandbox.cloudflare()
                            .workers()
                            .script(script + "-production")
                            .orElseThrow()
                            .deployments()
                            .toString());
        }
        truth.put(
                "branches",
                sandbox.neon().branches(sandbox.worldFile().project()).stream()
                        .map(b -> b.name())
                        .filter(name -> !name.matches("(pr|preview).*"))
                        .sorted()
                        .toList()
                        .toString());
        return truth;
    }

    private static void refused(CommandRun run, int code, String... words) {
        assertThat(run.code()).as(run.err()).isEqualTo(code);
        assertThat(run.err()).contains(words).doesNotContain("Exception", "\tat ");
        assertThat(run.err().strip()).endsWith(".");
    }

    private static CommandRun promote(int pull) {
        var shown = world.run("promote", "" + pull, "--plan-only", "--json");
        assertThat(shown.code()).as(shown.err()).isEqualTo(Exit.DONE);
        var hash = shown.document().path("plan").path("hash").stringValue();
        var phrase = shown.document().path("confirm").stringValue();
        return world.run(
                "promote", "" + pull, "--plan", hash, "--confirm", phrase, "--reason", "test");
    }

    @Test
    void aBrokenStackFileIsNamedByLineAndColumn() {
        var file = world.write("broken.yaml", "format: 1\nworkers:\n  - name: [web\nneon: {}\n");

        var run = world.run("previews", "--stack", file.toString());

        assertThat(run.code()).isEqualTo(Exit.INPUT);
        assertThat(run.err())
                .containsPattern("broken\\.yaml:[0-9]+:[0-9]+: ")
                .contains("Nothing was changed.");
    }

    @Test
    void aWorkerCloudflareDoesNotHaveIsNamed() throws Exception {
        var stack =
                Files.readString(world.sandbox().stack())
                        .replace("auth-worker-production", "oauth-worker-production");
        var file = world.write("unknown-worker.yaml", stack).toString();
        var shown = world.run("promote", "482", "--plan-only", "--json", "--stack", file);
        var hash = shown.document().path("plan").path("hash").stringValue();

        var run =
                world.run(
                        "promote",
                        "482",
                        "--plan",
                        hash,
                        "--confirm",
                        "promote r42",
                        "--reason",
                        "x",
                        "--stack",
                        file);

        refused(run, Exit.REFUSED, "oauth-worker-production", "Nothing was changed.");
    }

    @Test
    void aWrongTokenIsNamedAndNeverShown() {
        var file = world.worldWith("wrong.json", "ghp_sandbox[0-9a-f]+", "ghp_sandboxcanary0000");

        refused(
                world.through(file, "previews"),
                Exit.REFUSED,
                "GitHub",
                "refused the token",
                "Give another token with \"slipway connect github\".");
        refused(
                world.through(file, "promote", "482", "--plan-only"),
                Exit.REFUSED,
                "GitHub",
                "Nothing was changed");
        assertThat(world.through(file, "previews").err()).doesNotContain("canary");
    }

    @Test
    void aProviderThatIsDownIsNamedAndTheOthersAreShown() {
        world.sandbox().faults().add(new Fault.LoseRequest(Fault.Target.everything("neon")));

        var list = world.run("previews");
        var run = promote(482);

        assertThat(list.code()).isEqualTo(Exit.DONE);
        assertThat(list.err()).contains("Neon");
        assertThat(list.out()).contains("#482");
        refused(run, Exit.REFUSED, "Neon", "Nothing was changed.");
        assertThat(run.err()).doesNotContain("nothing;", "→");
    }

    @Test
    void withoutGitHubThereIsNothingToShow() {
        world.sandbox().faults().add(new Fault.LoseRequest(Fault.Target.everything("github")));

        refused(world.run("previews"), Exit.REFUSED, "GitHub", "Nothing was changed.");
    }

    @Test
    void aPullRequestNobodyKnowsIsRefused() {
        refused(world.run("previews", "999"), Exit.REFUSED, "#999");
        refused(world.run("promote", "999", "--plan-only"), Exit.REFUSED, "#999");
    }

    @Test
    void aTargetThatIsNeitherNumberNorShaIsRefused() {
        refused(world.run("promote", "main", "--plan-only"), Exit.INPUT, "\"main\"");
        refused(world.run("promote", "12ab", "--plan-only"), Exit.INPUT, "\"12ab\"");
        refused(world.run("previews", "x"), Exit.INPUT, "\"x\"");
    }

    @Test
    void aCommitNobodyKnowsIsRefused() {
        refused(
                world.run("promote", "0123456789012345678901234567890123456789", "--plan-only"),
                Exit.REFUSED,
                "no commit 0123456");
    }

    @Test
    void aJournalEntryWithoutItsFileIsNamedAtTheGate() throws Exception {
        var hub = world.sandbox().github();
        var folder = "packages/database/src/migrations/";
        var main = hub.git().resolve("refs/heads/main").orElseThrow();
        var journal =
                new String(
                        hub.git().file(main, folder + JOURNAL).orElseThrow(),
                        StandardCharsets.UTF_8);
        var longer =
                journal.substring(0, journal.lastIndexOf(']'))
                        + ", {\"idx\": 99, \"version\": \"7\", \"when\": 1999999999999,"
                        + " \"tag\": \"0099_forgotten\", \"breakpoints\": true}]}";
        var kim = hub.accounts().person("kim").person();
        hub.push(
                "feat/forgotten",
                "kim",
                GitChange.of("Forget a file", kim, Instant.now()).with(folder + JOURNAL, longer));
        var pull =
                hub.pulls()
                        .open(
                                new GitHubPulls.Opening(
                                        "Forget a file",
                                        "",
                                        "kim",
                                        "feat/forgotten",
                                        "main",
                                        false));

        var run = promote(pull.number());

        refused(run, Exit.REFUSED, "0099_forgotten", "Nothing was changed.");
        hub.pulls().close(pull.number(), "kim");
    }

    private static final String JOURNAL = "meta/_journal.json";

    @Test
    void aMigrationThatFailsInItsThirdStatementIsRefused() {
        var shown = world.run("promote", "485", "--plan-only", "--json").document();

        refused(promote(485), Exit.REFUSED, "statement 3", "Nothing was changed.");
        assertThat(each(shown.path("gates")))
                .filteredOn(gate -> gate.path("id").stringValue().equals("verdict"))
                .singleElement()
                .satisfies(gate -> {
                    assertThat(gate.path("state").stringValue()).isEqualTo("fail");
                    assertThat(gate.path("evidence").stringValue())
                            .containsPattern("[0-9]{4}_[a-z_]+, statement 3, fails with 42703:");
                });
    }

    @Test
    void theMigrationsOfAForkAreNotEvenRehearsed() {
        refused(world.run("rehearse", "483"), Exit.REFUSED, "fork", "Nothing was rehearsed");
    }

    @Test
    void whatNobodyKnowsIsNotRehearsed() {
        refused(world.run("rehearse", "999"), Exit.REFUSED, "#999");
        refused(world.run("rehearse", "main"), Exit.INPUT, "\"main\"");
    }

    @Test
    void aSkippedMigrationIsRefusedAndNamed() {
        refused(promote(476), Exit.REFUSED, "0043_email_preferences", "Nothing was changed.");
    }

    @Test
    void aWrongPhraseIsRefused() {
        var shown = world.run("promote", "482", "--plan-only", "--json").document();
        var run =
                world.run(
                        "promote",
                        "482",
                        "--plan",
                        shown.path("plan").path("hash").stringValue(),
                        "--confirm",
                        "promote r1",
                        "--reason",
                        "test");
        refused(run, Exit.REFUSED, "promote r42", "promote r1", "Nothing was changed.");
    }

    @Test
    void withoutATerminalThePlanIsRequired() {
        refused(
                world.run("promote", "482", "--confirm", "promote r42", "--reason", "x"),
                Exit.INPUT,
                "--plan HASH is required");
    }

    @Test
    void aSecondWriterOnTheSameHomeIsToldWhoWrites() {
        var folder = world.home().resolve("worlds").resolve(world.sandbox().worldFile().id());
        try (var seat = SingleWriter.take(folder, SingleWriter.Holder.self("boot", "other"))) {
            assertThat(seat).isNotNull();
            var pid = "" + ProcessHandle.current().pid();

            refused(promote(482), Exit.INPUT, "process " + pid, "Nothing was changed.");
            assertThat(world.run("operations").code()).isEqualTo(Exit.DONE);
            assertThat(world.run("production").code()).isEqualTo(Exit.DONE);
        }
    }

    @Test
    void aTokenFileWithWideRightsIsRefused() throws Exception {
        var folder = world.home().resolve("worlds").resolve(world.sandbox().worldFile().id());
        Files.createDirectories(folder);
        var file = Files.writeString(folder.resolve("tokens.json"), "{}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        try {
            var run = world.run("previews");

            assertThat(run.code()).isEqualTo(Exit.INPUT);
            assertThat(run.err()).contains("chmod 600");
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void aWorldFileThatIsNoneIsRefused() {
        var broken = world.write("half.json", "{\"id\": \"x\"");
        var keyless = world.write("keyless.json", "{\"id\": \"x\"}");

        refused(world.through(broken, "previews"), Exit.INPUT, "line 1, column");
        refused(world.through(keyless, "previews"), Exit.INPUT, "\"github\"");
        refused(
                world.through(world.write("empty.json", ""), "previews"),
                Exit.INPUT,
                "it is empty, as it is until the sandbox that writes it is ready");
        refused(
                world.through(Path.of("nowhere.json"), "previews"),
                Exit.INPUT,
                "nowhere.json cannot be read");
    }

    @Test
    void argumentsThatDoNotFitAreASentenceAlsoInJson() {
        refused(world.run("promise"), Exit.INPUT, "no command \"promise\"");
        refused(world.run("promote"), Exit.INPUT, "PR|SHA is missing", "slipway promote --help");
        var run = world.run("previews", "--jsn", "--json");
        assertThat(run.code()).isEqualTo(Exit.INPUT);
        assertThat(run.out()).isEmpty();
        assertThat(run.lines().toList())
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.path("type").stringValue()).isEqualTo("log");
                    assertThat(line.path("level").stringValue()).isEqualTo("error");
                    assertThat(line.path("text").stringValue()).contains("\"--jsn\"");
                });
    }

    /// In a process of its own: its end used to wait for a sandbox that was never started.
    @Test
    void aSpeedThatIsNoneEndsTheProgramAtOnce() throws Exception {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.slipway.Main",
                                "sandbox",
                                "--speed",
                                "0")
                        .redirectErrorStream(true)
                        .start();
        try {
            assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(Exit.INPUT);
            assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("above zero", "Nothing was started.");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aMachineWithoutRoomIsToldFromAMistake(@TempDir Path folder) throws Exception {
        // A file where Postgres is to be unpacked refuses it as a full disk would.
        var home = Files.createDirectories(folder.resolve("home"));
        Files.writeString(home.resolve("cache"), "in the way");

        refused(
                CommandRun.of(home, List.of("sandbox", "--home", home.toString())),
                Exit.INPUT,
                "The sandbox cannot be started");
        assertThat(home.resolve("problems")).doesNotExist();
    }

    @Test
    void severalDrizzleFoldersAreListed(@TempDir Path folder) throws Exception {
        repository(folder, "apps/shop/drizzle", "apps/blog/drizzle");

        var run = CommandRun.of(world.home(), List.of("sandbox", "--repo", folder.toString()));

        refused(run, Exit.INPUT, "apps/shop/drizzle", "apps/blog/drizzle", "--migrations");
    }

    @Test
    void aRefTheRepositoryDoesNotHaveIsNamed(@TempDir Path folder) throws Exception {
        repository(folder, "drizzle");

        refused(
                CommandRun.of(
                        world.home(),
                        List.of("sandbox", "--repo", folder.toString(), "--production", "v9")),
                Exit.INPUT,
                "v9");
        refused(
                CommandRun.of(world.home(), List.of("sandbox", "--repo", "nowhere")),
                Exit.INPUT,
                "nowhere");
    }

    private static void repository(Path folder, String... migrations) throws Exception {
        try (var git = Git.init().setInitialBranch("main").setDirectory(folder.toFile()).call()) {
            for (var path : migrations) {
                var meta = Files.createDirectories(folder.resolve(path).resolve("meta"));
                Files.writeString(
                        meta.resolve("_journal.json"),
                        """
                        {"version": "7", "dialect": "postgresql", "entries": [{"idx": 0,
                         "version": "7", "when": 1000, "tag": "0000_users", "breakpoints": true}]}
                        """);
                Files.writeString(
                        folder.resolve(path).resolve("0000_users.sql"),
                        "CREATE TABLE users (id int)");
            }
            git.add().addFilepattern(".").call();
            git.commit()
                    .setMessage("first")
                    .setAuthor("kim", "kim@codex.test")
                    .setSign(false)
                    .call();
        }
    }

    private static CommandRun connect(String input, String... arguments) {
        var was = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            return world.run(arguments);
        } finally {
            System.setIn(was);
        }
    }

    @Test
    void onlyATokenTheProviderTakesIsStoredAndOnlyForItsWorld() throws Exception {
        var file =
                world.home()
                        .resolve("worlds")
                        .resolve(world.sandbox().worldFile().id())
                        .resolve("tokens.json");

        refused(connect("", "connect", "github"), Exit.INPUT, "Nothing was stored");
        refused(connect("two words", "connect", "github"), Exit.INPUT, "Nothing was stored");
        refused(connect("x", "connect", "gitlab"), Exit.INPUT, "gitlab", "Nothing was stored");
        refused(
                connect("ghp_sandboxcanary0000", "connect", "github"),
                Exit.REFUSED,
                "Nothing was stored");
        assertThat(file).doesNotExist();

        var token =
                dev.slipway.app.WorldFile.read(world.file())
                        .token(Provider.GITHUB)
                        .map(Secret::reveal)
                        .orElseThrow();
        var run = connect(token + "\n", "connect", "github", "--json");

        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        Contract.keys(run.document(), "provider", "stored", "permissions");
        run.document()
                .path("permissions")
                .forEach(p -> Contract.word(p.path("state"), "permission state"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(run.out() + run.err()).doesNotContain(token);
        assertThat(world.home().resolve("tokens.json")).doesNotExist();
        Files.delete(file);
    }

    /// A maintenance page is a route in front: who names one needs the right to routes.
    @Test
    void whereAMaintenanceWorkerIsNamedTheRightToRoutesIsLookedFor() throws Exception {
        var stack =
                world.write(
                        "with-page.yaml",
                        Files.readString(world.sandbox().stack())
                                + "\nrestore: {maintenance: maintenance-page}\n");
        var all = world.sandbox().worldFile().tokens().get("cloudflare");
        var rights = EnumSet.allOf(Permission.class);
        rights.removeIf(right -> right.name().startsWith("WORKERS_ROUTES"));
        world.sandbox().cloudflare().admit(CloudflareToken.of("cfut_noroutes", rights));

        assertThat(routes(connect(all + "\n", "connect", "cloudflare", "--json"))).isEmpty();
        assertThat(
                        routes(
                                connect(
                                        all + "\n",
                                        "connect",
                                        "cloudflare",
                                        "--json",
                                        "--stack",
                                        stack.toString())))
                .containsExactly(
                        "Workers Routes: read granted", "Workers Routes: write not-testable");
        assertThat(
                        routes(
                                connect(
                                        "cfut_noroutes\n",
                                        "connect",
                                        "cloudflare",
                                        "--json",
                                        "--stack",
                                        stack.toString())))
                .contains("Workers Routes: read missing");
        Files.delete(
                world.home()
                        .resolve("worlds")
                        .resolve(world.sandbox().worldFile().id())
                        .resolve("tokens.json"));
    }

    private static List<String> routes(CommandRun run) {
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        return run.document()
                .path("permissions")
                .valueStream()
                .map(p -> p.path("permission").stringValue() + " " + p.path("state").stringValue())
                .filter(line -> line.contains("Routes"))
                .toList();
    }

    /// A mistake in Slipway itself, made by a program that fails at once.
    @Test
    void aMistakeOfSlipwayItselfIsASentenceAndItsDetailsAreKept() {
        var kept = new StringWriter();
        var program =
                (Program)
                        Proxy.newProxyInstance(
                                Program.class.getClassLoader(),
                                new Class<?>[] {Program.class},
                                (_, method, arguments) -> {
                                    if (method.getName().equals("keepProblem")) {
                                        kept.write((String) arguments[2]);
                                        return Optional.of(Path.of("problem.txt"));
                                    }
                                    throw new IllegalStateException("canary");
                                });
        var out = new StringWriter();
        var err = new StringWriter();

        var code =
                SlipwayCommand.run(
                        program,
                        Clock.systemUTC(),
                        text -> text,
                        new PrintWriter(out),
                        new PrintWriter(err),
                        "previews");

        refused(
                new CommandRun(code, out.toString(), err.toString()),
                Exit.STOPPED,
                "mistake of its own",
                "problem.txt");
        assertThat(kept.toString()).contains("IllegalStateException: canary", "\tat ");
    }
}
