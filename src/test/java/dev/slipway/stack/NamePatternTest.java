package dev.slipway.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.domain.PullRequestNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {
    /// Names met in public repositories, with the pattern their repository uses. 0 = no pull request.
    @ParameterizedTest
    @CsvSource({
        "stripe-webhook-handler-preview-{pr}, stripe-webhook-handler-preview-123, 123",
        "auth-worker-preview-{pr}, auth-worker-preview-123, 123",
        "opencodeschool-pr-{pr}, opencodeschool-pr-123, 123",
        "executor-preview-pr-{pr}, executor-preview-pr-123, 123",
        "executor-preview-pr-{pr}, executor-e2e-1a2b3c4d, 0",
        "executor-preview-pr-{pr}, executor-e2e-emulators, 0",
        "codex-web-preview-{pr}, codex-web-production, 0",
        "codex-web-preview-{pr}, codex-web-staging, 0",
        "codex-web-preview-{pr}, codex-web-dev, 0",
        "frontend-pr-{pr}, frontend-pr-preview, 0",
        "frontend-pr-{pr}, frontend-pr-12x, 0",
        "frontend-pr-{pr}, my-frontend-pr-12, 0",
        "frontend-pr-{pr}, frontend-pr-012, 0",
        "frontend-pr-{pr}, frontend-pr-0, 0",
        "frontend-pr-{pr}, frontend-pr-, 0",
        "frontend-pr-{pr}, frontend-pr-99999999999, 0",
        "api-pr-{pr}, api-preview, 0",
        "pr-{pr}, pr-123, 123",
        "pr-{pr}, pr-123-e2e, 0",
        "pr-{pr}-e2e, pr-123-e2e, 123",
        "pr-{pr}, push-main-cb74f067, 0",
        "pr-{pr}, push-feat-pr-12-fix-cb74f067, 0",
        "pr-{pr}, preview-pr-123, 0",
        "preview-pr-{pr}, preview-pr-123, 123",
        "preview/pr-{pr}, preview/pr-123, 123",
        "preview/pr-{pr}, preview/pr-123-feat/login, 0",
        "preview/pr-{pr}-{branch}, preview/pr-123-feat/login, 123",
        "preview/pr-{pr}-{branch}, preview/pr-123-, 0",
        "preview/pr-{pr}-{branch}, preview/pr-123, 0",
        "preview/pr-{pr}-{branch}, preview/pr-feat-12-login, 0",
        "preview/pr-{pr}-{branch}, preview/staging, 0",
        "pr-{pr}, emergency-restore-1761900000, 0",
        "pr-{pr}, rollback-1761900000, 0",
        "codex-preview-{pr}.revelations.studio, codex-preview-123.revelations.studio, 123",
        "codex-preview-{pr}.revelations.studio, codex-preview-123xrevelations.studio, 0",
        "codex-preview-{pr}.revelations.studio, codex.revelations.studio, 0",
        "codex-preview-{pr}.revelations.studio, *.revelations.studio, 0",
    })
    void aNameBelongsToAPullRequestOnlyAsAWhole(String pattern, String name, int number) {
        assertThat(NamePattern.of(pattern).read(name).map(PullRequestNumber::value).orElse(0))
                .isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "web",
                "web-{pr}{pr}",
                "web-{pr}-{pr}",
                "web-{sha}-{pr}",
                "web2{pr}",
                "web-{pr}0",
                "{branch}{pr}",
                "web-{pr}{branch}",
                "web-{PR}",
                ""
            })
    void aPatternThatCannotBeReadBackIsRefused(String pattern) {
        assertThatThrownBy(() -> NamePattern.of(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + pattern + "\"");
    }

    @Test
    void aNameThatIsMadeIsReadBack() {
        var number = new PullRequestNumber(4711);
        var plain = NamePattern.of("web.\\Epr-{pr}-\\Qx");
        assertThat(plain.name(number)).isEqualTo("web.\\Epr-4711-\\Qx");
        assertThat(plain.read(plain.name(number))).contains(number);

        var branch = NamePattern.of("preview/pr-{pr}-{branch}");
        assertThat(branch.read(branch.name(number, "feat/pr-1"))).contains(number);
        assertThatThrownBy(() -> branch.name(number)).isInstanceOf(IllegalStateException.class);
    }
}
