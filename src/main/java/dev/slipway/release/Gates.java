package dev.slipway.release;

import dev.slipway.domain.World;
import dev.slipway.stack.Stack;
import java.util.List;
import java.util.stream.Stream;

/// What must hold before a promotion changes anything. Pure: the same situation gives the same
/// gates. What is not known blocks like what is wrong.
public final class Gates {
    private Gates() {}

    /// Every gate, in the order people read them.
    public static List<Gate> of(Stack stack, World.Bounds bounds, Situation situation) {
        return Stream.of(
                        new CommitGates(stack, situation).all(),
                        new ReviewGates(stack, situation).all(),
                        new MigrationGates(situation).all(),
                        new WorkerGates(stack, situation).all(),
                        new ProviderGates(stack, bounds, situation).all(),
                        new WriterGates(stack, situation).all())
                .flatMap(List::stream)
                .toList();
    }
}
