package dev.slipway.ui.kit;

import dev.slipway.ui.kit.Background.Problem;
import java.util.function.Consumer;

/// Background work of one page, of which only the one asked for last is shown: what an earlier one says or
/// answers after that is not taken in. FX thread only, except where it says otherwise.
public final class Latest {
    private final Background background;
    private int turn;

    public Latest(Background background) {
        this.background = background;
    }

    /// Blocking work.
    public interface Work<T> {
        /// Does it.
        ///
        /// @param tell changes what is shown meanwhile, from any thread
        T with(Consumer<Runnable> tell) throws Exception;
    }

    /// Does `work` elsewhere and gives its result to `done`, or to `failed` why there is none.
    public <T> void start(Work<T> work, Consumer<T> done, Consumer<Problem> failed) {
        forget();
        var mine = turn;
        Consumer<Runnable> ifLatest =
                change -> {
                    if (mine == turn) {
                        change.run();
                    }
                };
        background.start(
                () -> work.with(change -> background.tell(() -> ifLatest.accept(change))),
                given -> ifLatest.accept(() -> done.accept(given)),
                why -> ifLatest.accept(() -> failed.accept(why)));
    }

    /// What is under way is not waited for any more.
    public void forget() {
        turn++;
    }
}
