package dev.slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.domain.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private static final String CANARY = "p4ss+w/rd \"quoted\" ü";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer CANARY1234",
                "authorization=token CANARY1234",
                "{\"Authorization\":\"Basic CANARY1234\"}",
                "Cookie: zenith=CANARY1234; keycloak_token=CANARY1234",
                "Set-Cookie: a=CANARY1234",
                "X-Auth-Key: CANARY1234",
                "sent Bearer CANARY1234 to it",
                "ghp_CANARY1234CANARY1234CANARY1234CANARY",
                "gho_CANARY1234 ghs_CANARY1234 ghu_CANARY1234 ghr_CANARY1234",
                "github_pat_11AAAA_CANARY1234CANARY",
                "napi_CANARY1234canary",
                "npg_CANARY1234canary",
                "postgresql://owner:CANARY1234@ep-x.eu.aws.neon.tech/db?sslmode=require",
                "postgresql://owner:CANARY%401234@ep-x/db",
                "https://CANARY:CANARY1234@host/ then more",
                "{\"password\": \"CANARY\\\"1234\"}",
                "{\"token\":\"CANARY1234\"}",
                "psql password=CANARY1234 host=x",
                "?access_token=CANARY1234&x=1",
                "eyJCANARY1234.eyJCANARY.CANARY1234"
            })
    void whatLooksLikeASecretIsMasked(String text) {
        assertThat(new Redaction().mask(text)).doesNotContain("CANARY1234").contains("•••");
    }

    /// A file on its way to GitHub is one long run of letters; trying each of them would take hours.
    @Test
    @Timeout(120)
    void aLongRunOfLettersIsMaskedInOnePass() {
        var file = "aB3+".repeat(1 << 20);

        assertThat(new Redaction().mask(file + " https://a:CANARY1234@host/"))
                .doesNotContain("CANARY1234")
                .startsWith("aB3+aB3+");
    }

    @Test
    void aKnownSecretIsMaskedInEveryForm() {
        var redaction = new Redaction(List.of(Secret.of(CANARY)));
        var bytes = CANARY.getBytes(StandardCharsets.UTF_8);
        for (var form :
                List.of(
                        CANARY,
                        URLEncoder.encode(CANARY, StandardCharsets.UTF_8),
                        URLEncoder.encode(CANARY, StandardCharsets.UTF_8).replace("+", "%20"),
                        Base64.getEncoder().encodeToString(bytes),
                        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
                        CANARY.replace("\"", "\\\""))) {
            assertThat(redaction.mask("a " + form + " z")).startsWith("a •••").doesNotContain(form);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the token permissions are listed below",
                "GitHub refused: Pull Request is not mergeable",
                "https://github.com/acme/shop/pull/482",
                "postgresql://ep-x.eu.aws.neon.tech:5432/db",
                "2c82c231aa0f1e7f3a2b4c5d6e7f8091a2b3c4d5",
                "migration 0043_add_token_column applied"
            })
    void ordinaryTextIsLeftAlone(String text) {
        assertThat(new Redaction(List.of(Secret.of("x"))).mask(text)).isEqualTo(text);
    }
}
