package dev.slipway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.Secret;
import dev.slipway.domain.World;
import dev.slipway.postgres.JdbcPostgres;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that cannot prove who it is hears nothing of us, tokens and passwords least of all.
class TlsTest {
    private static final World.Transport SECURE = new World.Transport(false, true, "verify-full");
    private static final char[] WORD = "changeit".toCharArray();

    /// A context with a certificate that nobody has signed.
    private static SSLContext unknown(Path folder) throws Exception {
        var file = folder.resolve("keys.p12");
        var made =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                                "-genkeypair",
                                "-alias",
                                "x",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "SAN=dns:localhost,ip:127.0.0.1",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                file.toString(),
                                "-storepass",
                                new String(WORD))
                        .redirectErrorStream(true)
                        .start();
        var said = new String(made.getInputStream().readAllBytes());
        assertThat(made.waitFor()).as(said).isZero();
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            keys.load(in, WORD);
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, WORD);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void aCertificateNobodySignedEndsTheCallBeforeItIsSent(@TempDir Path folder) throws Exception {
        var server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var heard = new AtomicInteger();
        server.setHttpsConfigurator(new HttpsConfigurator(unknown(folder)));
        server.createContext(
                "/",
                exchange -> {
                    heard.incrementAndGet();
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        server.start();
        try {
            var address = URI.create("https://localhost:" + server.getAddress().getPort());
            var transport = new Transport(secure(address), InstantSource.system());

            var reading = failure(() -> transport.read(Call.get(Provider.GITHUB, "/user"), a -> a));
            var changing =
                    failure(() ->
                            Wire.during(
                                    Wire.Listener.NONE,
                                    () ->
                                            transport.change(
                                                    Call.of(Provider.GITHUB, "POST", "/x"),
                                                    a -> a)));

            assertThat(reading.outcome()).isEqualTo(Failure.Outcome.NOT_APPLIED);
            assertThat(changing.outcome()).isEqualTo(Failure.Outcome.NOT_APPLIED);
            assertThat(changing.sentence()).contains("GitHub");
            assertThat(heard).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    private static World secure(URI address) {
        return Worlds.with(
                address,
                address,
                address,
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                Worlds.QUICK,
                SECURE);
    }

    private static Failure failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(FailureException.class, call).failure();
    }

    @Test
    void aDatabaseThatSpeaksNoTlsIsNotEntered() throws Exception {
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var rest = new AtomicReference<>("");
            var served =
                    Thread.startVirtualThread(() -> {
                        try (var client = server.accept()) {
                            // The question whether it speaks TLS, and the answer no.
                            client.getInputStream().readNBytes(8);
                            client.getOutputStream().write('N');
                            rest.set(new String(client.getInputStream().readAllBytes()));
                        } catch (IOException e) {
                            rest.set("");
                        }
                    });
            var address =
                    PostgresAddress.of(
                            Secret.of(
                                    "postgresql://owner:canaryCanary@127.0.0.1:"
                                            + server.getLocalPort()
                                            + "/shop"));

            var failure =
                    failure(() ->
                            new JdbcPostgres(SECURE, Worlds.QUICK)
                                    .open(address, Postgres.Session.reading("slipway")));

            served.join();
            assertThat(rest).hasValue("");
            assertThat(failure.sentence()).doesNotContain("canaryCanary");
        }
    }
}
