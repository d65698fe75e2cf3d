package dev.slipway.sandbox.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.domain.InputException;
import org.junit.jupiter.api.Test;

class FreePortTest {
    @Test
    void withoutAFreePortItIsSaidWhereAndThatNothingWasStarted() throws Exception {
        try (var taken = FreePort.listen()) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> FreePort.listen(port, port + 1))
                    .isInstanceOf(InputException.class)
                    .hasMessage(
                            "No free port between %d and %d on 127.0.0.1 for the sandbox. Nothing was"
                                            .formatted(port, port)
                                    + " started; end what listens there, then start it again.");
        }
    }

    @Test
    void aPortIsFoundWhereOneIsFree() throws Exception {
        int port = FreePort.find();

        try (var socket = FreePort.listen(port, port + 1)) {
            assertThat(socket.getLocalPort()).isEqualTo(port);
        }
    }
}
