package dev.slipway.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Does what may be done at once in threads of which exactly one runs: it goes on until it says that it
/// is another one's [#turn], so that changes overlap and a run can be played again all the same. What
/// ends one of them ends all.
public final class Braid implements Together {
    private final List<Strand> strands = new ArrayList<>();
    private final Semaphore done = new Semaphore(0);
    private @Nullable Throwable broken;

    private final class Strand {
        private final Semaphore baton = new Semaphore(0);
        private boolean ended;
        private @Nullable Thread thread;
    }

    private static final class Abandoned extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public <T> List<T> ask(List<Supplier<T>> questions) {
        var answers = new ArrayList<T>();
        questions.forEach(_ -> answers.add(null));
        broken = null;
        strands.clear();
        questions.forEach(_ -> strands.add(new Strand()));
        for (int i = 0; i < questions.size(); i++) {
            var strand = strands.get(i);
            var question = questions.get(i);
            int place = i;
            strand.thread =
                    Thread.ofVirtual()
                            .start(() -> {
                                strand.baton.acquireUninterruptibly();
                                try {
                                    if (!(broken instanceof Error)) {
                                        answers.set(place, question.get());
                                    }
                                } catch (Throwable e) {
                                    broken = broken == null ? e : broken;
                                }
                                strand.ended = true;
                                pass(place);
                            });
        }
        strands.getFirst().baton.release();
        done.acquireUninterruptibly();
        strands.clear();
        if (broken instanceof Error error) {
            throw error;
        }
        if (broken instanceof RuntimeException failure) {
            throw failure;
        }
        return answers;
    }

    /// Lets the next one go on; nothing happens where nothing is done at once.
    public void turn() {
        for (int i = 0; i < strands.size(); i++) {
            var strand = strands.get(i);
            if (Thread.currentThread().equals(strand.thread)) {
                pass(i);
                strand.baton.acquireUninterruptibly();
                if (broken instanceof Error) {
                    throw new Abandoned();
                }
                return;
            }
        }
    }

    private void pass(int from) {
        for (int i = 1; i <= strands.size(); i++) {
            var next = strands.get((from + i) % strands.size());
            if (!next.ended) {
                next.baton.release();
                return;
            }
        }
        done.release();
    }
}
