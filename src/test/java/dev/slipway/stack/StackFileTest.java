package dev.slipway.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.domain.InputException;
import dev.slipway.domain.PullRequestNumber;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StackFileTest {
    @Test
    void theFullExampleIsReadWithoutAWarning() {
        var file = Examples.read(Examples.full());

        assertThat(file.warnings()).isEmpty();
        var stack = file.stack();
        assertThat(stack.owner()).isEqualTo("acme");
        assertThat(stack.repositoryName()).isEqualTo("shop");
        assertThat(stack.workers()).extracting(StackWorker::name).containsExactly("web", "auth");
        assertThat(stack.workers().getFirst().secrets())
                .containsExactly("DATABASE_URL", "SESSION_KEY");
        assertThat(stack.promotion().soak()).contains(Duration.ofMinutes(15));
        assertThat(stack.ignoredWorkflows())
                .extracting(Stack.IgnoredWorkflow::workflow)
                .containsExactly("deploy-production.yml");
        assertThat(stack.policy())
                .isEqualTo(new Stack.Policy(List.of("approval", "freeze"), 1, false));
        assertThat(stack.workers().getFirst().health()).isEqualTo(HealthShape.DEFAULT);
    }

    @Test
    void whatTheSmallestFileLeavesOutHasTheDocumentedValues() {
        var stack = Examples.read(Examples.smallest()).stack();

        assertThat(stack.promotion()).isEqualTo(Promotion.DEFAULT);
        assertThat(stack.versions()).isEqualTo(new Stack.Versions.Upload());
        assertThat(stack.migrations())
                .isEqualTo(new Stack.Migrations("migrations", "drizzle", "__drizzle_migrations"));
        assertThat(stack.workers().getFirst().previewScript()).isEmpty();
        assertThat(stack.workers().getFirst().health()).isEqualTo(HealthShape.DEFAULT);
    }

    @Test
    void everyMistakeIsNamedAtOnceWithLineAndColumn() {
        assertThat(
                        problems(
                                """
                                format: 1
                                repository: shop
                                branch: main
                                environment: Production
                                workers:
                                  - name: web
                                    script: Shop
                                    hostname: https://shop.example.com
                                  - auth
                                  - name: [a]
                                    script: s
                                    hostname: h.example.com
                                    previewScript: web-{pr}
                                neon: {branch: production, database: shop, role: shop_owner}
                                cloudflare: yes
                                migrations: {folder: ../elsewhere}
                                promotion:
                                  traffic: [50, 10]
                                  probes: many
                                  maxP95: 2 minutes
                                  merge: fast-forward
                                policy: {approvals: -1}
                                """))
                .containsExactly(
                        "slipway.yaml:2:13: repository \"shop\" must be owner/name",
                        "slipway.yaml:4:14: environment \"Production\" must be a to z, 0 to 9 and -,"
                                + " at most 40, beginning with a letter",
                        "slipway.yaml:7:13: workers[0].script \"Shop\" must be a to z, 0 to 9, - and"
                                + " _, at most 63",
                        "slipway.yaml:8:15: workers[0].hostname \"https://shop.example.com\" must be"
                                + " a hostname without https://",
                        "slipway.yaml:9:5: workers[1] must be a mapping and is a single value",
                        "slipway.yaml:10:11: workers[2].name must be a single value and is a list",
                        "slipway.yaml:13:20: workers[2].previewScript needs"
                                + " workers[2].previewHostname beside it",
                        "slipway.yaml:14:7: neon.project is missing",
                        "slipway.yaml:15:13: cloudflare must be a mapping and is a single value",
                        "slipway.yaml:16:22: migrations.folder \"../elsewhere\" leaves the"
                                + " repository with ..",
                        "slipway.yaml:18:12: promotion.traffic must rise from step to step and end"
                                + " with 100",
                        "slipway.yaml:19:11: promotion.probes: \"many\" is not a whole number from 1"
                                + " to 1000",
                        "slipway.yaml:20:11: promotion.maxP95: \"2 minutes\" is not a time; write it"
                                + " like 800ms, 2s, 15m or 1h",
                        "slipway.yaml:21:10: promotion.merge: \"fast-forward\" is not squash, merge"
                                + " or rebase",
                        "slipway.yaml:22:21: policy.approvals: \"-1\" is not a whole number from 0"
                                + " to 20");
    }

    @Test
    void anUnknownKeyIsAWarningThatNamesTheNearest() {
        var file = Examples.read(Examples.smallest() + "promotions: {}\nx: 1\n");

        assertThat(file.warnings())
                .containsExactly(
                        "slipway.yaml:12:1: promotions is not a key Slipway knows; did you mean"
                                + " promotion?",
                        "slipway.yaml:13:1: x is not a key Slipway knows");
    }

    @Test
    void aKeyThatStandsTwiceIsRefused() {
        assertThat(problems(Examples.smallest() + "branch: other\n"))
                .containsExactly("slipway.yaml:12:1: branch stands here a second time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# only words\n", "---\n...\n"})
    void aFileThatSaysNothingIsRefused(String text) {
        assertThat(problems(text)).hasSize(1).first().asString().startsWith("slipway.yaml:1:1: ");
    }

    @Test
    void textThatIsNotYamlIsNamedWithItsPlace() {
        assertThat(problems("format: 1\nrepository: a/b\n\tbranch: main\n"))
                .singleElement()
                .asString()
                .startsWith("slipway.yaml:3:1: this is not YAML: ");
        assertThat(problems("format: 1\nworkers: [a, b\nneon: {}\n"))
                .singleElement()
                .asString()
                .startsWith("slipway.yaml:3:5: this is not YAML: ");
    }

    @Test
    void aNewerFormatIsRefusedInWords() {
        assertThat(problems(Examples.smallest().replace("format: 1", "format: 2")))
                .containsExactly(
                        "slipway.yaml:1:9: format 2 is newer than this Slipway, which reads up to"
                                + " 1; update Slipway");
    }

    @Test
    void aByteOrderMarkIsReadOverAndUtf16IsRefused() {
        assertThat(Examples.read("\uFEFF" + Examples.smallest()).stack().branch())
                .isEqualTo("main");
        for (var charset :
                List.of(
                        StandardCharsets.UTF_16,
                        StandardCharsets.UTF_16LE,
                        StandardCharsets.UTF_16BE)) {
            assertThat(problems(Examples.smallest().getBytes(charset)))
                    .containsExactly(
                            "slipway.yaml:1:1: the file is UTF-16 or UTF-32 text; save it as UTF-8");
        }
        assertThat(problems("format: 1\nbranch: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1)))
                .containsExactly("slipway.yaml:2:12: the file is not UTF-8 text here");
    }

    @Test
    void aliasesThatUnfoldWithoutEndAreRefusedAtOnce() {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            var before = "*a" + (i - 1);
            bomb.append("a%d: &a%d [%s, %s, %s]\n".formatted(i, i, before, before, before));
        }
        assertThat(problems(bomb.toString()))
                .singleElement()
                .asString()
                .endsWith("the document unfolds to more than 10000 parts");
        assertThat(problems("a: &a [*a]\n"))
                .containsExactly("slipway.yaml:1:8: *a stands inside its own anchor");
    }

    @Test
    void deepNestingAndLargeFilesAreRefused() {
        assertThat(problems("a: " + "[".repeat(100_000)))
                .singleElement()
                .asString()
                .endsWith("this is nested deeper than 64 levels");
        assertThat(problems("#".repeat(300_000)))
                .containsExactly(
                        "slipway.yaml:1:1: the file has 300000 bytes; at most 262144 are read");
    }

    @Test
    void anAnchorMayBeUsed() {
        var text =
                Examples.full()
                        .replace(
                                "secrets: [DATABASE_URL, SESSION_KEY]",
                                "secrets: &s [DATABASE_URL]")
                        .replace("secrets: [DATABASE_URL]", "secrets: *s");
        assertThat(Examples.read(text).stack().workers().getLast().secrets())
                .containsExactly("DATABASE_URL");
    }

    @Test
    void lettersThatLookLikeOthersAreNamed() {
        assertThat(
                        problems(
                                Examples.smallest()
                                        .replace("environment: production", "environment: рrod")))
                .containsExactly(
                        "slipway.yaml:4:14: environment \"рrod\" must not contain U+0440 (CYRILLIC"
                                + " SMALL LETTER ER)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    script: shop-web-production | script: a/b
                    script: shop-web-production | script: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
                    hostname: shop.example.com  | hostname: shop.example.org
                    hostname: shop.example.com  | hostname: Shop.example.com
                    folder: migrations          | folder: /migrations
                    folder: migrations          | folder: a/../../b
                    folder: migrations          | folder: C:\\migrations
                    account: 0123456789abcdef0123456789abcdef | account: 0123
                    branch: main                | branch: main..dev
                    branch: main                | branch: -main
                    branch: production          | branch: "production "
                    name: web                   | name: Web
                    repository: acme/shop       | repository: https://github.com/acme/shop
                    """)
    void aWrongValueIsOneSentence(String good, String bad) {
        var text = Examples.smallest();
        assertThat(text).contains(good);
        assertThat(problems(text.replace(good, bad))).hasSize(1);
    }

    @Test
    void aPreviewPatternMustNotFitProductionNorAnotherWorker() {
        assertThat(
                        problems(
                                Examples.full()
                                        .replace("script: shop-auth-production", "script: shop-3")
                                        .replace("shop-auth-preview-{pr}", "shop-{pr}")
                                        .replace("auth-preview-{pr}.ex", "shop-preview-{pr}.ex")
                                        .replace("branch: production", "branch: preview/pr-9")))
                .containsExactly(
                        "slipway.yaml:11:22: workers[0].previewHostname also fits the previews of"
                                + " workers[1]",
                        "slipway.yaml:24:20: workers[1].previewScript fits \"shop-3\", which is"
                                + " production",
                        "slipway.yaml:25:22: workers[1].previewHostname also fits the previews of"
                                + " workers[0]",
                        "slipway.yaml:33:18: neon.previewBranch fits \"preview/pr-9\", which is"
                                + " production");
    }

    @Test
    void twoWorkersDoNotShareAName() {
        assertThat(problems(Examples.full().replace("name: auth", "name: web")))
                .containsExactly(
                        "slipway.yaml:21:11: workers[1].name \"web\" is that of workers[0], too");
    }

    @Test
    void aWorkflowThatUploadsIsNamedByItsFile() {
        var text = Examples.smallest() + "versions: {workflow: .github/workflows/build.yml}\n";
        assertThat(Examples.read(text).stack().versions())
                .isEqualTo(new Stack.Versions.Workflow("build.yml"));
        assertThat(problems(Examples.smallest() + "versions: build.yml\n")).hasSize(1);
        assertThat(problems(Examples.smallest() + "versions: {}\n")).hasSize(1);
    }

    @Test
    void aMissingFileIsASentence(@TempDir Path folder) throws Exception {
        var path = folder.resolve("slipway.yaml");
        var missing = catchThrowableOfType(InputException.class, () -> StackFile.read(path));
        assertThat(missing.problems()).singleElement().asString().contains("cannot be read");
        Files.writeString(path, Examples.smallest());
        assertThat(StackFile.read(path).stack().worker("web")).isPresent();
        assertThat(StackFile.read(path).stack().worker("auth")).isEmpty();
    }

    @Test
    void namesOfPreviewsAreRead() {
        var names = Examples.read(Examples.full()).stack().previewNames();

        var match = names.script("shop-auth-preview-12").orElseThrow();
        assertThat(match.worker().name()).isEqualTo("auth");
        assertThat(match.pullRequest()).isEqualTo(new PullRequestNumber(12));
        assertThat(names.hostname("auth-preview-12.example.com")).isPresent();
        assertThat(names.branch("preview/pr-12")).contains(new PullRequestNumber(12));
        assertThat(names.script("shop-web-production")).isEmpty();
        assertThat(names.branch("production")).isEmpty();
    }

    private static List<String> problems(String text) {
        return problems(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> problems(byte[] bytes) {
        var thrown =
                catchThrowableOfType(
                        InputException.class, () -> StackFile.read("slipway.yaml", bytes));
        assertThat(thrown).as("the file is refused").isNotNull();
        return thrown.problems();
    }
}
