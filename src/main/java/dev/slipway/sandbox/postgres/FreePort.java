package dev.slipway.sandbox.postgres;

import dev.slipway.domain.InputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// Loopback ports below the range from which systems take the ports of outgoing connections, so
/// that a server that restarts finds its port free.
final class FreePort {
    private static final int LOWEST = 10_000;
    private static final int BEYOND = 32_768;

    private FreePort() {}

    /// A port nobody listens on right now.
    static int find() {
        try (var socket = listen()) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// Listens on a free port.
    ///
    /// @throws InputException when there is none
    static ServerSocket listen() {
        return listen(LOWEST, BEYOND);
    }

    /// Listens on a free port from `lowest` to the one before `beyond`.
    ///
    /// @throws InputException when there is none
    static ServerSocket listen(int lowest, int beyond) {
        for (int i = 0; i < 500; i++) {
            try {
                return listen(ThreadLocalRandom.current().nextInt(lowest, beyond));
            } catch (IOException e) {
                // Taken; the next one may not be.
            }
        }
        throw new InputException(
                "No free port between "
                        + lowest
                        + " and "
                        + (beyond - 1)
                        + " on 127.0.0.1 for the sandbox. Nothing was started; end what listens"
                        + " there, then start it again.");
    }

    /// Listens on this port.
    static ServerSocket listen(int port) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
