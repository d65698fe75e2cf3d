package dev.slipway.migration.catalog;

import static dev.slipway.migration.catalog.ChangeClass.BEHAVIOUR;
import static dev.slipway.migration.catalog.ChangeClass.BREAKS;
import static dev.slipway.migration.catalog.ChangeClass.EXPAND;
import static dev.slipway.migration.catalog.ChangeClass.PERFORMANCE;

import java.util.List;

/// What it means that an object is gone.
record Removal(Catalog before, Catalog after) {
    List<Finding> of(CatalogObject object) {
        var title = before.title(object);
        return switch (object.kind()) {
            case TABLE, MATERIALIZED_VIEW ->
                    one(BREAKS, title, "is dropped with its rows; every statement on it fails");
            case COLUMN ->
                    one(
                            BREAKS,
                            title,
                            "is dropped with its values; Drizzle names every column of a table in"
                                    + " SELECT and INSERT, also those the code does not use");
            case VIEW, FUNCTION, SEQUENCE, SCHEMA, TYPE, COMPOSITE ->
                    one(BREAKS, title, "is dropped; statements that use it fail");
            case EXTENSION -> one(BREAKS, title, "is dropped with all it brought");
            case LABEL ->
                    one(BREAKS, title, "is removed; statements that write or compare it fail");
            case INDEX ->
                    object.is("unique")
                            ? one(
                                    BREAKS,
                                    title,
                                    "is dropped; ON CONFLICT that relied on it fails, and duplicates"
                                            + " are let in")
                            : one(
                                    PERFORMANCE,
                                    title,
                                    "is dropped; statements that used it read more");
            case CONSTRAINT -> constraint(object, title);
            case TRIGGER -> one(BEHAVIOUR, title, "is dropped; what it did is no longer done");
            case POLICY -> one(BEHAVIOUR, title, "is dropped; other rows may be seen and written");
            case RULE -> one(BEHAVIOUR, title, "is dropped; statements are no longer rewritten");
            case SETTING -> one(BEHAVIOUR, title, "are gone: " + object.get("values"));
        };
    }

    private static List<Finding> constraint(CatalogObject object, String title) {
        return switch (object.get("type")) {
            case "u", "p" ->
                    one(
                            BREAKS,
                            title,
                            "is dropped; ON CONFLICT that relied on it fails, and duplicates are let"
                                    + " in");
            case "f" ->
                    one(EXPAND, title, "is dropped; rows are no longer held to what they refer to");
            default -> one(EXPAND, title, "is dropped; more values are let in");
        };
    }

    private static List<Finding> one(ChangeClass change, String title, String reason) {
        return List.of(new Finding(change, title, reason));
    }
}
