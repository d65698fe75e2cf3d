package dev.slipway.operation;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Of several things that can be done at the same time: what is to be noted comes first, a pause last of
/// it; then what is to be sent, which no look may hold up; then the looks. Waits are over with the
/// shortest. Pure, like the [Engine] it belongs to.
final class SideBySide {
    private SideBySide() {}

    /// What to do of `actions`, one or more.
    static Action of(List<Action> actions) {
        if (actions.size() == 1) {
            return actions.getFirst();
        }
        var events =
                actions.stream()
                        .flatMap(a ->
                                a instanceof Action.Note(var some)
                                        ? some.stream()
                                        : Stream.<Event>empty())
                        .toList();
        if (!events.isEmpty()) {
            var known = events.stream().filter(e -> !(e instanceof Event.Paused));
            var pause = events.stream().filter(e -> e instanceof Event.Paused).limit(1);
            return new Action.Note(Stream.concat(known, pause).toList());
        }
        return all(actions, Action.Send.class)
                .or(() -> all(actions, Action.Observe.class))
                .orElseGet(() ->
                        actions.stream()
                                .map(Action.Await.class::cast)
                                .min(Comparator.comparing(Action.Await::time))
                                .orElseThrow());
    }

    private static Optional<Action> all(List<Action> actions, Class<? extends Action> kind) {
        var some = actions.stream().filter(kind::isInstance).toList();
        return some.size() < 2 ? some.stream().findFirst() : Optional.of(new Action.AtOnce(some));
    }
}
