package dev.slipway.migration.catalog;

import static dev.slipway.migration.catalog.ChangeClass.BEHAVIOUR;
import static dev.slipway.migration.catalog.ChangeClass.BREAKS;
import static dev.slipway.migration.catalog.ChangeClass.DATA;
import static dev.slipway.migration.catalog.ChangeClass.EXPAND;

import dev.slipway.migration.catalog.CatalogObject.Kind;
import java.util.ArrayList;
import java.util.List;

/// What it means for statements that a column is not what it was.
final class ColumnChange {
    private final Catalog before;
    private final String title;
    private final CatalogObject old;
    private final CatalogObject now;
    private final List<Finding> found = new ArrayList<>();

    /// @param title of the column as people name it
    ColumnChange(Catalog before, String title, CatalogObject old, CatalogObject now) {
        this.before = before;
        this.title = title;
        this.old = old;
        this.now = now;
    }

    /// All of it.
    List<Finding> findings() {
        type(old.get("type"), now.get("type"));
        if (!old.is("required") && now.is("required")) {
            add(BREAKS, "is now NOT NULL; writing no value fails with 23502");
        } else if (old.is("required") && !now.is("required")) {
            add(BEHAVIOUR, "may now be empty; code that reads it may meet null");
        }
        if (now.get("identity").equals("a") && !old.get("identity").equals("a")) {
            add(BREAKS, "is now GENERATED ALWAYS; an INSERT that gives a value fails with 428C9");
        } else if (old.get("identity").equals("a") && now.get("identity").equals("d")) {
            add(EXPAND, "may be given a value, too");
        } else if (!old.get("identity").equals(now.get("identity"))) {
            identity();
        }
        if (!old.get("generated").equals(now.get("generated")) && !now.get("generated").isEmpty()) {
            add(BREAKS, "is now generated; writing it fails with 428C9");
        }
        if (!now.get("sequenceDenied").isEmpty()
                && !now.get("sequenceDenied").equals(old.get("sequenceDenied"))) {
            add(
                    BREAKS,
                    "is numbered by a sequence that "
                            + now.get("sequenceDenied")
                            + " may not use; their INSERTs fail with 42501");
        }
        defaults();
        if (!old.get("collation").equals(now.get("collation"))) {
            add(BEHAVIOUR, "has another collation; order and comparison change");
        }
        return List.copyOf(found);
    }

    private void identity() {
        if (!now.get("identity").isEmpty()) {
            add(BEHAVIOUR, "is now numbered by its identity");
        } else if (now.is("required") && now.get("default").isEmpty()) {
            add(BREAKS, "no longer numbers itself; an INSERT without it fails with 23502");
        } else {
            add(BEHAVIOUR, "no longer numbers itself");
        }
    }

    private void defaults() {
        if (!now.differs(old, "default")) {
            return;
        }
        if (!now.get("generated").isEmpty() && old.get("generated").equals(now.get("generated"))) {
            add(BEHAVIOUR, "is computed otherwise: " + now.get("default"));
        } else if (!now.get("default").isEmpty()) {
            add(
                    BEHAVIOUR,
                    old.get("default").isEmpty()
                            ? "now has the default " + now.get("default")
                            : "has another default, " + now.get("default"));
        } else if (now.is("required") && now.get("identity").isEmpty()) {
            add(
                    BREAKS,
                    "is NOT NULL and no longer has a default; an INSERT without it fails with 23502");
        } else if (now.get("identity").isEmpty() && now.get("generated").isEmpty()) {
            add(BEHAVIOUR, "no longer has a default; an INSERT without it leaves it empty");
        }
    }

    private void type(String from, String to) {
        if (from.equals(to) && (old.get("typeOid").equals(now.get("typeOid")) || remade(to))) {
            return;
        }
        if (from.equals(to) && !old.get("typeOid").equals(now.get("typeOid"))) {
            add(BREAKS, "has another type of the same name, " + to);
            return;
        }
        if (renamed()) {
            return;
        }
        var change = from + " to " + to;
        switch (Retyping.of(from, to)) {
            case WIDENS -> add(EXPAND, "is widened from " + change);
            case NARROWS -> {
                add(BREAKS, "is narrowed from " + change + "; values that do not fit are refused");
                add(DATA, "is narrowed from " + change + "; values may be cut");
            }
            case CHANGES ->
                    add(
                            BREAKS,
                            "changes from "
                                    + change
                                    + "; code reads and writes another kind of value");
        }
    }

    /// Whether a type of that name is compared by itself, label by label.
    private boolean remade(String type) {
        return before.objects()
                .anyMatch(object -> object.kind() == Kind.TYPE && object.name().equals(type));
    }

    /// The type is the same and has another name, which its own finding says.
    private boolean renamed() {
        return old.get("typeOid").equals(now.get("typeOid"))
                && !old.get("type").contains("(")
                && !now.get("type").contains("(");
    }

    private void add(ChangeClass change, String reason) {
        found.add(new Finding(change, title, reason));
    }
}
