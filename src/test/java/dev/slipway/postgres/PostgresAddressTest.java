package dev.slipway.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Secret;
import dev.slipway.domain.World;
import dev.slipway.postgres.PostgresFailure.During;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresAddressTest {
    @Test
    void aUriIsTakenApart() {
        var address =
                address(
                        "postgresql://ow%40ner:pa%3Ass+w%25@ep-a-pooler.eu.aws.neon.tech/my%20db"
                                + "?sslmode=require&channel_binding=require");
        assertThat(address.host()).isEqualTo("ep-a-pooler.eu.aws.neon.tech");
        assertThat(address.port()).isEqualTo(5432);
        assertThat(address.user()).isEqualTo("ow@ner");
        assertThat(address.password()).isEqualTo(Secret.of("pa:ss+w%"));
        assertThat(address.database()).isEqualTo("my db");
        assertThat(address.channelBinding()).isTrue();
        assertThat(address.pooled()).isTrue();
        assertThat(address.direct().host()).isEqualTo("ep-a.eu.aws.neon.tech");
        assertThat(address.direct().pooled()).isFalse();
        assertThat(address.toString()).doesNotContain("pa:ss", "pa%3A");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "http://a:canary@h/db",
                "postgresql://h/db",
                "postgresql://a:canary@h",
                "postgresql://a:canary@h/",
                "postgresql://a:can ary@h/db"
            })
    void whatIsNoUriIsRefusedWithoutShowingIt(String uri) {
        assertThatThrownBy(() -> address(uri))
                .isInstanceOf(FailureException.class)
                .hasMessageNotContaining("canary");
    }

    @Test
    void theLiveWorldDoesNotConnectToThisMachine() {
        var postgres = new JdbcPostgres(World.Transport.LIVE, World.Bounds.LIVE);
        assertThatThrownBy(() ->
                        postgres.open(
                                address("postgresql://a:b@127.0.0.1:9/db"),
                                Postgres.Session.reading("test")))
                .hasMessageContaining("127.0.0.1, which is not a public address");
    }

    @ParameterizedTest
    @CsvSource({
        "28P01, CONNECTING, Unauthorized",
        "3D000, CONNECTING, NotFound",
        "53300, CONNECTING, Busy",
        "57P03, CONNECTING, Busy",
        "08001, CONNECTING, Unreachable",
        "08006, READING, Unreachable",
        "08006, CHANGING, Unknown",
        "57P01, CHANGING, Unknown",
        "55P03, CHANGING, Busy",
        "57014, CHANGING, Refused",
        "42501, CHANGING, Unauthorized",
        "23505, CHANGING, Refused",
    })
    void aStateMeansOneFailure(String state, During during, String failure) {
        var e = new SQLException("ERROR: words\n of the server", state);
        assertThat(PostgresFailure.of(e, during).getClass().getSimpleName()).isEqualTo(failure);
        assertThat(PostgresFailure.message(e)).isEqualTo("words of the server");
        assertThat(PostgresFailure.of(e, during)).isInstanceOf(Failure.class);
    }

    private static PostgresAddress address(String uri) {
        return PostgresAddress.of(Secret.of(uri));
    }
}
