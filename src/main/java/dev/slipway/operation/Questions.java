package dev.slipway.operation;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/// Questions to several remotes that are under way at the same time, each on a virtual thread. One may wait
/// for the answer to another.
public final class Questions implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /// Asks.
    ///
    /// @return waits for the answer; throws what the question threw
    public <T> Supplier<T> ask(Supplier<T> question) {
        var asked = threads.submit(question::get);
        return () -> get(asked);
    }

    private static <T> T get(Future<T> asked) {
        try {
            return asked.get();
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

    /// Waits for every answer.
    @Override
    public void close() {
        threads.close();
    }
}
