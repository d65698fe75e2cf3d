package dev.slipway.migration.catalog;

import dev.slipway.migration.catalog.CatalogObject.Identity;
import dev.slipway.migration.catalog.CatalogObject.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// What became of the objects of a database between two readings, and what each change means.
///
/// An object that was dropped and made again under another OID is recognised: tables, views, types and
/// functions by name, parts of tables by content and then by name. Columns never are: what they held
/// is gone.
public final class CatalogDifference {
    private final Catalog after;

    /// From the removed object's key to the added one's.
    private final Map<Identity, Identity> again = new HashMap<>();

    private final Map<Identity, CatalogObject> removed = new LinkedHashMap<>();
    private final Map<Identity, CatalogObject> added = new LinkedHashMap<>();

    private CatalogDifference(Catalog before, Catalog after) {
        this.after = after;
        before.objects()
                .filter(object -> !after.has(object.key()))
                .forEach(object -> removed.put(object.key(), object));
        after.objects()
                .filter(object -> !before.has(object.key()))
                .forEach(object -> added.put(object.key(), object));
        recognise();
    }

    /// The findings, those of removed objects first.
    public static List<Finding> between(Catalog before, Catalog after) {
        return between(before, before, after);
    }

    /// The findings for code that was made for `live`, of which nothing newer than it can break: what
    /// the same batch made is free to change.
    public static List<Finding> between(Catalog live, Catalog before, Catalog after) {
        var difference = new CatalogDifference(before, after);
        Predicate<CatalogObject> known = object -> live.has(object.parent().orElse(object.key()));
        var findings = new ArrayList<Finding>();
        difference.removed.values().stream()
                .filter(object -> !difference.again.containsKey(object.key()))
                .filter(object -> !difference.wentWithItsParent(object))
                .filter(known)
                .forEach(object ->
                        new Removal(before, after)
                                .of(object)
                                .forEach(finding ->
                                        findings.add(
                                                finding.of(
                                                        Optional.of(object), Optional.empty()))));
        before.objects()
                .filter(known)
                .forEach(object ->
                        difference
                                .now(object)
                                .ifPresent(now ->
                                        new Change(before, after)
                                                .of(object, now)
                                                .forEach(finding ->
                                                        findings.add(
                                                                finding.of(
                                                                        Optional.of(object),
                                                                        Optional.of(now))))));
        var recognised = List.copyOf(difference.again.values());
        difference.added.values().stream()
                .filter(object -> !recognised.contains(object.key()))
                .filter(object -> !difference.cameWithItsParent(object))
                .filter(object -> object.parent().isEmpty() || known.test(object))
                .forEach(object ->
                        Addition.of(live, after, object)
                                .forEach(finding ->
                                        findings.add(
                                                finding.of(
                                                        Optional.empty(), Optional.of(object)))));
        return findings.stream().distinct().toList();
    }

    /// What the object is now: itself, or what took its place.
    private Optional<CatalogObject> now(CatalogObject object) {
        return after.find(again.getOrDefault(object.key(), object.key()));
    }

    private void recognise() {
        for (var object : removed.values()) {
            if (object.parent().isEmpty() && object.kind() != Kind.SETTING) {
                pair(object, other -> other.name().equals(object.name()));
            }
        }
        for (var object : removed.values()) {
            if (object.parent().isPresent()) {
                switch (object.kind()) {
                    case COLUMN -> pair(object, other -> isView(object) && named(object, other));
                    case LABEL -> pair(object, other -> named(object, other));
                    case INDEX, CONSTRAINT -> {
                        pair(object, other -> beside(object, other) && sameContent(object, other));
                        pair(object, other -> named(object, other) && sameType(object, other));
                        pair(
                                object,
                                other -> beside(object, other) && sameReference(object, other));
                    }
                    default -> pair(object, other -> named(object, other));
                }
            }
        }
    }

    private void pair(CatalogObject object, Predicate<CatalogObject> same) {
        if (again.containsKey(object.key())) {
            return;
        }
        added.values().stream()
                .filter(other -> other.kind() == object.kind())
                .filter(other -> !again.containsValue(other.key()))
                .filter(same)
                .findFirst()
                .ifPresent(other -> again.put(object.key(), other.key()));
    }

    private boolean named(CatalogObject object, CatalogObject other) {
        return beside(object, other) && object.name().equals(other.name());
    }

    /// Whether both are parts of the same table, or of what took its place.
    private boolean beside(CatalogObject object, CatalogObject other) {
        return object.parent()
                .map(parent -> again.getOrDefault(parent, parent))
                .equals(other.parent());
    }

    private boolean isView(CatalogObject column) {
        return column.parent()
                .map(Identity::kind)
                .filter(kind -> kind == Kind.VIEW || kind == Kind.MATERIALIZED_VIEW)
                .isPresent();
    }

    private static boolean sameType(CatalogObject object, CatalogObject other) {
        return object.get("type").equals(other.get("type"))
                && object.get("unique").equals(other.get("unique"));
    }

    private static boolean sameContent(CatalogObject object, CatalogObject other) {
        return sameType(object, other)
                && object.get("content").equals(other.get("content"))
                && object.get("columns").equals(other.get("columns"))
                && object.get("references").equals(other.get("references"))
                && object.get("actions").equals(other.get("actions"));
    }

    /// A foreign key between the same columns, whatever its actions.
    private static boolean sameReference(CatalogObject object, CatalogObject other) {
        return object.get("type").equals("f")
                && sameType(object, other)
                && object.get("columns").equals(other.get("columns"))
                && object.get("references").equals(other.get("references"));
    }

    /// Whether what it was part of is gone, too, which says enough.
    private boolean wentWithItsParent(CatalogObject object) {
        if (object.parent().isPresent() && gone(object.parent().get())) {
            return true;
        }
        return switch (object.kind()) {
            case INDEX -> object.is("constraint") || columnsGone(object);
            case CONSTRAINT -> columnsGone(object);
            case SEQUENCE -> ownerGone(object);
            default -> false;
        };
    }

    private boolean gone(Identity key) {
        return removed.containsKey(key) && !again.containsKey(key);
    }

    /// Whether every column it is on is gone. An index on an expression counts its columns as 0 and
    /// stays named.
    private boolean columnsGone(CatalogObject object) {
        var parent = object.parent().orElseThrow();
        var numbers = object.get("columns").strip();
        return !numbers.isEmpty()
                && List.of(numbers.split(" ")).stream()
                        .allMatch(number ->
                                gone(
                                        new Identity(
                                                Kind.COLUMN,
                                                parent.oid(),
                                                Integer.parseInt(number))));
    }

    private boolean ownerGone(CatalogObject sequence) {
        var owner = sequence.get("ownedBy");
        if (owner.isEmpty()) {
            return false;
        }
        int dot = owner.indexOf('.');
        long table = Long.parseLong(owner.substring(0, dot));
        return gone(new Identity(Kind.TABLE, table, 0))
                || gone(
                        new Identity(
                                Kind.COLUMN, table, Integer.parseInt(owner.substring(dot + 1))));
    }

    /// Whether what it is part of is new, too, which says enough; also the sequence of a new column.
    private boolean cameWithItsParent(CatalogObject object) {
        if (object.parent().filter(added::containsKey).isPresent()) {
            // What replaced something has its columns compared one by one.
            return !again.containsValue(object.parent().get())
                    || (object.kind() == Kind.INDEX && object.is("constraint"));
        }
        return switch (object.kind()) {
            case INDEX -> object.is("constraint");
            case SEQUENCE -> !object.get("ownedBy").isEmpty();
            default -> false;
        };
    }
}
