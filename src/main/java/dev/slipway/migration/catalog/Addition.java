package dev.slipway.migration.catalog;

import static dev.slipway.migration.catalog.ChangeClass.BEHAVIOUR;
import static dev.slipway.migration.catalog.ChangeClass.BREAKS;
import static dev.slipway.migration.catalog.ChangeClass.EXPAND;

import dev.slipway.migration.catalog.CatalogObject.Kind;
import java.util.List;

/// What it means that an object is new. Parts of a new table are not asked about.
final class Addition {
    private Addition() {}

    static List<Finding> of(Catalog live, Catalog after, CatalogObject object) {
        boolean spared = new Unwritten(live, after).spare(object);
        var title = after.title(object);
        return List.of(
                switch (object.kind()) {
                    case TABLE -> table(after, object, title);
                    case COLUMN -> column(object, title);
                    case INDEX ->
                            object.is("unique") && !spared
                                    ? new Finding(
                                            BREAKS,
                                            title,
                                            "is new; writing a value that exists already fails with"
                                                    + " 23505")
                                    : new Finding(EXPAND, title, "is new");
                    case CONSTRAINT ->
                            spared
                                    ? new Finding(
                                            EXPAND,
                                            title,
                                            object.get("type").equals("c")
                                                    ? "is new; a row written without its columns meets it"
                                                    : "is new; code that is live leaves its new column empty")
                                    : constraint(object, title);
                    case TRIGGER ->
                            new Finding(BEHAVIOUR, title, "is new; writing does what it says, too");
                    case POLICY ->
                            new Finding(
                                    BEHAVIOUR,
                                    title,
                                    "is new; it decides which rows are seen and written");
                    case RULE -> new Finding(BEHAVIOUR, title, "is new; statements are rewritten");
                    case LABEL ->
                            new Finding(
                                    EXPAND,
                                    title,
                                    "is new; code that lists the labels meets one it does not know");
                    case SETTING ->
                            new Finding(BEHAVIOUR, title, "are new: " + object.get("values"));
                    case SCHEMA,
                            EXTENSION,
                            VIEW,
                            MATERIALIZED_VIEW,
                            COMPOSITE,
                            SEQUENCE,
                            FUNCTION,
                            TYPE ->
                            new Finding(EXPAND, title, "is new");
                });
    }

    private static Finding table(Catalog after, CatalogObject object, String title) {
        return object.get("partitionOf").isEmpty()
                ? new Finding(EXPAND, title, "is new")
                : new Finding(
                        EXPAND,
                        title,
                        "is a new partition " + object.get("bound") + ofParent(after, object));
    }

    private static String ofParent(Catalog after, CatalogObject object) {
        return after.find(
                        new CatalogObject.Identity(
                                Kind.TABLE, Long.parseLong(object.get("partitionOf")), 0))
                .map(parent -> " of " + parent.name())
                .orElse("");
    }

    private static Finding column(CatalogObject object, String title) {
        if (object.parent().filter(parent -> parent.kind() == Kind.COMPOSITE).isPresent()) {
            return new Finding(
                    BREAKS,
                    title,
                    "is new; values written without it fail with 22P02 or 42846, and whoever reads"
                            + " them meets one more");
        }
        if (!object.get("sequenceDenied").isEmpty()) {
            return new Finding(
                    BREAKS,
                    title,
                    "is new and numbered by a sequence that "
                            + object.get("sequenceDenied")
                            + " may not use; their INSERTs fail with 42501");
        }
        boolean given =
                !object.get("default").isEmpty()
                        || !object.get("identity").isEmpty()
                        || !object.get("generated").isEmpty();
        if (object.is("required") && !given) {
            return new Finding(
                    BREAKS,
                    title,
                    "is new, NOT NULL and has no default; an INSERT that does not know it fails with"
                            + " 23502");
        }
        return new Finding(
                EXPAND,
                title,
                object.is("required") ? "is new and fills itself" : "is new and may be empty");
    }

    private static Finding constraint(CatalogObject object, String title) {
        if (object.get("enforced").equals("false")) {
            return new Finding(EXPAND, title, "is new and not enforced");
        }
        return new Finding(
                BREAKS,
                title,
                switch (object.get("type")) {
                    case "u", "p" -> "is new; writing a value that exists already fails with 23505";
                    case "f" -> "is new; writing a value that refers to nothing fails with 23503";
                    case "x" -> "is new; writing a row that conflicts fails with 23P01";
                    default -> "is new; writing a row that does not meet it fails with 23514";
                });
    }
}
