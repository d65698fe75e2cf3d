package dev.slipway.http;

import dev.slipway.domain.Failure;
import dev.slipway.domain.Provider;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/// Carries one request over the network and reads the answer to its end.
final class Exchange {
    /// The longest answer that is read; a tree of 100,000 files has 20 MiB.
    private static final int LONGEST = 64 << 20;

    private final OkHttpClient client;
    private final InstantSource clock;

    Exchange(OkHttpClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /// An answer began and did not end; the request was carried out or not, as its status says.
    static final class Torn extends IOException {
        private static final long serialVersionUID = 1L;
        private final int status;

        Torn(int status, IOException cause) {
            super("the answer stopped in the middle", cause);
            this.status = status;
        }

        OptionalInt status() {
            return OptionalInt.of(status);
        }
    }

    Answer run(Request request) throws IOException {
        try (var response = client.newCall(request).execute()) {
            return new Answer(
                    response.code(), headers(response), body(response), false, clock.instant());
        }
    }

    private static byte[] body(Response response) throws IOException {
        try {
            var source = response.body().source();
            if (source.request(LONGEST + 1L)) {
                throw new IOException("the answer is longer than " + (LONGEST >> 20) + " MiB");
            }
            return source.readByteArray();
        } catch (IOException e) {
            throw new Torn(response.code(), e);
        }
    }

    private static Map<String, String> headers(Response response) {
        var result = new LinkedHashMap<String, String>();
        for (var header : response.headers()) {
            result.put(header.getFirst().toLowerCase(Locale.ROOT), header.getSecond());
        }
        return result;
    }

    /// What it means for a reading that no whole answer came.
    static Failure failure(Provider provider, IOException e, Duration deadline) {
        var detail = sentence(e, deadline);
        return e instanceof Torn
                ? new Failure.BadAnswer(provider, detail)
                : new Failure.Unreachable(provider, detail);
    }

    /// What went wrong, in words without addresses or values.
    static String sentence(IOException e, Duration deadline) {
        return switch (e) {
            case Torn torn -> String.valueOf(torn.getMessage());
            case java.net.UnknownHostException _ -> "its name does not resolve";
            case java.net.ConnectException _ -> "it refuses connections";
            case java.io.InterruptedIOException _ when Thread.currentThread().isInterrupted() ->
                    "the call was cancelled";
            case java.io.InterruptedIOException _ -> "no answer within " + seconds(deadline) + " s";
            case javax.net.ssl.SSLException _ ->
                    "no trusted TLS connection: " + e.getClass().getSimpleName();
            default -> "the connection broke";
        };
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1_000 == 0
                ? String.valueOf(duration.toSeconds())
                : String.valueOf(duration.toMillis() / 1_000.0);
    }
}
