package dev.slipway.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerBehaviourTest {
    @Test
    void anEmptyModuleIsAPlainWorker() {
        assertThat(WorkerBehaviour.parse("{}")).isEqualTo(WorkerBehaviour.PLAIN);
    }

    @Test
    void everyKeyIsRead() {
        var behaviour =
                WorkerBehaviour.parse(
                        """
                        { "statements": ["select 1"], "commit": true, "latencyMs": 12,
                          "errorRate": 0.25, "stands": 50, "throws": "TypeError", "tag": "v2",
                          "health": { "path": "/up", "statements": ["select 2"],
                                      "failing": "full", "echo": false } }
                        """);

        assertThat(behaviour.statements()).containsExactly("select 1");
        assertThat(behaviour.commit()).isTrue();
        assertThat(behaviour.latencyMs()).isEqualTo(12);
        assertThat(behaviour.errorRate()).isEqualTo(0.25);
        assertThat(behaviour.stands()).hasValue(50);
        assertThat(behaviour.thrown()).contains("TypeError");
        assertThat(behaviour.tag()).contains("v2");
        assertThat(behaviour.healthStatements()).containsExactly("select 2");
        assertThat(behaviour.health().path()).isEqualTo("/up");
        assertThat(behaviour.health().failing()).contains("full");
        assertThat(behaviour.health().echo()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "[]|must be an object",
                "{|is not JSON",
                "{\"statement\":[]}|unknown key statement",
                "{\"health\":{\"paths\":1}}|unknown key health.paths",
                "{\"statements\":\"select 1\"}|statements must be",
                "{\"health\":{\"statements\":[1]}}|health.statements must be",
                "{\"latencyMs\":-1}|latencyMs must be a number from 0 to 60000",
                "{\"errorRate\":1.5}|errorRate must be a number from 0 to 1",
                "{\"stands\":-1}|stands must be a number from 0 to 1000000",
                "{\"commit\":\"yes\"}|commit must be true or false",
                "{\"tag\":7}|tag must be a text",
                "{\"health\":{\"path\":\"up\"}}|health.path must begin with a slash"
            })
    void everyMistakeIsNamed(String json, String what) {
        assertThatThrownBy(() -> WorkerBehaviour.parse(json))
                .isInstanceOf(CloudflareRefusal.class)
                .hasMessageContaining("sandbox-worker.json")
                .hasMessageContaining(what);
    }
}
