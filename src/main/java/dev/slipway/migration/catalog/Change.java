package dev.slipway.migration.catalog;

import static dev.slipway.migration.catalog.ChangeClass.BEHAVIOUR;
import static dev.slipway.migration.catalog.ChangeClass.BREAKS;
import static dev.slipway.migration.catalog.ChangeClass.DATA;
import static dev.slipway.migration.catalog.ChangeClass.EXPAND;
import static dev.slipway.migration.catalog.ChangeClass.PERFORMANCE;

import dev.slipway.migration.catalog.CatalogObject.Identity;
import dev.slipway.migration.catalog.CatalogObject.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// What it means that an object is not what it was, whether it is still the same or was made again.
final class Change {
    private final Catalog before;
    private final Catalog after;
    private final List<Finding> found = new ArrayList<>();

    Change(Catalog before, Catalog after) {
        this.before = before;
        this.after = after;
    }

    List<Finding> of(CatalogObject old, CatalogObject now) {
        var title = before.title(old);
        name(title, old, now);
        switch (now.kind()) {
            case COLUMN -> found.addAll(new ColumnChange(before, title, old, now).findings());
            case TABLE -> table(title, old, now);
            case VIEW, MATERIALIZED_VIEW -> view(title, old, now);
            case INDEX -> index(title, old, now);
            case CONSTRAINT -> constraint(title, old, now);
            case TYPE -> type(title, old, now);
            case SEQUENCE -> sequence(title, old, now);
            case FUNCTION -> function(title, old, now);
            case TRIGGER, POLICY, RULE, EXTENSION, SETTING -> any(title, old, now);
            case SCHEMA, COMPOSITE, LABEL -> {
                // Only their names, parts and privileges matter.
            }
        }
        privileges(title, old, now);
        return List.copyOf(found);
    }

    private void name(String title, CatalogObject old, CatalogObject now) {
        if (old.name().equals(now.name())) {
            return;
        }
        switch (now.kind()) {
            case INDEX, TRIGGER, POLICY, RULE, CONSTRAINT ->
                    // Drizzle names constraints in no statement; ON CONFLICT ON CONSTRAINT is left.
                    add(EXPAND, title, "is now named " + now.name());
            case SETTING -> {}
            default ->
                    add(
                            BREAKS,
                            title,
                            "is now named "
                                    + now.name()
                                    + "; statements that use the old name fail");
        }
    }

    private void table(String title, CatalogObject old, CatalogObject now) {
        if (!old.key().equals(now.key())) {
            add(DATA, title, "is dropped and made again; its rows are gone");
        }
        if (!old.get("rowSecurity").equals(now.get("rowSecurity"))) {
            add(
                    BEHAVIOUR,
                    title,
                    now.is("rowSecurity")
                            ? "has row security now; without a policy nobody but the owner sees a row"
                            : "no longer has row security; every row is seen");
        }
        if (!old.get("forcedRowSecurity").equals(now.get("forcedRowSecurity"))) {
            add(
                    BEHAVIOUR,
                    title,
                    now.is("forcedRowSecurity")
                            ? "now applies row security to its owner, too"
                            : "no longer applies row security to its owner");
        }
        if (!old.get("persistence").equals(now.get("persistence"))) {
            add(
                    BEHAVIOUR,
                    title,
                    now.get("persistence").equals("u")
                            ? "is no longer logged; a crash empties it"
                            : "is logged now");
        }
        if (!old.get("partitionOf").equals(now.get("partitionOf"))) {
            if (now.get("partitionOf").isEmpty()) {
                add(BREAKS, title, "is no longer a partition; the whole no longer shows its rows");
            } else {
                add(
                        BEHAVIOUR,
                        title,
                        "becomes a partition "
                                + now.get("bound")
                                + "; the whole shows its rows, and rows outside are refused");
            }
        }
        if (!old.get("inherits").equals(now.get("inherits"))) {
            add(
                    BEHAVIOUR,
                    title,
                    "inherits from other tables; reading those shows other rows, too");
        }
        if (!old.is("unidentified") && now.is("unidentified")) {
            add(
                    BREAKS,
                    title,
                    "is published and its rows have no identity; UPDATE and DELETE fail with 55000");
        }
        if (!old.get("options").equals(now.get("options"))) {
            add(PERFORMANCE, title, "is stored with other settings: " + now.get("options"));
        }
    }

    private void view(String title, CatalogObject old, CatalogObject now) {
        if (now.differs(old, "definition")
                && !(old.key().equals(now.key())
                        && old.get("definition.tree").equals(now.get("definition.tree")))) {
            add(BEHAVIOUR, title, "has another definition");
        }
        if (!old.get("options").equals(now.get("options"))) {
            add(
                    BEHAVIOUR,
                    title,
                    "has other options, which may ask other privileges: " + now.get("options"));
        }
    }

    private void index(String title, CatalogObject old, CatalogObject now) {
        if (old.is("valid") && !now.is("valid")) {
            add(PERFORMANCE, title, "is no longer valid and serves no reading");
        }
        if (!old.key().equals(now.key()) && !old.get("content").equals(now.get("content"))) {
            if (now.is("unique")) {
                add(
                        BREAKS,
                        title,
                        "is made again otherwise; ON CONFLICT and uniqueness follow "
                                + now.get("definition"));
            } else {
                add(PERFORMANCE, title, "is made again otherwise: " + now.get("definition"));
            }
        }
    }

