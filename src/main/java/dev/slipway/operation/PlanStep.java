package dev.slipway.operation;

import dev.slipway.domain.Provider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// One step of a plan: at most one change of one remote, with its own observation.
///
/// @param key `merge` or `stage.web`: the group people see, then the part
/// @param kind what it does
/// @param title what people read, an imperative
/// @param touches what it changes, in words: `Cloudflare: auth, web`
/// @param undo how it is undone, in words
/// @param ifFails what happens when it fails, in words
/// @param provider whose quiet time applies to its call; empty for a check of several remotes
/// @param parameters what it needs, all of it; never a secret
/// @param onFailure what is done when it certainly failed
/// @param lasting how long what it established must stay true
/// @param pointOfNoReturn whether sending it cannot be taken back
/// @param fenced whether the production lock must be held when it is sent
/// @param closing whether it runs at the end also when the operation stops or rolls back
/// @param abreast whether it is carried out at the same time as the steps of its group that say so too
/// @param deadline how long it may take before it pauses for a person; empty means the world's bound
public record PlanStep(
        String key,
        Kind kind,
        String title,
        String touches,
        String undo,
        String ifFails,
        Optional<Provider> provider,
        Map<String, String> parameters,
        OnFailure onFailure,
        Lasting lasting,
        boolean pointOfNoReturn,
        boolean fenced,
        boolean closing,
        boolean abreast,
        Optional<Duration> deadline) {
    private static final Pattern KEY =
            Pattern.compile("[a-z0-9]++(?:-[a-z0-9]++)*(?:\\.[A-Za-z0-9_-]++)?");

    /// What a step does.
    public enum Kind {
        /// Changes a remote once.
        MUTATION,
        /// Changes nothing; waits until something is true.
        WAIT,
        /// Changes nothing; says whether something is true.
        CHECK
    }

    /// What is done when a step certainly failed.
    public sealed interface OnFailure {
        /// The compensations, in order; empty for the policies without any.
        default List<PlanStep> steps() {
            return List.of();
        }

        /// Stop here: what is reached is safe to stay for days.
        record StopSafe() implements OnFailure {}

        /// Carry these out, each on its own, also when one of them fails.
        record Compensate(List<PlanStep> steps) implements OnFailure {
            /// @throws IllegalArgumentException when there is none, or one has compensations itself
            public Compensate {
                steps = List.copyOf(steps);
                if (steps.isEmpty()
                        || steps.stream().anyMatch(s -> !s.onFailure().steps().isEmpty())) {
                    throw new IllegalArgumentException("compensations are a flat, non-empty list");
                }
            }
        }

        /// Say so and go on.
        record WarnOnly() implements OnFailure {}
    }

    /// How long what a step established must stay true. It is observed again when the operation is
    /// resumed and before it is called done.
    public sealed interface Lasting {
        /// To the end.
        record Always() implements Lasting {}

        /// It was true once; nobody looks again.
        record Once() implements Lasting {}

        /// Until the step of that key is begun, which replaces it.
        record Until(String key) implements Lasting {}
    }

    /// @throws IllegalArgumentException when the key is none
    public PlanStep {
        parameters = Map.copyOf(parameters);
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("not a step key: " + key);
        }
    }

    /// A changing step: fenced, lasting to the end, stopping safely. The words are added with
    /// [#told].
    public static PlanStep mutation(String key, Provider provider, Map<String, String> parameters) {
        return of(key, Kind.MUTATION, Optional.of(provider), parameters, new Lasting.Always());
    }

    /// A step that waits; its truth is not looked at again.
    public static PlanStep waiting(String key, Map<String, String> parameters) {
        return of(key, Kind.WAIT, Optional.empty(), parameters, new Lasting.Once());
    }

    /// A step that checks; its truth is not looked at again.
    public static PlanStep check(String key, Map<String, String> parameters) {
        return of(key, Kind.CHECK, Optional.empty(), parameters, new Lasting.Once());
    }

    private static PlanStep of(
            String key,
            Kind kind,
            Optional<Provider> provider,
            Map<String, String> parameters,
            Lasting lasting) {
        return new PlanStep(
                key,
                kind,
                key,
                "",
                "",
                "",
                provider,
                parameters,
                new OnFailure.StopSafe(),
                lasting,
                false,
                kind == Kind.MUTATION,
                false,
                false,
                Optional.empty());
    }

    /// The part of the key people see: `stage` of `stage.web`.
    public String group() {
        var dot = key.indexOf('.');
        return dot < 0 ? key : key.substring(0, dot);
    }

    /// The part below the group, when there is one: `web` of `stage.web`.
    public Optional<String> part() {
        var dot = key.indexOf('.');
        return dot < 0 ? Optional.empty() : Optional.of(key.substring(dot + 1));
    }

    /// A parameter the step cannot do without.
    ///
    /// @throws IllegalStateException when the plan lacks it
    public String parameter(String name) {
        var value = parameters.get(name);
        if (value == null) {
            throw new IllegalStateException("step " + key + " has no parameter " + name);
        }
        return value;
    }

    /// With the words for people.
    public PlanStep told(String title, String touches, String undo, String ifFails) {
        return with(draft -> {
            draft.title = title;
            draft.touches = touches;
            draft.undo = undo;
            draft.ifFails = ifFails;
        });
    }

    /// With another failure policy.
    public PlanStep onFailure(OnFailure policy) {
        return with(draft -> draft.onFailure = policy);
    }

    /// With another duration of its truth.
    public PlanStep lasting(Lasting other) {
        return with(draft -> draft.lasting = other);
    }

    /// Marked as one that cannot be taken back.
    public PlanStep withNoReturn() {
        return with(draft -> draft.pointOfNoReturn = true);
    }

    /// One that needs no production lock.
    public PlanStep unfenced() {
        return with(draft -> draft.fenced = false);
    }

    /// One that runs at the end also when the operation stops.
    public PlanStep atTheEnd() {
        return with(draft -> draft.closing = true);
    }

    /// One that does not wait for the others of its group that are made so, nor they for it.
    public PlanStep sideBySide() {
        return with(draft -> draft.abreast = true);
    }

    /// With its own deadline.
    public PlanStep within(Duration time) {
        return with(draft -> draft.deadline = Optional.of(time));
    }

    /// With a provider, for a waiting or checking step that asks only one.
    public PlanStep asking(Provider one) {
        return with(draft -> draft.provider = Optional.of(one));
    }

    private PlanStep with(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.step(this);
    }

    /// What may differ between a step and its copy.
    private static final class Draft {
        private String title;
        private String touches;
        private String undo;
        private String ifFails;
        private Optional<Provider> provider;
        private OnFailure onFailure;
        private Lasting lasting;
        private boolean pointOfNoReturn;
        private boolean fenced;
        private boolean closing;
        private boolean abreast;
        private Optional<Duration> deadline;

        private Draft(PlanStep step) {
            title = step.title();
            touches = step.touches();
            undo = step.undo();
            ifFails = step.ifFails();
            provider = step.provider();
            onFailure = step.onFailure();
            lasting = step.lasting();
            pointOfNoReturn = step.pointOfNoReturn();
            fenced = step.fenced();
            closing = step.closing();
            abreast = step.abreast();
            deadline = step.deadline();
        }

        private PlanStep step(PlanStep same) {
            return new PlanStep(
                    same.key(),
                    same.kind(),
                    title,
                    touches,
                    undo,
                    ifFails,
                    provider,
                    same.parameters(),
                    onFailure,
                    lasting,
                    pointOfNoReturn,
                    fenced,
                    closing,
                    abreast,
                    deadline);
        }
    }
}
