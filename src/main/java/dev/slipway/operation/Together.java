package dev.slipway.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// How a step asks several remotes in one look. A simulation asks them one after the other.
@FunctionalInterface
public interface Together {
    /// The answers in the order of the questions; the first failure is thrown.
    <T> List<T> ask(List<Supplier<T>> questions);

    /// All at once, each on a virtual thread.
    static Together atOnce() {
        return AtOnce.INSTANCE;
    }

    /// See [#atOnce].
    final class AtOnce implements Together {
        private static final AtOnce INSTANCE = new AtOnce();

        private AtOnce() {}

        @Override
        public <T> List<T> ask(List<Supplier<T>> questions) {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var asked = questions.stream().map(q -> threads.submit(q::get)).toList();
                var answers = new ArrayList<T>();
                for (var one : asked) {
                    answers.add(one.get());
                }
                return answers;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while asking", e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException known) {
                    throw known;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
    }
}