    private void constraint(String title, CatalogObject old, CatalogObject now) {
        if (!old.key().equals(now.key())) {
            if (!old.get("content").equals(now.get("content"))
                    || !old.get("columns").equals(now.get("columns"))
                    || !old.get("references").equals(now.get("references"))) {
                add(BREAKS, title, "is made again otherwise: " + now.get("definition"));
            }
        }
        if (old.get("type").equals("f") && !old.get("actions").equals(now.get("actions"))) {
            add(
                    BEHAVIOUR,
                    title,
                    "acts otherwise when what it refers to goes: " + now.get("definition"));
        }
        if (!old.get("enforced").equals(now.get("enforced"))) {
            add(
                    now.is("enforced") ? BREAKS : EXPAND,
                    title,
                    now.is("enforced") ? "is enforced now" : "is no longer enforced");
        }
        if (!old.is("validated") && now.is("validated")) {
            add(EXPAND, title, "is verified for old rows, too");
        }
        if (!old.get("deferrable").equals(now.get("deferrable"))) {
            // An ON CONFLICT cannot infer a deferrable constraint, and never infers a foreign key.
            boolean inferred = now.is("deferrable") && !now.get("type").equals("f");
            add(
                    inferred ? BREAKS : BEHAVIOUR,
                    title,
                    !now.is("deferrable")
                            ? "is checked at once"
                            : "may be checked at commit"
                                    + (inferred ? "; ON CONFLICT cannot use it" : ""));
        }
    }

    private void type(String title, CatalogObject old, CatalogObject now) {
        if (!old.get("type").equals(now.get("type")) || !old.get("base").equals(now.get("base"))) {
            add(BREAKS, title, "is another type now");
        }
        if (!old.is("required") && now.is("required")) {
            add(BREAKS, title, "no longer takes null");
        }
        if (!old.get("checks").equals(now.get("checks"))) {
            add(
                    now.get("checks").isEmpty() ? EXPAND : BREAKS,
                    title,
                    now.get("checks").isEmpty()
                            ? "no longer checks values"
                            : "checks values otherwise: " + now.get("checks"));
        }
        if (!old.get("default").equals(now.get("default"))) {
            add(BEHAVIOUR, title, "has another default");
        }
        if (old.key().equals(now.key()) || now.get("type").equals("e")) {
            order(title, old.key(), now.key());
        }
    }

    /// Labels that stay and change places compare otherwise.
    private void order(String title, Identity old, Identity now) {
        var was = labels(before, old);
        var is = labels(after, now);
        var stayed = was.stream().filter(is::contains).toList();
        if (!stayed.equals(is.stream().filter(was::contains).toList())) {
            add(BEHAVIOUR, title, "has its labels in another order");
        }
    }

    private static List<String> labels(Catalog catalog, Identity type) {
        return catalog.parts(type, Kind.LABEL)
                .sorted(
                        java.util.Comparator.comparingDouble(
                                label -> Double.parseDouble(label.get("order"))))
                .map(CatalogObject::name)
                .toList();
    }

    private void sequence(String title, CatalogObject old, CatalogObject now) {
        if (!old.get("sequence").equals(now.get("sequence"))) {
            add(BEHAVIOUR, title, "counts otherwise: " + now.get("sequence"));
        }
        if (old.key().equals(now.key()) && setBack(old, now)) {
            add(
                    BREAKS,
                    title,
                    "is set back from "
                            + old.get("last")
                            + "; a number that is taken makes an INSERT fail with 23505");
        }
    }

    private static boolean setBack(CatalogObject old, CatalogObject now) {
        var was = old.get("last");
        var is = now.get("last");
        if (was.isEmpty() || was.equals(is)) {
            return false;
        }
        boolean down = now.get("sequence").startsWith("by -");
        return is.isEmpty() || Long.parseLong(is) < Long.parseLong(was) != down;
    }

    private void function(String title, CatalogObject old, CatalogObject now) {
        if (!old.get("returns").equals(now.get("returns"))
                || !old.get("kind").equals(now.get("kind"))) {
            add(
                    BREAKS,
                    title,
                    "returns " + now.get("returns") + " instead of " + old.get("returns"));
        }
        if (now.differs(old, "body") || !old.get("options").equals(now.get("options"))) {
            add(BEHAVIOUR, title, "has another body");
        }
    }

    private void any(String title, CatalogObject old, CatalogObject now) {
        for (var attribute : new TreeSet<>(now.attributes().keySet())) {
            if (!attribute.endsWith(".tree") && now.differs(old, attribute)) {
                add(BEHAVIOUR, title, "changes: " + attribute + " is now " + now.get(attribute));
            }
        }
        for (var attribute : new TreeSet<>(old.attributes().keySet())) {
            if (!attribute.endsWith(".tree") && !now.attributes().containsKey(attribute)) {
                add(BEHAVIOUR, title, "changes: " + attribute + " is gone");
            }
        }
    }

    private void privileges(String title, CatalogObject old, CatalogObject now) {
        if (now.is("internal")) {
            // The sequence of an identity column asks for no privilege.
            return;
        }
        var lost = minus(old, now);
        var gained = minus(now, old);
        if (!lost.isEmpty()) {
            add(
                    BEHAVIOUR,
                    title,
                    "is no longer open to: "
                            + String.join(", ", lost)
                            + "; their statements fail with 42501");
        }
        if (!gained.isEmpty()) {
            add(BEHAVIOUR, title, "is now open to: " + String.join(", ", gained));
        }
        if (!old.get("owner").equals(now.get("owner"))) {
            add(BEHAVIOUR, title, "now belongs to " + now.get("owner"));
        }
    }

    private static List<String> minus(CatalogObject one, CatalogObject other) {
        var rest = new ArrayList<>(list(one));
        rest.removeAll(list(other));
        return rest;
    }

    private static List<String> list(CatalogObject object) {
        var privileges = object.get("privileges");
        return privileges.isEmpty() ? List.of() : List.of(privileges.split(", "));
    }

    private void add(ChangeClass change, String title, String reason) {
        found.add(new Finding(change, title, reason));
    }
}
