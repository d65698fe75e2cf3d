package dev.slipway.operation;

import java.util.List;
import java.util.function.Supplier;

/// Does what may be done at once one after the other, so that a run can be played again.
public enum InTurn implements Together {
    ALL;

    @Override
    public <T> List<T> ask(List<Supplier<T>> questions) {
        return questions.stream().map(Supplier::get).toList();
    }
}
