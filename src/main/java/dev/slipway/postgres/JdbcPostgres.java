package dev.slipway.postgres;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.World;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/// Opens connections to Postgres as the world allows.
///
/// A session has the settings any other client of that role would have there: what the driver brings of
/// its own, the time zone of this machine first of all, is taken back, because the same migration does
/// other work under another time zone. See [SessionSettings].
public final class JdbcPostgres implements Postgres {
    private final World.Transport transport;
    private final World.Bounds bounds;

    /// Connections under `transport`, waiting no longer than `bounds` say.
    public JdbcPostgres(World.Transport transport, World.Bounds bounds) {
        this.transport = transport;
        this.bounds = bounds;
    }

    @Override
    public Connection open(PostgresAddress address, Session session) {
        allowed(address);
        try {
            var connection =
                    DriverManager.getConnection(url(address), properties(address, session));
            try {
                SessionSettings.apply(connection, session);
                return connection;
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw PostgresFailure.exception(e, PostgresFailure.During.CONNECTING);
        }
    }

    /// The URL holds what is not secret only: the driver writes it into messages.
    private static String url(PostgresAddress address) {
        return "jdbc:postgresql://"
                + address.host()
                + ":"
                + address.port()
                + "/"
                + URLEncoder.encode(address.database(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Properties properties(PostgresAddress address, Session session) {
        var properties = new Properties();
        properties.setProperty("user", address.user());
        properties.setProperty("password", address.password().reveal());
        properties.setProperty("ApplicationName", session.application());
        // The oldest one Neon has. Told so, the driver names itself while it connects and sends no
        // SET.
        properties.setProperty("assumeMinServerVersion", "14");
        properties.setProperty("sslmode", transport.postgresTls());
        if (!transport.postgresTls().equals("disable")) {
            // The trust store of the JDK; the driver's default looks for a file in the home folder.
            properties.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
            properties.setProperty(
                    "channelBinding", address.channelBinding() ? "require" : "prefer");
        }
        properties.setProperty("connectTimeout", seconds(bounds.connect()));
        properties.setProperty("loginTimeout", seconds(bounds.connect().plus(bounds.read())));
        properties.setProperty(
                "socketTimeout",
                session.statementTimeout().isZero()
                        ? "0"
                        : seconds(session.statementTimeout().plus(bounds.read())));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("logServerErrorDetail", "false");
        properties.setProperty("preferQueryMode", session.simple() ? "simple" : "extended");
        if (address.pooled()) {
            properties.setProperty("prepareThreshold", "0");
        }
        return properties;
    }

    private static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.toSeconds()));
    }

    private void allowed(PostgresAddress address) {
        if (transport.loopback()) {
            return;
        }
        try {
            for (var each : InetAddress.getAllByName(address.host())) {
                if (each.isLoopbackAddress()
                        || each.isAnyLocalAddress()
                        || each.isSiteLocalAddress()
                        || each.isLinkLocalAddress()) {
                    throw new FailureException(
                            new Failure.BadAnswer(
                                    Provider.POSTGRES,
                                    address.host()
                                            + " leads to "
                                            + each.getHostAddress()
                                            + ", which is not a public address"));
                }
            }
        } catch (UnknownHostException _) {
            throw new FailureException(
                    new Failure.Unreachable(
                            Provider.POSTGRES, "the name " + address.host() + " does not resolve"));
        }
    }
}
