package dev.slipway.operation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Does what may be done at once in threads of which exactly one runs: it goes on until it says that it
/// is another one's [#turn], so that changes overlap and a run can be played again all the same. What
/// ends one of them ends all.
///
/// The caller's thread does them one after the other for as long as none gives its turn away; only what
/// overlaps has a thread of its own.
public final class Braid implements Together {
    private final List<Strand> strands = new ArrayList<>();
    private final Semaphore done = new Semaphore(0);
    private @Nullable Throwable broken;

    private static final class Strand {
        private final Runnable work;
        private final Semaphore baton = new Semaphore(0);
        private boolean ended;
        private @Nullable Thread thread;

        private Strand(Runnable work) {
            this.work = work;
        }
    }

    private static final class Abandoned extends Error {
        private static final long serialVersionUID = 1L;

        private Abandoned() {
            super("another one was ended", null, false, false);
        }
    }

    @Override
    public <T> List<T> ask(List<Supplier<T>> questions) {
        var answers = new ArrayList<T>(Collections.nCopies(questions.size(), null));
        broken = null;
        strands.clear();
        for (int i = 0; i < questions.size(); i++) {
            var question = questions.get(i);
            int place = i;
            strands.add(new Strand(() -> answers.set(place, question.get())));
        }
        var next = next(strands.getLast());
        while (next.isPresent() && next.get().thread == null) {
            next.get().thread = Thread.currentThread();
            carryOut(next.get());
            next = next(next.get());
        }
        if (next.isPresent()) {
            next.get().baton.release();
            done.acquireUninterruptibly();
        }
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
        for (var strand : strands) {
            if (!strand.ended && Thread.currentThread().equals(strand.thread)) {
                next(strand).ifPresent(this::pass);
                strand.baton.acquireUninterruptibly();
                if (broken instanceof Error) {
                    throw new Abandoned();
                }
                return;
            }
        }
    }

    private void pass(Strand strand) {
        if (strand.thread != null) {
            strand.baton.release();
            return;
        }
        strand.thread =
                Thread.ofVirtual()
                        .unstarted(() -> {
                            carryOut(strand);
                            next(strand).ifPresentOrElse(this::pass, done::release);
                        });
        strand.thread.start();
    }

    private void carryOut(Strand strand) {
        try {
            if (!(broken instanceof Error)) {
                strand.work.run();
            }
        } catch (Throwable e) {
            broken = broken == null ? e : broken;
        }
        strand.ended = true;
    }

    /// Whose turn it is after `strand`, which may be its own; nobody's when all have ended.
    private Optional<Strand> next(Strand strand) {
        int from = strands.indexOf(strand);
        for (int i = 1; i <= strands.size(); i++) {
            var next = strands.get((from + i) % strands.size());
            if (!next.ended) {
                return Optional.of(next);
            }
        }
        return Optional.empty();
    }
}
