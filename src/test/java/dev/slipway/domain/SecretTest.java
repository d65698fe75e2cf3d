package dev.slipway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {
    @Test
    void aSecretPrintsAsDotsWhereverItIsPrinted() {
        var secret = Secret.of("ghp_canary");

        assertThat("token " + secret).doesNotContain("canary");
        assertThat(new Observed<>(secret, java.time.Instant.EPOCH).toString())
                .doesNotContain("canary");
        assertThat(secret.reveal()).isEqualTo("ghp_canary");
    }
}
