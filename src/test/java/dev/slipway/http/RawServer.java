package dev.slipway.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// A server on a real socket that counts every request it has read whole, and may then misbehave in
/// ways a well-made server cannot.
public final class RawServer implements AutoCloseable {
    private final ServerSocket socket;
    private final List<Received> received = new ArrayList<>();
    private final Function<Received, Reply> script;

    /// A request that was read whole, so that a real server would carry it out.
    public record Received(
            String method, String target, Map<String, String> headers, String body, int number) {}

    /// What comes back.
    public sealed interface Reply {
        /// A whole answer; the connection stays open.
        record Whole(int status, Map<String, String> headers, byte[] body) implements Reply {}

        /// The connection is closed without an answer.
        record Drop() implements Reply {}

        /// The connection is reset without an answer.
        record Reset() implements Reply {}

        /// The headers promise more than what comes.
        record Torn(int status, String body) implements Reply {}

        /// A whole answer, and the connection closed right after it without being announced.
        record ThenClose(int status, String body) implements Reply {}

        /// Nothing, until the client gives up.
        record Silence() implements Reply {}

        static Whole of(int status, String body, String... headers) {
            var map = new LinkedHashMap<String, String>();
            for (int i = 0; i < headers.length; i += 2) {
                map.put(headers[i], headers[i + 1]);
            }
            return new Whole(status, map, body.getBytes(StandardCharsets.UTF_8));
        }
    }

    public RawServer(Function<Received, Reply> script) {
        this.script = script;
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::accept);
    }

    /// A server that always answers the same.
    public static RawServer answering(int status, String body, String... headers) {
        var reply = Reply.of(status, body, headers);
        return new RawServer(_ -> reply);
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    public synchronized int count() {
        return received.size();
    }

    public synchronized List<Received> received() {
        return List.copyOf(received);
    }

    private void accept() {
        while (true) {
            try {
                var connection = socket.accept();
                Thread.startVirtualThread(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var in = connection.getInputStream();
            while (true) {
                var request = read(in);
                if (request == null || !answer(connection, script.apply(request))) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client went away, which is what some tests are about.
        }
    }

    private Received read(InputStream in) throws IOException {
        var first = line(in);
        if (first == null) {
            return null;
        }
        var headers = new LinkedHashMap<String, String>();
        for (var line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            var colon = line.indexOf(':');
            if (colon < 0) {
                // Not HTTP: a TLS greeting, for one.
                return null;
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        var body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        var words = first.split(" ");
        synchronized (this) {
            var request = new Received(words[0], words[1], headers, body, received.size() + 1);
            received.add(request);
            return request;
        }
    }

    /// Whether the connection stays open.
    private static boolean answer(Socket connection, Reply reply) throws IOException {
        switch (reply) {
            case Reply.Whole(var status, var headers, var body) -> {
                write(connection, status, headers, body.length, body);
                return true;
            }
            case Reply.Drop _ -> {
                return false;
            }
            case Reply.Reset _ -> {
                connection.setSoLinger(true, 0);
                return false;
            }
            case Reply.Torn(var status, var body) -> {
                var bytes = body.getBytes(StandardCharsets.UTF_8);
                write(connection, status, Map.of(), bytes.length + 10, bytes);
                return false;
            }
            case Reply.ThenClose(var status, var body) -> {
                var bytes = body.getBytes(StandardCharsets.UTF_8);
                write(connection, status, Map.of(), bytes.length, bytes);
                return false;
            }
            case Reply.Silence _ -> {
                // Returns when the client closes the connection.
                connection.getInputStream().read();
                return false;
            }
        }
    }

    private static void write(
            Socket connection, int status, Map<String, String> headers, int length, byte[] body)
            throws IOException {
        var out = new ByteArrayOutputStream();
        var head = new StringBuilder("HTTP/1.1 " + status + " x\r\n");
        headers.forEach((n, v) -> head.append(n).append(": ").append(v).append("\r\n"));
        if (status != 204 && status != 304) {
            head.append("Content-Length: ").append(length).append("\r\n");
        }
        out.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        if (status != 204 && status != 304) {
            out.writeBytes(body);
        }
        connection.getOutputStream().write(out.toByteArray());
        connection.getOutputStream().flush();
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c; (c = in.read()) >= 0; ) {
            if (c == '\n') {
                return line.toString().stripTrailing();
            }
            line.append((char) c);
        }
        return line.isEmpty() ? null : line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
