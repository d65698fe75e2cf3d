package dev.slipway.release;

import dev.slipway.operation.Plan;
import java.util.List;
import java.util.Optional;

/// A plan with the gates it has to pass, as a person sees it before deciding. Nothing was changed yet.
public interface Planned {
    /// What would be done.
    Plan plan();

    /// What must hold before, in reading order.
    List<Gate> gates();

    /// What a person types to start it.
    String phrase();

    /// Whether what a person typed confirms it.
    default boolean confirms(String typed) {
        return typed.equals(phrase());
    }

    /// What is kept beside the plan when it is started.
    ///
    /// @param reason the person's own words
    default String kept(String reason) {
        return reason;
    }

    /// Whether every gate is open.
    default boolean open() {
        return gates().stream().allMatch(Gate::open);
    }

    /// The gate of this id.
    default Optional<Gate> gate(String id) {
        return gates().stream().filter(gate -> gate.id().equals(id)).findFirst();
    }

    /// Why it may not start, one sentence for each closed gate.
    default List<String> refusals() {
        return gates().stream()
                .filter(gate -> !gate.open())
                .map(gate ->
                        gate.title()
                                + ": "
                                + (gate.state() == Gate.State.UNKNOWN ? "not known. " : "no. ")
                                + gate.evidence())
                .toList();
    }
}
