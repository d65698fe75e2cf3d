package dev.slipway.http;

import dev.slipway.domain.World;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import okhttp3.CookieJar;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/// Asks deployed Workers over HTTP, as a visitor would: no token, no cookie, no redirect followed,
/// nothing remembered.
///
/// In a world with an edge address the connection goes there, and the Worker sees the real hostname
/// as host and server name all the same.
public final class EdgeClient {
    /// The longest part of a body that is read.
    public static final int LONGEST_BODY = 64 << 10;

    private final OkHttpClient client;
    private final Optional<URI> edge;
    private final InstantSource clock;

    /// A client for the Workers of `world`.
    public EdgeClient(World world, InstantSource clock) {
        this.edge = world.edge();
        this.clock = clock;
        this.client =
                new OkHttpClient.Builder()
                        .connectTimeout(world.bounds().connect())
                        .readTimeout(world.bounds().read())
                        .callTimeout(world.bounds().read())
                        .followRedirects(false)
                        .followSslRedirects(false)
                        .cookieJar(CookieJar.NO_COOKIES)
                        .dns(dns(world))
                        .build();
    }

    private static Dns dns(World world) {
        var allowed = Clients.allowedBy(world.transport());
        return world.edge().<Dns>map(edge -> _ -> allowed.lookup(edge.getHost())).orElse(allowed);
    }

    /// What a request to a Worker brought.
    public sealed interface Probe {
        /// When it was sent.
        Instant at();

        /// From sending to the end of the answer, or to the end of waiting.
        Duration took();

        /// It answered.
        ///
        /// @param headers names in lower case, the last value of each
        /// @param body at most [#LONGEST_BODY] bytes
        /// @param cut whether the body was longer
        record Answered(
                Instant at,
                Duration took,
                int status,
                Map<String, String> headers,
                byte[] body,
                boolean cut)
                implements Probe {
            public Answered {
                headers = Map.copyOf(headers);
            }

            /// The body as JSON, empty when it is none.
            public Optional<Json> json() {
                try {
                    return cut ? Optional.empty() : Optional.of(Json.parse(body));
                } catch (Json.Unreadable e) {
                    return Optional.empty();
                }
            }

            /// Whether a cache between here and the Worker gave the answer.
            public boolean fromCache() {
                return headers.containsKey("age")
                        || headers.getOrDefault("cf-cache-status", "").equals("HIT");
            }
        }

        /// It did not answer.
        record Silent(Instant at, Duration took, Reason reason) implements Probe {}
    }

    /// Why there is no answer.
    public enum Reason {
        /// The name does not resolve, or only to addresses the world does not allow.
        NAME,
        REFUSED,
        /// No trusted TLS connection.
        TLS,
        TIMEOUT,
        /// The connection broke in the middle.
        BROKEN
    }

    /// Sends one GET request.
    ///
    /// @param host the Worker's hostname
    /// @param path begins with `/`, may have a query
    /// @param headers for example `Cloudflare-Workers-Version-Overrides`
    public Probe get(String host, String path, Map<String, String> headers) {
        // The library connects to an address without asking the resolver that checks it, and no
        // Worker has one for a name.
        if (Addresses.literal(host).isPresent()) {
            return new Probe.Silent(clock.instant(), Duration.ZERO, Reason.NAME);
        }
        var request = new Request.Builder().url(address(host, path)).header("Host", host);
        request.header("User-Agent", "slipway").header("Cache-Control", "no-cache");
        headers.forEach(request::header);
        var at = clock.instant();
        long start = System.nanoTime();
        try (var response = client.newCall(request.build()).execute()) {
            var source = response.body().source();
            boolean cut = source.request(LONGEST_BODY + 1L);
            var body = cut ? source.readByteArray(LONGEST_BODY) : source.readByteArray();
            return new Probe.Answered(
                    at, since(start), response.code(), headers(response), body, cut);
        } catch (IOException e) {
            return new Probe.Silent(at, since(start), reason(e));
        }
    }

    /// The scheme and port are the edge's, the name is the Worker's: it decides SNI.
    private HttpUrl address(String host, String path) {
        var base = edge.orElse(URI.create("https://edge"));
        var text =
                base.getScheme()
                        + "://"
                        + host
                        + (base.getPort() < 0 ? "" : ":" + base.getPort())
                        + path;
        return HttpUrl.get(text);
    }

    private static Reason reason(IOException e) {
        return switch (e) {
            case UnknownHostException _ -> Reason.NAME;
            case InterruptedIOException _ -> Reason.TIMEOUT;
            case SSLException _ -> Reason.TLS;
            case ConnectException _ -> Reason.REFUSED;
            default -> Reason.BROKEN;
        };
    }

    private static Map<String, String> headers(Response response) {
        var result = new LinkedHashMap<String, String>();
        for (var header : response.headers()) {
            result.put(header.getFirst().toLowerCase(Locale.ROOT), header.getSecond());
        }
        return result;
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
