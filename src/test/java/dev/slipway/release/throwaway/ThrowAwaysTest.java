package dev.slipway.release.throwaway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.app.WorldFile;
import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.cloudflare.HttpCloudflare;
import dev.slipway.cloudflare.NewScript;
import dev.slipway.cloudflare.VersionCode;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.RefusedException;
import dev.slipway.domain.World;
import dev.slipway.http.Redaction;
import dev.slipway.http.Transport;
import dev.slipway.http.Wire;
import dev.slipway.neon.HttpNeon;
import dev.slipway.neon.Neon;
import dev.slipway.operation.journal.SingleWriter.Holder;
import dev.slipway.production.Databases;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.SandboxOptions;
import dev.slipway.sandbox.postgres.Point;
import dev.slipway.sandbox.postgres.PostgresForTests;
import dev.slipway.sandbox.world.Fault;
import dev.slipway.sandbox.world.NeonBranch;
import dev.slipway.stack.Stack;
import dev.slipway.stack.StackFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No throw-away branch stays, and nothing else is ever deleted.
class ThrowAwaysTest {
    private static final String BOOT = "boot";

    private static Sandbox sandbox;
    private static World world;
    private static Stack stack;
    private static Neon neon;
    private static Cloudflare cloudflare;

    @TempDir private Path folder;

