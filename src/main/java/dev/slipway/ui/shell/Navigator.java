package dev.slipway.ui.shell;

import java.util.ArrayDeque;
import java.util.Deque;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Where the person is, was, and came from. FX thread only.
public final class Navigator {
    private static final int REMEMBERED = 100;

    private final ReadOnlyObjectWrapper<Place> place;
    private final ReadOnlyBooleanWrapper canGoBack = new ReadOnlyBooleanWrapper(this, "canGoBack");
    private final ReadOnlyBooleanWrapper canGoForward =
            new ReadOnlyBooleanWrapper(this, "canGoForward");
    private final Deque<Place> behind = new ArrayDeque<>();
    private final Deque<Place> ahead = new ArrayDeque<>();

    /// Starts at `start`.
    public Navigator(Place start) {
        place = new ReadOnlyObjectWrapper<>(this, "place", start);
    }

    /// Where the person is.
    public ReadOnlyObjectProperty<Place> placeProperty() {
        return place.getReadOnlyProperty();
    }

    public Place place() {
        return place.get();
    }

    /// Goes to `to` and remembers the way back. Going where one is changes nothing.
    public void go(Place to) {
        if (!to.equals(place.get())) {
            behind.push(place.get());
            while (behind.size() > REMEMBERED) {
                behind.removeLast();
            }
            ahead.clear();
            move(to);
        }
    }

    /// The same place with another filter, tab or drawer; not a step one comes back to.
    public void refine(Place to) {
        move(to);
    }

    /// To where the person was before.
    public void back() {
        if (!behind.isEmpty()) {
            ahead.push(place.get());
            move(behind.pop());
        }
    }

    /// To where the person was before; who came from nowhere goes to `otherwise`.
    public void backOr(Place otherwise) {
        if (behind.isEmpty()) {
            go(otherwise);
        } else {
            back();
        }
    }

    /// Takes the last [#back] back.
    public void forward() {
        if (!ahead.isEmpty()) {
            behind.push(place.get());
            move(ahead.pop());
        }
    }

    public ReadOnlyBooleanProperty canGoBackProperty() {
        return canGoBack.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canGoForwardProperty() {
        return canGoForward.getReadOnlyProperty();
    }

    private void move(Place to) {
        canGoBack.set(!behind.isEmpty());
        canGoForward.set(!ahead.isEmpty());
        place.set(to);
    }
}
