package dev.slipway.http;

import dev.slipway.domain.World;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Authenticator;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.Dns;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okio.BufferedSink;

/// The two HTTP clients of a world and what makes one of them send everything exactly once.
final class Clients {
    static final MediaType JSON = MediaType.get("application/json");

    private Clients() {}

    /// For reading: may open a new connection by itself when an idle one turns out closed.
    static OkHttpClient reading(World world) {
        return base(world, world.bounds().read()).retryOnConnectionFailure(true).build();
    }

    /// For changes. By default the library sends a request again after a dropped connection, a 503
    /// that says "Retry-After: 0", a 408 and a redirect; here it sends once or fails.
    ///
    /// @param beforeBytes sees every request when a connection is open and nothing is written
    static OkHttpClient changing(World world, Interceptor beforeBytes) {
        return base(world, world.bounds().mutation())
                .retryOnConnectionFailure(false)
                // No idle connections: one that the provider has just closed would take the request
                // and leave its outcome unknown. A new connection costs two round trips.
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .addNetworkInterceptor(beforeBytes)
                .build();
    }

    private static OkHttpClient.Builder base(World world, Duration deadline) {
        return new OkHttpClient.Builder()
                .connectTimeout(world.bounds().connect())
                .readTimeout(deadline)
                .writeTimeout(deadline)
                .callTimeout(deadline)
                .followRedirects(false)
                .followSslRedirects(false)
                .authenticator(Authenticator.NONE)
                .cookieJar(CookieJar.NO_COOKIES)
                .dns(allowedBy(world.transport()));
    }

    /// The system's resolver, without the addresses the world does not allow.
    static Dns allowedBy(World.Transport policy) {
        return name -> {
            List<InetAddress> allowed =
                    Dns.SYSTEM.lookup(name).stream()
                            .filter(a -> Addresses.allowed(policy, a))
                            .toList();
            if (allowed.isEmpty()) {
                throw new UnknownHostException("only private addresses");
            }
            return allowed;
        };
    }

    /// A body that may be written once, so that the library cannot send it a second time. Used for
    /// empty bodies, too.
    static final class OnceOnly extends RequestBody {
        private final byte[] bytes;
        private final MediaType type;

        OnceOnly(byte[] bytes, String type) {
            this.bytes = bytes;
            this.type = MediaType.get(type);
        }

        @Override
        public MediaType contentType() {
            return type;
        }

        @Override
        public long contentLength() {
            return bytes.length;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.write(bytes);
        }
    }
}
