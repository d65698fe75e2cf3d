package dev.slipway.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/// Stands between a client and a server on loopback and damages what passes: bytes, not answers. A
/// connection carries one request.
final class WireProxy implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)\\r?$");
    private static final Pattern CHUNKED =
            Pattern.compile("(?im)^transfer-encoding: *chunked\\r?$");
    private static final Pattern KEEPING = Pattern.compile("(?im)^connection:.*\\r\\n");
    private static final int PIECES = 8;
    private static final Duration BETWEEN = Duration.ofMillis(40);

    private final ServerSocket socket;
    private final URI server;
    private final BiFunction<String, String, Damage> fate;

    /// What happens to a request.
    enum Damage {
        /// Nothing.
        NONE,
        /// The connection is reset before the server has heard of it.
        LOST,
        /// The server has carried it out, and the connection is reset instead of an answer.
        RESET,
        /// The server has carried it out, and nothing comes until the client gives up.
        STALL,
        /// The answer stops in the middle.
        TRUNCATED,
        /// The server gets it twice.
        DUPLICATE,
        /// The answer comes piece by piece.
        SLOW
    }

    /// @param fate decides by method and path
    WireProxy(URI server, BiFunction<String, String, Damage> fate) {
        this.server = server;
        this.fate = fate;
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::accept);
    }

    /// The server's address, by way of this.
    String address() {
        return server.toString().replace(":" + server.getPort(), ":" + socket.getLocalPort());
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var client = socket.accept();
                Thread.startVirtualThread(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            var request = request(client.getInputStream());
            if (request.length == 0) {
                return;
            }
            var line = new String(request, StandardCharsets.ISO_8859_1).split(" ", 3);
            pass(fate.apply(line[0].toUpperCase(Locale.ROOT), line[1]), client, request);
        } catch (IOException e) {
            // One of the two has gone, which is what this is for.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(Damage damage, Socket client, byte[] request)
            throws IOException, InterruptedException {
        var out = client.getOutputStream();
        switch (damage) {
            case NONE -> out.write(answer(request));
            case LOST -> client.setSoLinger(true, 0);
            case RESET -> {
                answer(request);
                client.setSoLinger(true, 0);
            }
            case STALL -> {
                answer(request);
                client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            }
            case TRUNCATED -> {
                var answer = answer(request);
                out.write(answer, 0, answer.length * 3 / 4);
            }
            case DUPLICATE -> {
                var answer = answer(request);
                answer(request);
                out.write(answer);
            }
            case SLOW -> {
                var answer = answer(request);
                for (int i = 0; i < PIECES; i++) {
                    int from = answer.length * i / PIECES;
                    out.write(answer, from, answer.length * (i + 1) / PIECES - from);
                    out.flush();
                    Thread.sleep(BETWEEN);
                }
            }
        }
    }

    /// Carries a request to the server and returns its whole answer.
    private byte[] answer(byte[] request) throws IOException {
        try (var upstream = new Socket(server.getHost(), server.getPort())) {
            upstream.getOutputStream().write(request);
            return upstream.getInputStream().readAllBytes();
        }
    }

    /// Reads one request whole, and lets it ask for the connection to be closed after the answer.
    private static byte[] request(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        for (int end = 0; end < 4; ) {
            int next = in.read();
            if (next < 0) {
                return new byte[0];
            }
            head.write(next);
            end = next == '\r' || next == '\n' ? end + 1 : 0;
        }
        var text = head.toString(StandardCharsets.ISO_8859_1);
        var closing =
                KEEPING.matcher(text)
                        .replaceAll("")
                        .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
        var whole = new ByteArrayOutputStream();
        whole.write(closing.getBytes(StandardCharsets.ISO_8859_1));
        var length = LENGTH.matcher(text);
        if (length.find()) {
            whole.write(in.readNBytes(Integer.parseInt(length.group(1))));
        } else if (CHUNKED.matcher(text).find()) {
            chunks(in, whole);
        }
        return whole.toByteArray();
    }

    private static void chunks(InputStream in, ByteArrayOutputStream whole) throws IOException {
        int size;
        do {
            var line = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                line.write(next);
                if (next == '\n') {
                    break;
                }
            }
            whole.write(line.toByteArray());
            size = Integer.parseInt(line.toString(StandardCharsets.ISO_8859_1).strip(), 16);
            whole.write(in.readNBytes(size + 2));
        } while (size > 0);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
