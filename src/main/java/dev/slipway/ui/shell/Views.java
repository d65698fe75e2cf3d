package dev.slipway.ui.shell;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Which view shows which kind of place. A section whose places have no view is not in the sidebar.
public final class Views {
    private final Map<Class<? extends Place>, Function<Place, View>> views = new LinkedHashMap<>();

    /// One view, made when it is first needed, for all places of `type`.
    public Views one(Class<? extends Place> type, Supplier<View> view) {
        var made = new LinkedHashMap<Class<? extends Place>, View>();
        views.put(type, _ -> made.computeIfAbsent(type, _ -> view.get()));
        return this;
    }

    /// A view for each place of `type`, kept as long as that place is remembered; an operation left
    /// and opened again is the same page.
    public <P extends Place> Views each(Class<P> type, Function<P, View> view) {
        var made = new LinkedHashMap<Place, View>();
        views.put(type, place -> made.computeIfAbsent(place, key -> view.apply(type.cast(key))));
        return this;
    }

    Optional<View> of(Place place) {
        return Optional.ofNullable(views.get(place.getClass())).map(make -> make.apply(place));
    }

    boolean has(Section section) {
        return views.containsKey(section.home().getClass());
    }
}
