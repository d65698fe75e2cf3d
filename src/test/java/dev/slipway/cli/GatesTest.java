package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.cli.TestWorld.Added;
import dev.slipway.sandbox.world.GitChange;
import dev.slipway.sandbox.world.GitHubRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What the gates say about a stack file, an environment, Workers and migrations, as a person reads
/// it before anything is started.
class GatesTest {
    private static TestWorld world;
    private static String original;

    @BeforeAll
    static void start() throws Exception {
        world = new TestWorld();
        original = Files.readString(world.sandbox().stack());
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static JsonNode plan(Path stack, int pull, String... more) {
        var arguments = new ArrayList<>(List.of("promote", "" + pull, "--plan-only", "--json"));
        arguments.addAll(List.of("--stack", stack.toString()));
        arguments.addAll(List.of(more));
        var run = world.run(arguments.toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        return run.document();
    }

    private static String gate(JsonNode plan, String id) {
        for (var gate : plan.path("gates")) {
            if (gate.path("id").stringValue().equals(id)) {
                return gate.path("state").stringValue()
                        + ": "
                        + gate.path("evidence").stringValue();
            }
        }
        throw new AssertionError("no gate " + id);
    }

    /// A stack file that is in use but not on the base branch.
    private static Path used(String text) {
        return world.write("used-" + Math.abs(text.hashCode()) + ".yaml", text);
    }

    /// The same text in use and on the base branch, whose workflows have run.
    private static Path onBase(String text) {
        push("main", GitChange.of("Change the stack", world.kim(), Instant.now()), text);
        idle();
        return used(text);
    }

    private static void push(String branch, GitChange change, String stack) {
        world.sandbox().github().push(branch, "kim", change.with("slipway.yaml", stack));
    }

    private static void idle() {
        await().atMost(Duration.ofMinutes(3))
                .until(() ->
                        world.sandbox().github().actions().runs().stream()
                                .filter(r -> r.branch().equals("main"))
                                .allMatch(r -> r.status() == GitHubRun.Status.COMPLETED));
    }

    private static String freezing() {
        var today = LocalDate.now(ZoneOffset.UTC);
        return original
                + "\nfreeze:\n  zone: UTC\n  windows:\n    - {from: "
                + today.minusDays(1)
                + ", to: "
                + today.plusDays(2)
                + " 08:00, reason: Moving house.}\n";
    }

    @Test
    void aFreezeNamesItsWindowItsEndAndItsReasonAndIsWaivedOnlyByTheBaseBranchsPolicy() {
        var end = LocalDate.now(ZoneOffset.UTC).plusDays(2);
        var mine = used(freezing() + "policy: {waivable: [freeze, stack-file]}\n");

        assertThat(gate(plan(mine, 482), "freeze"))
                .startsWith("fail: Production is frozen until ")
                .contains(end + " 08:00 UTC", "Moving house.");
        assertThat(gate(plan(mine, 482), "stack-file"))
                .startsWith("fail: The file in use differs from slipway.yaml on main: freeze.zone")
                .contains(
                        "Moving house. instead of nothing", "policy.waivable: freeze, stack-file");
        var refused =
                world.run(
                        "promote",
                        "482",
                        "--plan-only",
                        "--stack",
                        mine.toString(),
                        "--waive",
                        "freeze=I want to");
        assertThat(refused.code()).isEqualTo(Exit.REFUSED);
        assertThat(refused.err()).contains("policy.waivable of slipway.yaml on main");

        var agreed = onBase(freezing() + "policy: {waivable: [freeze]}\n");

        assertThat(gate(plan(agreed, 482), "stack-file")).startsWith("pass: ");
        assertThat(gate(plan(agreed, 482, "--waive", "freeze=house has moved"), "freeze"))
                .startsWith("waived: ")
                .contains("Waived: house has moved");
        onBase(original);
    }

    @Test
    void aStackFileThatLeavesOutWhatIsUsualSaysTheSame() {
        var spoken = original + "\nversions: upload\n";

        assertThat(gate(plan(used(spoken), 482), "stack-file")).startsWith("pass: ");
    }

    @Test
    void aBaseBranchWithABrokenStackFileOrNoneIsSaid() {
        onBase("format: 1\nrepository: [x\n");
        assertThat(gate(plan(used(original), 482), "stack-file"))
                .startsWith("unknown: slipway.yaml on main:");

        world.sandbox()
                .github()
                .push(
                        "main",
                        "kim",
                        GitChange.of("Remove it", world.kim(), Instant.now())
                                .without("slipway.yaml"));
        idle();
        assertThat(gate(plan(used(original), 482), "stack-file"))
                .startsWith("pass: main has no slipway.yaml");
        onBase(original);
    }

    @Test
    void gitHubsEnvironmentIsAskedWhoApprovedTheCommit() {
        var hub = world.sandbox().github();
        var file = onBase(original + "\npolicy: {environmentApproval: true}\n");
        hub.deployments().environment("production", 0, List.of());
        var head = hub.pulls().get(482).orElseThrow().headSha();
        var run =
                hub.actions().runs().stream()
                        .filter(r -> r.sha().equals(head))
                        .findFirst()
                        .orElseThrow();

        assertThat(gate(plan(file, 482), "environment-approval"))
                .startsWith("fail: ")
                .contains("no required reviewers");

        hub.accounts().person("ana");
        hub.deployments().environment("production", 0, List.of("ana"));
        assertThat(gate(plan(file, 482), "environment-approval"))
                .startsWith("fail: No run of " + head.brief());

        hub.approvals().ask(run.id(), "production");
        hub.approvals().decide(run.id(), "production", false, "ana", "not on a Friday");
        assertThat(gate(plan(file, 482), "environment-approval"))
                .startsWith("fail: ana rejected " + head.brief())
                .contains("not on a Friday");

        hub.approvals().ask(run.id(), "production");
        hub.approvals().decide(run.id(), "production", true, "ana", "");
        assertThat(gate(plan(file, 482), "environment-approval"))
                .startsWith("pass: ana approved " + head.brief());
        onBase(original);
    }

    @Test
    void aNumberInASubjectThatIsNoPullRequestIsNotPlannedFor() {
        push("main", GitChange.of("Tidy up (#9001)", world.kim(), Instant.now()), original);
        push(
                "main",
                GitChange.of("Tidy up more (#466)", world.kim(), Instant.now()),
                original + "\n");
        idle();

        var shown = plan(onBase(original), 482);

        assertThat(shown.path("plan").path("pullRequests").toString()).isEqualTo("[466,482]");
        assertThat(shown.toString()).contains("Comment on #466").doesNotContain("9001");
    }

    @Test
    void whoPromotesIsNoReviewerWhereGitHubForbidsToApproveOnesOwnWork() {
        var hub = world.sandbox().github();
        var file = onBase(original + "\npolicy: {environmentApproval: true}\n");
        hub.accounts().person("ana");
        hub.deployments().environment("production", 0, List.of("kim", "ana"), true);
        var head = hub.pulls().get(471).orElseThrow().headSha();
        var run =
                hub.actions()
                        .start(
                                new dev.slipway.sandbox.world.GitHubActions.Start(
                                        ".github/workflows/approve.yml",
                                        "pull_request",
                                        "feat",
                                        head,
                                        "approve",
                                        "tomas"));
        hub.approvals().ask(run.id(), "production");
        hub.approvals().decide(run.id(), "production", true, "kim", "mine");

        assertThat(gate(plan(file, 471), "environment-approval"))
                .startsWith("fail: Only kim approved, who promotes;")
                .contains("forbids to approve one's own work");

        hub.approvals().ask(run.id(), "production");
        hub.approvals().decide(run.id(), "production", true, "ana", "");

        assertThat(gate(plan(file, 471), "environment-approval"))
                .startsWith("pass: ana approved " + head.brief());
        hub.actions()
                .report(
                        run.id(),
                        GitHubRun.Status.COMPLETED,
                        java.util.Optional.of(GitHubRun.Conclusion.SUCCESS));
        onBase(original);
    }

    @Test
    void aRunThatWaitsForAReviewerNamesHer() {
        var hub = world.sandbox().github();
        var file = onBase(original + "\npolicy: {environmentApproval: true}\n");
        hub.accounts().person("ana");
        hub.deployments().environment("production", 0, List.of("ana"));
        var head = hub.pulls().get(484).orElseThrow().headSha();
        var run =
                hub.actions()
                        .start(
                                new dev.slipway.sandbox.world.GitHubActions.Start(
                                        ".github/workflows/approve.yml",
                                        "pull_request",
                                        "feat",
                                        head,
                                        "approve",
                                        "kim"));
        hub.approvals().ask(run.id(), "production");

        assertThat(gate(plan(file, 484), "environment-approval"))
                .startsWith("fail: ")
                .contains(" waits for ana.");

        hub.actions()
                .report(
                        run.id(),
                        GitHubRun.Status.COMPLETED,
                        java.util.Optional.of(GitHubRun.Conclusion.SUCCESS));
        onBase(original);
    }

    @Test
    void aWorkerCloudflareDoesNotHaveIsSaidToBeMissingWithWhatItWillNeed() {
        var file = used(original.replace("auth-worker-production", "oauth-worker-production"));

        var shown = plan(file, 482);

        assertThat(gate(shown, "live"))
                .startsWith(
                        "fail: Cloudflare has no Worker oauth-worker-production, which"
                                + " slipway.yaml calls auth.");
        assertThat(gate(shown, "secrets"))
                .startsWith("fail: auth does not exist and will need DATABASE_URL");
    }

    @Test
    void aChangedTriggerIsNamedAndADurableObjectMigrationIsRefused() {
        var wrangler = "workers/auth/wrangler.jsonc";
        var file = used(original);
        var triggers =
                world.pull(
                        "feat/cron",
                        GitChange.of("Run at night", world.kim(), Instant.now())
                                .with(
                                        wrangler,
                                        world.text(wrangler)
                                                .replace(
                                                        "\"routes\"",
                                                        "\"triggers\": {\"crons\": [\"0 3 * * *\"]},"
                                                                + " \"routes\"")));
        var objects =
                world.pull(
                        "feat/objects",
                        GitChange.of("Add rooms", world.kim(), Instant.now())
                                .with(
                                        wrangler,
                                        world.text(wrangler)
                                                .replace(
                                                        "\"main\"",
                                                        "\"migrations\": [{\"tag\": \"v1\","
                                                                + " \"new_classes\": [\"Room\"]}],"
                                                                + " \"main\"")));

        var shown =
                await().atMost(Duration.ofMinutes(3))
                        .until(
                                () -> plan(file, triggers),
                                p -> !gate(p, "gradual").startsWith("unknown"));
        assertThat(gate(shown, "gradual"))
                .startsWith("pass: auth changes its cron triggers (0 3 * * * instead of none)")
                .contains("not gradual");
        assertThat(shown.path("plan").path("notGradual").toString()).contains("cron triggers");

        var refused =
                await().atMost(Duration.ofMinutes(3))
                        .until(
                                () -> plan(file, objects),
                                p -> !gate(p, "gradual").startsWith("unknown"));
        assertThat(gate(refused, "gradual"))
                .startsWith("fail: auth has the Durable Object migration v1: not gradual.");
        world.sandbox().github().pulls().close(triggers, "kim");
        world.sandbox().github().pulls().close(objects, "kim");
    }

    @Test
    void everyPendingSkippedAndEditedMigrationIsNamedHoweverManyThereAre() {
        var tags = IntStream.range(0, 26).mapToObj(i -> "01%02d_step".formatted(i)).toList();
        var added = new ArrayList<Added>();
        for (int i = 0; i < tags.size(); i++) {
            added.add(
                    new Added(
                            tags.get(i),
                            1_999_999_999_000L + i,
                            "CREATE TABLE step_" + i + " (id int);"));
        }
        added.add(new Added("0099_late", 1, "CREATE TABLE late (id int);"));
        var edited = "0036_baseline";
        var file = TestWorld.MIGRATIONS + edited + ".sql";
        var number =
                world.pull(
                        "feat/many",
                        world.migrating("Migrate a lot", added)
                                .with(file, world.text(file) + "\n-- edited\n"));

        var shown =
                await().atMost(Duration.ofMinutes(3))
                        .until(
                                () -> plan(used(original), number),
                                p -> !gate(p, "ledger").startsWith("unknown"));

        assertThat(gate(shown, "ledger"))
                .startsWith("fail: Drizzle skips 0099_late")
                .contains("Changed after it ran in production: " + edited)
                .contains("26 pending: " + String.join(", ", tags) + ".");
        var human = world.run("promote", "" + number, "--plan-only");
        assertThat(human.out()).contains(tags).contains("0099_late");
        assertThat(human.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThan(200));
        world.sandbox().github().pulls().close(number, "kim");
    }

    @Test
    void aFirstDeploymentIsNamedAndGoesToAllUsersAtOnce() {
        idle();
        world.sandbox().cloudflare().workers().withdraw("auth-worker-production");
        var file = used(original);

        var shown = plan(file, 487);

        assertThat(gate(shown, "live"))
                .startsWith("pass: ")
                .contains("auth is deployed for the first time, to all users at once");
        assertThat(gate(shown, "gradual")).contains("auth is deployed for the first time");
        assertThat(shown.path("plan").path("steps").toString())
                .contains("Deploy auth for the first time, at 100 %");
        var run =
                world.run(
                        "promote",
                        "487",
                        "--stack",
                        file.toString(),
                        "--plan",
                        shown.path("plan").path("hash").stringValue(),
                        "--confirm",
                        shown.path("confirm").stringValue(),
                        "--reason",
                        "first");
        assertThat(run.code()).as(run.err() + run.out()).isEqualTo(Exit.DONE);
        assertThat(
                        world.sandbox()
                                .cloudflare()
                                .workers()
                                .script("auth-worker-production")
                                .orElseThrow()
                                .active()
                                .orElseThrow()
                                .versions())
                .singleElement()
                .satisfies(share -> assertThat(share.percentage()).isEqualTo(100));
    }
}
