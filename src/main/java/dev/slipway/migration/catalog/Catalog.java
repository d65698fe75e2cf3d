package dev.slipway.migration.catalog;

import dev.slipway.migration.catalog.CatalogObject.Identity;
import dev.slipway.migration.catalog.CatalogObject.Kind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Everything in a database that belongs to the application: not the system's, not Drizzle's ledger,
/// not Slipway's fence, not what extensions brought.
public final class Catalog {
    private final Map<Identity, CatalogObject> objects;

    /// A catalog of `objects`.
    public Catalog(Collection<CatalogObject> objects) {
        this.objects = new LinkedHashMap<>();
        objects.forEach(object -> this.objects.put(object.key(), object));
    }

    /// The object of `key`, empty when there is none.
    public Optional<CatalogObject> find(Identity key) {
        return Optional.ofNullable(objects.get(key));
    }

    /// Whether there is such an object.
    public boolean has(Identity key) {
        return objects.containsKey(key);
    }

    /// All of them, in the order in which they were read.
    public Stream<CatalogObject> objects() {
        return objects.values().stream();
    }

    /// The parts of `parent` of one kind.
    public Stream<CatalogObject> parts(Identity parent, Kind kind) {
        return objects()
                .filter(object -> object.kind() == kind)
                .filter(object -> object.parent().equals(Optional.of(parent)));
    }

    /// How a person calls `object`: `column users.email`, `index users_email_key`.
    public String title(CatalogObject object) {
        var name =
                object.parent()
                        .flatMap(this::find)
                        .map(parent ->
                                switch (object.kind()) {
                                    case COLUMN -> parent.name() + "." + object.name();
                                    case LABEL -> "'" + object.name() + "' of " + parent.name();
                                    default -> object.name() + " on " + parent.name();
                                })
                        .orElse(object.name());
        return object.kind().word() + " " + name;
    }

    /// The same with `other` in the place of the object of its key.
    Catalog with(CatalogObject other) {
        var all = new LinkedHashMap<>(objects);
        all.put(other.key(), other);
        return new Catalog(all.values());
    }

    /// How many objects there are.
    public int size() {
        return objects.size();
    }
}
