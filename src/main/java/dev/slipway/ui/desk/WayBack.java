package dev.slipway.ui.desk;

import dev.slipway.production.LiveWorker;
import dev.slipway.production.ProductionReader.Wake;
import dev.slipway.production.ProductionState;
import dev.slipway.release.rollback.Answer;
import dev.slipway.release.rollback.Candidate;
import dev.slipway.release.rollback.Rollbacks;
import dev.slipway.release.rollback.Scene;
import dev.slipway.ui.kit.Background.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Whether production can go back, as it was last found; one for a window. It is computed anew when what
/// is live or its schema has changed, when a person asks, and now and then, because colleagues hold
/// commits and change secrets. FX thread only.
public final class WayBack {
    /// How long an answer holds while nothing about production changes.
    static final Duration HOLDS = Duration.ofMinutes(5);

    private final Desk desk;
    private final BiFunction<ProductionState, Wake, Seen> look;
    private final ReadOnlyObjectWrapper<Optional<Seen>> seen =
            new ReadOnlyObjectWrapper<>(this, "seen", Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem =
            new ReadOnlyObjectWrapper<>(this, "problem", Optional.empty());
    private boolean looking;
    private boolean asked;
    private boolean outdated;
    private Optional<ProductionState> next = Optional.empty();

    /// What was found.
    ///
    /// @param candidates every known release, newest first
    public record Seen(Scene scene, Answer answer, List<Candidate> candidates) {
        public Seen {
            candidates = List.copyOf(candidates);
        }

        /// Asks `rollbacks` beside `state`; may block.
        public static Seen of(Rollbacks rollbacks, ProductionState state, Wake wake) {
            var scene = rollbacks.look(state, wake);
            return new Seen(scene, rollbacks.answer(scene), rollbacks.candidates(scene));
        }

        /// The release of this name.
        public Optional<Candidate> candidate(String release) {
            return candidates.stream().filter(c -> c.release().name().equals(release)).findFirst();
        }

        /// What users see, by name; a word for it when it is no release.
        public String live() {
            return scene.production()
                    .release()
                    .or(() -> scene.production().commit().map(c -> c.brief()))
                    .orElse("what is live");
        }
    }

    /// The way back of the desk's world.
    public WayBack(Desk desk) {
        this(desk, (state, wake) -> Seen.of(desk.services().rollbacks(), state, wake));
    }

    /// @param look finds the answer beside what production is; may block
    public WayBack(Desk desk, BiFunction<ProductionState, Wake, Seen> look) {
        this.desk = desk;
        this.look = look;
    }

    /// What was last found; empty before.
    public ReadOnlyObjectProperty<Optional<Seen>> seenProperty() {
        return seen.getReadOnlyProperty();
    }

    /// Why the last look gave nothing; empty when it did.
    public ReadOnlyObjectProperty<Optional<Problem>> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// Production was read: looks again where the answer may have changed. Nobody waits for it.
    public void look(ProductionState state) {
        if (asked) {
            asked = false;
            start(state, Wake.ALLOWED);
        } else if (stale(state) && desk.model().reserveProperty().get().isEmpty()) {
            start(state, Wake.NEVER);
        }
    }

    /// A person asked to read everything: the next reading of production finds it out anew.
    public void forget() {
        asked = true;
    }

    /// Something was done that the answer may depend on, such as a hold: the next reading of production
    /// finds it out anew.
    public void changed() {
        outdated = true;
    }

    /// Takes in what somebody else has found.
    public void found(Seen fresh) {
        problem.set(Optional.empty());
        seen.set(Optional.of(fresh));
    }

    private boolean stale(ProductionState state) {
        return outdated
                || seen.get()
                        .map(s ->
                                !same(s.scene().production(), state)
                                        || old(s.scene().observed(), desk.now()))
                        .orElse(true);
    }

    private static boolean old(Instant observed, Instant now) {
        return Duration.between(observed, now).compareTo(HOLDS) > 0;
    }

    private static boolean same(ProductionState one, ProductionState other) {
        return one.release().equals(other.release())
                && deployed(one).equals(deployed(other))
                && one.schema().state().equals(other.schema().state());
    }

    private static List<?> deployed(ProductionState state) {
        return state.workers().stream()
                .map(w -> List.of(w.state() == LiveWorker.State.UNKNOWN, w.deployment()))
                .toList();
    }

    private void start(ProductionState state, Wake wake) {
        if (looking) {
            next = Optional.of(state);
            return;
        }
        looking = true;
        outdated = false;
        desk.background()
                .start(
                        () -> look.apply(state, wake),
                        fresh -> {
                            looking = false;
                            found(fresh);
                            again();
                        },
                        why -> {
                            looking = false;
                            problem.set(Optional.of(why));
                            again();
                        });
    }

    private void again() {
        var waiting = next;
        next = Optional.empty();
        waiting.ifPresent(this::look);
    }
}
