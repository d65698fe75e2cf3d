package dev.slipway.migration.catalog;

import dev.slipway.migration.LedgerTable;
import dev.slipway.migration.catalog.CatalogObject.Identity;
import dev.slipway.migration.catalog.CatalogObject.Kind;
import dev.slipway.postgres.Fence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// Reads the catalog of a database in one query. In a transaction it sees what the transaction has
/// done so far.
public final class CatalogReader {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SQL = resource();

    private CatalogReader() {}

    /// The catalog as `connection` sees it, without the schemas of Slipway and of `ledger`.
    ///
    /// @throws SQLException as the server said
    public static Catalog read(Connection connection, LedgerTable ledger) throws SQLException {
        try (var statement = connection.prepareStatement(SQL)) {
            // A ledger in the application's own schema is an object of it like others.
            var foreign =
                    ledger.schema().equals("public")
                            ? new String[] {Fence.SCHEMA}
                            : new String[] {Fence.SCHEMA, ledger.schema()};
            statement.setArray(1, connection.createArrayOf("text", foreign));
            try (var rows = statement.executeQuery()) {
                var objects = new ArrayList<CatalogObject>();
                while (rows.next()) {
                    objects.add(object(rows));
                }
                return new Catalog(objects);
            }
        }
    }

    private static CatalogObject object(ResultSet rows) throws SQLException {
        var parentKind = rows.getString("parent_kind");
        return new CatalogObject(
                new Identity(
                        Kind.valueOf(rows.getString("kind")),
                        rows.getLong("oid"),
                        rows.getInt("sub")),
                parentKind == null
                        ? Optional.empty()
                        : Optional.of(
                                new Identity(Kind.valueOf(parentKind), rows.getLong("parent"), 0)),
                rows.getString("name"),
                attributes(rows.getString("attributes")));
    }

    private static Map<String, String> attributes(String json) {
        var attributes = new HashMap<String, String>();
        JSON.readTree(json)
                .properties()
                .forEach(entry -> {
                    if (!entry.getValue().isNull()) {
                        attributes.put(entry.getKey(), entry.getValue().asString());
                    }
                });
        return attributes;
    }

    private static String resource() {
        try (var in = CatalogReader.class.getResourceAsStream("catalog.sql")) {
            if (in == null) {
                throw new IllegalStateException("catalog.sql is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
