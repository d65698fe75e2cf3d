package dev.slipway.migration.catalog;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// One object of a database as its catalogs describe it.
///
/// @param parent the table, view or type it is part of
/// @param name as SQL writes it; with schema unless it has a parent, `public` left out
/// @param attributes what makes it this object, by name. An attribute `x` may come with `x.tree`, a
///     digest of how the server stores it: the text of an expression changes when a column it uses is
///     renamed, its tree does not
public record CatalogObject(
        Identity key, Optional<Identity> parent, String name, Map<String, String> attributes) {
    /// What an object is.
    public enum Kind {
        SCHEMA("schema"),
        EXTENSION("extension"),
        TABLE("table"),
        VIEW("view"),
        MATERIALIZED_VIEW("materialized view"),
        COMPOSITE("type"),
        SEQUENCE("sequence"),
        COLUMN("column"),
        INDEX("index"),
        CONSTRAINT("constraint"),
        TRIGGER("trigger"),
        POLICY("policy"),
        RULE("rule"),
        FUNCTION("function"),
        TYPE("type"),
        LABEL("label"),
        SETTING("settings");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /// For a sentence.
        public String word() {
            return word;
        }
    }

    /// The identity of an object while it exists.
    ///
    /// @param sub number of a column in its table, else 0
    public record Identity(Kind kind, long oid, int sub) {}

    public CatalogObject {
        attributes = Map.copyOf(attributes);
    }

    /// What it is.
    public Kind kind() {
        return key.kind();
    }

    /// An attribute, empty when it has none.
    public String get(String attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    /// The same with one attribute more.
    CatalogObject with(String attribute, String value) {
        var all = new HashMap<>(attributes);
        all.put(attribute, value);
        return new CatalogObject(key, parent, name, all);
    }

    /// Whether the attribute is set to true.
    public boolean is(String attribute) {
        return get(attribute).equals("true");
    }

    /// What it is, as a person writes it, near to SQL.
    public String description() {
        return switch (key.kind()) {
            case COLUMN ->
                    name
                            + " "
                            + get("type")
                            + (is("required") ? " NOT NULL" : "")
                            + (get("default").isEmpty() ? "" : " DEFAULT " + get("default"))
                            + (get("identity").isEmpty() ? "" : " GENERATED AS IDENTITY");
            case INDEX, CONSTRAINT, VIEW, MATERIALIZED_VIEW, TRIGGER, RULE ->
                    get("definition").isEmpty() ? named() : get("definition");
            case FUNCTION -> get("body").isEmpty() ? named() : get("body");
            case SCHEMA, EXTENSION, TABLE, COMPOSITE, SEQUENCE, POLICY, TYPE, LABEL, SETTING ->
                    named();
        };
    }

    private String named() {
        return key.kind().word() + " " + name;
    }

    /// Whether `attribute` of this object differs from the other's in text and in tree.
    boolean differs(CatalogObject other, String attribute) {
        if (get(attribute).equals(other.get(attribute))) {
            return false;
        }
        var tree = get(attribute + ".tree");
        return tree.isEmpty() || !tree.equals(other.get(attribute + ".tree"));
    }
}
