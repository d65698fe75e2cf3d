package dev.slipway.migration.catalog;

import dev.slipway.migration.catalog.CatalogObject.Identity;
import dev.slipway.migration.catalog.CatalogObject.Kind;
import java.util.List;
import java.util.TreeMap;

/// A catalog as text that is the same for two databases of the same make: every OID is replaced by
/// the name of what it stands for, and what only holds OIDs is left out.
public final class CatalogLines {
    private final Catalog catalog;

    private CatalogLines(Catalog catalog) {
        this.catalog = catalog;
    }

    /// One line for each object, sorted.
    public static List<String> of(Catalog catalog) {
        var lines = new CatalogLines(catalog);
        return catalog.objects().map(lines::line).sorted().toList();
    }

    private String line(CatalogObject object) {
        var attributes = new TreeMap<String, String>();
        object.attributes()
                .forEach((name, value) -> {
                    if (!name.endsWith(".tree") && !name.equals("typeOid")) {
                        attributes.put(name, named(name, value));
                    }
                });
        var number = object.kind() == Kind.COLUMN ? " " + object.key().sub() : "";
        return catalog.title(object) + number + " " + attributes;
    }

    private String named(String attribute, String value) {
        return switch (attribute) {
            case "references" -> {
                int space = value.indexOf(' ');
                yield table(value.substring(0, space)) + value.substring(space);
            }
            case "ownedBy" -> {
                int dot = value.indexOf('.');
                yield table(value.substring(0, dot)) + value.substring(dot);
            }
            case "partitionOf", "inherits" -> table(value.split(" ")[0]);
            default -> value;
        };
    }

    private String table(String oid) {
        return catalog.find(new Identity(Kind.TABLE, Long.parseLong(oid), 0))
                .map(CatalogObject::name)
                .orElse("a table elsewhere");
    }
}