    @BeforeAll
    static void start() {
        sandbox =
                Sandbox.start(SandboxOptions.temporary(PostgresForTests.CACHE).speed(20), _ -> {});
        world = WorldFile.parse(sandbox.worldFile().line());
        stack = StackFile.read(sandbox.stack()).stack();
        var transport =
                new Transport(world, Clock.systemUTC(), new Redaction(world.tokens().values()));
        neon = new HttpNeon(transport, stack.neon().project());
        cloudflare = new HttpCloudflare(transport, stack.cloudflare().account());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @AfterEach
    void everythingWorksAgain() {
        sandbox.faults().clear();
        for (var branch : sandbox.neon().branches(project())) {
            if (branch.name().startsWith("slipway/")) {
                sandbox.neon().deleteBranch(project(), branch.id());
            }
        }
    }

    private static String project() {
        return sandbox.worldFile().project();
    }

    private ThrowAways book(Holder self, InstantSource clock, ThrowAways.Abandoned abandoned) {
        return new ThrowAways(
                new Debts(folder.resolve("throw-away")),
                Map.of(
                        Debt.Kind.BRANCH,
                        new BranchRemoval(world.bounds(), neon, new Databases(neon, stack), clock),
                        Debt.Kind.SCRIPT,
                        new ScriptRemoval(world.bounds(), stack, cloudflare, clock)),
                abandoned,
                self,
                clock,
                world.bounds().poll());
    }

    private ThrowAways book(Holder self) {
        return book(self, InstantSource.system(), List::of);
    }

    private static Holder living(String session) {
        return Holder.self(BOOT, session);
    }

    /// A process of an earlier boot.
    private static Holder dead() {
        return new Holder(1, Instant.EPOCH, "an earlier boot", "dead");
    }

    private static RehearsalBranches branches(ThrowAways book) {
        return new RehearsalBranches(
                world.bounds(),
                neon,
                new Databases(neon, stack),
                book,
                InstantSource.system(),
                new Random());
    }

    private static Optional<NeonBranch> atNeon(String name) {
        return sandbox.neon().branches(project()).stream()
                .filter(branch -> branch.name().equals(name))
                .findFirst();
    }

    private static List<NeonBranch> rehearsalsAtNeon() {
        return sandbox.neon().branches(project()).stream()
                .filter(branch -> branch.name().startsWith("slipway/"))
                .toList();
    }

    @Test
    void whatAKilledRunLeftIsRemovedByTheNextOne() throws Exception {
        var left = branches(book(dead())).open(_ -> {});
        var next = book(living("next"));
        assertThat(next.left().left()).extracting(Debt::name).containsExactly(left.name());
        assertThat(atNeon(left.name())).isPresent();

        var sweep = next.sweep();

        assertThat(sweep.done())
                .isEqualTo("Removed what an earlier run left: branch " + left.name() + ".");
        assertThat(sweep.open()).isEmpty();
        assertThat(atNeon(left.name())).isEmpty();
        assertThat(next.left()).isEqualTo(Sweep.CLEAN);
        assertThat(next.sweep()).isEqualTo(Sweep.CLEAN);
    }

    @Test
    void whereNothingIsLeftNoRemoteIsAsked() {
        sandbox.faults().add(new Fault.LoseRequest(Fault.Target.everything("neon")));

        assertThat(book(living("next")).sweep()).isEqualTo(Sweep.CLEAN);
    }

    @Test
    void whatALivingRunUsesIsLeftAlone() throws Exception {
        try (var used = branches(book(living("other"))).open(_ -> {})) {
            var next = book(living("next"));

            assertThat(next.left()).isEqualTo(Sweep.CLEAN);
            assertThat(next.sweep()).isEqualTo(Sweep.CLEAN);
            assertThat(atNeon(used.name())).isPresent();
        }
        assertThat(rehearsalsAtNeon()).isEmpty();
    }

    @Test
    void aBranchWhoseAnswerWasLostIsFoundAndRemoved() throws Exception {
        sandbox.faults()
                .add(new Fault.LoseAnswer(Fault.Target.next(1, "neon", "POST", "/branches$")));
        var book = book(living("one"));

        try (var branch = branches(book).open(_ -> {})) {
            assertThat(atNeon(branch.name())).isPresent();
        }

        assertThat(rehearsalsAtNeon()).isEmpty();
        assertThat(book.left()).isEqualTo(Sweep.CLEAN);
    }

    @Test
    void aBranchThatIsMadeAfterItsRunWasKilledIsWaitedFor() {
        var later = new AtomicReference<>(Instant.now());
        var killed = book(dead(), later::get, List::of);
        var debt = killed.begin(Debt.Kind.BRANCH, "slipway/0a1b2c3d/rehearsal", "m", project());
        var next = book(living("next"), later::get, List::of);

        assertThat(next.sweep().left()).extracting(Debt::name).containsExactly(debt.name());
        sandbox.neon().createBranch(project(), marked(debt.name(), "m", false));
        assertThat(next.sweep().removed()).extracting(Debt::name).containsExactly(debt.name());
        assertThat(atNeon(debt.name())).isEmpty();

        killed.begin(Debt.Kind.BRANCH, "slipway/1a1b2c3d/rehearsal", "m", project());
        assertThat(next.sweep().left()).hasSize(1);
        later.updateAndGet(at -> at.plus(Duration.ofHours(1)));
        assertThat(next.sweep()).isEqualTo(Sweep.CLEAN);
        assertThat(next.left()).isEqualTo(Sweep.CLEAN);
    }

    @Test
    void whatNeonRefusesToDeleteNowStaysADebtWithItsReason() throws Exception {
        var book = book(living("one"));
        var branch = branches(book).open(_ -> {});
        sandbox.faults()
                .add(
                        new Fault.Answer(
                                new Fault.Target(
                                        "neon",
                                        Optional.of("DELETE"),
                                        java.util.regex.Pattern.compile("/branches/"),
                                        0),
                                403,
                                "{\"code\":\"\",\"message\":\"not today\"}",
                                Optional.empty()));

        var left = branch.remove();

        assertThat(left).isPresent();
        assertThat(left.get().sentence()).contains(branch.name(), "not today");
        assertThat(book.left().left()).containsExactly(left.get());
        assertThat(book(living("another")).left().left()).containsExactly(left.get());
        sandbox.faults().clear();
        assertThat(book.sweep().removed()).hasSize(1);
        assertThat(rehearsalsAtNeon()).isEmpty();
    }

    @Test
    void aThreadThatWasInterruptedStillRemoves() throws Exception {
        var branch = branches(book(living("one"))).open(_ -> {});
        Thread.currentThread().interrupt();

        branch.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(rehearsalsAtNeon()).isEmpty();
    }

    @Test
    void whoEndsRemovesWhatIsOpenAndBeginsNothing() throws Exception {
        var book = book(living("one"));
        branches(book).open(_ -> {});

        book.close();

        assertThat(rehearsalsAtNeon()).isEmpty();
        assertThatThrownBy(() -> branches(book).open(_ -> {})).isInstanceOf(RefusedException.class);
        assertThat(rehearsalsAtNeon()).isEmpty();
        assertThat(book.left()).isEqualTo(Sweep.CLEAN);
    }

    @Test
    void whatNeonRefusedToMakeIsNoDebt() {
        sandbox.faults()
                .add(
                        new Fault.Answer(
                                Fault.Target.next(1, "neon", "POST", "/branches$"),
                                422,
                                "{\"code\":\"BRANCHES_LIMIT_EXCEEDED\",\"message\":\"branches limit exceeded\"}",
                                Optional.empty()));
        var book = book(living("one"));

        assertThatThrownBy(() -> branches(book).open(_ -> {})).isInstanceOf(FailureException.class);
        assertThat(book.left()).isEqualTo(Sweep.CLEAN);
    }

    private static NeonBranch.Draft marked(String name, String mark, boolean isProtected) {
        return new NeonBranch.Draft(
                name,
                Optional.empty(),
                new Point.Head(),
                isProtected,
                Optional.empty(),
                false,
                true,
                Map.of("slipway-mark", mark));
    }

    @Test
    void aBranchWithAnotherMarkIsNeverDeleted() {
        var killed = book(dead());
        var debt = killed.begin(Debt.Kind.BRANCH, "slipway/2a1b2c3d/rehearsal", "m", project());
        sandbox.neon().createBranch(project(), marked(debt.name(), "m2", false));

        var sweep = book(living("next")).sweep();

        assertThat(sweep.open()).singleElement().asString().contains("is not ours");
        assertThat(atNeon(debt.name())).isPresent();
    }

    @Test
    void aBranchThatOthersWereMadeFromIsNeverDeleted() throws Exception {
        var left = branches(book(dead())).open(_ -> {});
        var child =
                sandbox.neon()
                        .createBranch(
                                project(),
                                new NeonBranch.Draft(
                                        "child",
                                        Optional.of(left.id()),
                                        new Point.Head(),
                                        false,
                                        Optional.empty(),
                                        false,
                                        true,
                                        Map.of()));

        var sweep = book(living("next")).sweep();

        assertThat(sweep.open()).singleElement().asString().contains("other branches");
        assertThat(atNeon(left.name())).isPresent();
        sandbox.neon().deleteBranch(project(), child.id());
    }

    @Test
    void productionIsNeverDeletedWhateverIsWrittenDown() {
        var production = stack.neon().branch();
        var killed = book(dead());
        killed.made(
                killed.begin(Debt.Kind.BRANCH, "slipway/3a1b2c3d/rehearsal", "m", project()),
                sandbox.neon().branch(project(), production).orElseThrow().id());
        killed.begin(Debt.Kind.BRANCH, production, "", project());

        var sweep = book(living("next")).sweep();

        assertThat(sweep.removed()).isEmpty();
        assertThat(sweep.left()).hasSize(2);
        assertThat(atNeon(production)).isPresent();
    }

    private static NewScript script(String name, List<String> tags) {
        var code =
                new VersionCode(
                        "index.js",
                        List.of(
                                new VersionCode.Module(
                                        "index.js",
                                        "application/javascript+module",
                                        "export default {}".getBytes(StandardCharsets.UTF_8))));
        return new NewScript(name, code, List.of(), Optional.empty(), List.of(), tags);
    }

    private static boolean atCloudflare(String name) {
        return sandbox.cloudflare().workers().script(name).isPresent();
    }

    @Test
    void aScriptAKilledRunLeftIsRemovedByTheNextOne() {
        var scripts = new ThrowAwayScripts(stack, cloudflare, book(dead()), new Random());
        var left = scripts.open("stripe_Webhook", ThrowAwaysTest::script);
        assertThat(left.name()).matches("slipway-[0-9a-f]{8}-stripe-webhook-fit");
        assertThat(left.hostname()).startsWith(left.name() + ".").endsWith(".workers.dev");
        assertThat(sandbox.cloudflare().domains().routes())
                .noneMatch(route -> route.script().equals(Optional.of(left.name())));
        assertThat(atCloudflare(left.name())).isTrue();

        var sweep = book(living("next")).sweep();

        assertThat(sweep.done())
                .isEqualTo("Removed what an earlier run left: script " + left.name() + ".");
        assertThat(atCloudflare(left.name())).isFalse();
    }

    @Test
    void aScriptWithoutOurTagAndOneTheStackKnowsAreNeverDeleted() {
        var killed = book(dead());
        var production = stack.workers().getFirst().script();
        killed.begin(Debt.Kind.SCRIPT, production, "m", cloudflare.account());
        killed.begin(Debt.Kind.SCRIPT, "slipway-0a1b2c3d-web-fit", "m", cloudflare.account());
        Wire.during(
                Wire.Listener.NONE,
                () ->
                        cloudflare.createScript(
                                script("slipway-0a1b2c3d-web-fit", List.of("another"))));
        sandbox.cloudflare().workers().configure(production, Map.of("tags", List.of("m")));

        var sweep = book(living("next")).sweep();

        assertThat(sweep.removed()).isEmpty();
        assertThat(sweep.open())
                .anySatisfy(one -> assertThat(one).contains("0a1b2c3d", "is not ours"))
                .anySatisfy(one -> assertThat(one).contains(production, "the stack knows"));
        assertThat(atCloudflare(production)).isTrue();
        assertThat(atCloudflare("slipway-0a1b2c3d-web-fit")).isTrue();
    }

    @Test
    void aDebtOfAnotherProjectIsTold() {
        book(dead()).begin(Debt.Kind.BRANCH, "slipway/4a1b2c3d/rehearsal", "m", "elsewhere");

        assertThat(book(living("next")).sweep().open())
                .singleElement()
                .asString()
                .contains("elsewhere");
    }

    @Test
    void aFileThatCannotBeReadIsTold() throws Exception {
        book(dead()).begin(Debt.Kind.BRANCH, "slipway/5a1b2c3d/rehearsal", "m", "elsewhere");
        var file = folder.resolve("throw-away/slipway-5a1b2c3d-rehearsal.json");
        java.nio.file.Files.writeString(file, "{\"kind\": \"bra");

        assertThat(book(living("next")).sweep().problems())
                .singleElement()
                .asString()
                .contains(file.toString());
    }
}
