package dev.slipway.release.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cloudflare.NewScript;
import dev.slipway.cloudflare.Version;
import dev.slipway.cloudflare.VersionDetail;
import dev.slipway.cloudflare.VersionDetail.Binding;
import dev.slipway.domain.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a throw-away script is bound to: the branch, and nothing of production.
class CarriedTest {
    private static final Secret BRANCH = Secret.of("postgresql://branch");
    private static final Binding DATABASE =
            new Binding("DATABASE_URL", "secret_text", Optional.empty(), Optional.empty());

    private static VersionDetail version(Binding... more) {
        return new VersionDetail(
                new Version(
                        "id",
                        1,
                        Instant.EPOCH,
                        Optional.empty(),
                        "wrangler",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                Stream.concat(Stream.of(DATABASE), Stream.of(more)).toList(),
                Optional.empty(),
                List.of(),
                Map.of(),
                Optional.empty());
    }

    @Test
    void theDatabaseIsTheBranchAndPlainVariablesGoAlong() throws Exception {
        var carried =
                Carried.bindings(
                        version(
                                new Binding(
                                        "MODE",
                                        "plain_text",
                                        Optional.of("blue"),
                                        Optional.empty()),
                                new Binding(
                                        "VERSION",
                                        "version_metadata",
                                        Optional.empty(),
                                        Optional.empty())),
                        BRANCH);

        assertThat(carried)
                .containsExactly(
                        new NewScript.Binding.SecretText("DATABASE_URL", BRANCH),
                        new NewScript.Binding.Text("MODE", "blue"),
                        new NewScript.Binding.VersionMetadata("VERSION"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kv_namespace",
                "r2_bucket",
                "d1",
                "queue",
                "durable_object_namespace",
                "service",
                "hyperdrive",
                "assets",
                "send_email",
                "workflow",
                "secrets_store_secret",
                "dispatch_namespace",
                "analytics_engine",
                "json",
                "invented_tomorrow"
            })
    void whateverElseItIsBoundToBlocksTheTrial(String type) {
        assertThatThrownBy(() ->
                        Carried.bindings(
                                version(
                                        new Binding(
                                                "THING", type, Optional.empty(), Optional.empty())),
                                BRANCH))
                .isInstanceOf(Carried.NotTried.class)
                .hasMessageContaining("THING (" + type + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret_text", "secret_key"})
    void aSecretCannotBeReadBack(String type) {
        assertThatThrownBy(() ->
                        Carried.bindings(
                                version(
                                        new Binding(
                                                "KEY", type, Optional.empty(), Optional.empty())),
                                BRANCH))
                .isInstanceOf(Carried.NotTried.class)
                .hasMessageContaining("KEY");
    }

    @Test
    void aVariableThatLeadsToADatabaseBlocksTheTrial() {
        assertThatThrownBy(() ->
                        Carried.bindings(
                                version(
                                        new Binding(
                                                "REPLICA",
                                                "plain_text",
                                                Optional.of("postgres://u:p@h/db"),
                                                Optional.empty())),
                                BRANCH))
                .isInstanceOf(Carried.NotTried.class)
                .hasMessageContaining("REPLICA")
                .hasMessageNotContaining("u:p");
    }
}
