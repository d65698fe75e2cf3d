package dev.slipway.ui.wizard;

import dev.slipway.release.rollback.LookListener;
import dev.slipway.release.rollback.loss.TableLoss;
import java.util.function.Consumer;

/// Says how far a look is, a sentence without its full stop.
///
/// @param say hears it, on the thread that looks
record Looking(Consumer<String> say) implements LookListener {
    @Override
    public void counted(int done, int all, TableLoss table) {
        say.accept("Counting, %d of %d tables".formatted(done, all));
    }

    @Override
    public void waiting(String sentence) {
        say.accept(sentence);
    }

    @Override
    public void opened(String branch) {
        say.accept("Counting in " + branch);
    }
}
