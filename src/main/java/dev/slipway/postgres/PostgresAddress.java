package dev.slipway.postgres;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Where a database is and who enters it, taken apart so that the password never is part of a URL.
///
/// @param channelBinding whether the address demands `channel_binding=require`
public record PostgresAddress(
        String host,
        int port,
        String database,
        String user,
        Secret password,
        boolean channelBinding) {

    /// Takes a connection URI apart, `postgresql://user:password@host:port/database?…`.
    ///
    /// @throws FailureException as BadAnswer when it is not one; the message holds no part of it
    public static PostgresAddress of(Secret uri) {
        return parse(uri)
                .orElseThrow(() ->
                        new FailureException(
                                new Failure.BadAnswer(
                                        Provider.POSTGRES,
                                        "the connection URI is not of the form"
                                                + " postgresql://role:password@host/database")));
    }

    private static Optional<PostgresAddress> parse(Secret secret) {
        URI uri;
        try {
            uri = new URI(secret.reveal().strip());
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
        var scheme = uri.getScheme();
        var user = uri.getRawUserInfo();
        var path = uri.getRawPath();
        if (scheme == null
                || !(scheme.equals("postgres") || scheme.equals("postgresql"))
                || uri.getHost() == null
                || user == null
                || path == null
                || path.length() < 2) {
            return Optional.empty();
        }
        int colon = user.indexOf(':');
        var query = uri.getRawQuery();
        return Optional.of(
                new PostgresAddress(
                        uri.getHost(),
                        uri.getPort() < 0 ? 5432 : uri.getPort(),
                        decode(path.substring(1)),
                        decode(colon < 0 ? user : user.substring(0, colon)),
                        Secret.of(colon < 0 ? "" : decode(user.substring(colon + 1))),
                        query != null && query.contains("channel_binding=require")));
    }

    private static String decode(String text) {
        // In a URI a plus is a plus; only in forms it is a space.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /// Whether a pooler answers there, which breaks session locks and prepared statements. Neon marks
    /// it in the first label of the name.
    public boolean pooled() {
        return label().endsWith("-pooler");
    }

    /// The same database without the pooler.
    public PostgresAddress direct() {
        if (!pooled()) {
            return this;
        }
        var label = label();
        var direct = label.substring(0, label.length() - "-pooler".length());
        return new PostgresAddress(
                direct + host.substring(label.length()),
                port,
                database,
                user,
                password,
                channelBinding);
    }

    private String label() {
        int dot = host.indexOf('.');
        return dot < 0 ? host : host.substring(0, dot);
    }

    /// Without the password.
    @Override
    public String toString() {
        return user + "@" + host + ":" + port + "/" + database;
    }
}
