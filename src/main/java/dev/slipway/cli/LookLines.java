package dev.slipway.cli;

import dev.slipway.release.rollback.LookListener;
import dev.slipway.release.rollback.LossWords;
import dev.slipway.release.rollback.loss.TableLoss;
import java.util.Map;

/// Shows on standard error how far a look is.
record LookLines(Output output) implements LookListener {
    @Override
    public void waiting(String sentence) {
        output.log("info", sentence);
    }

    @Override
    public void opened(String branch) {
        output.event(
                "look",
                Map.of("branch", branch),
                "Looking into the branch " + branch + "; production is only read.");
    }

    @Override
    public void counted(int done, int all, TableLoss table) {
        output.event(
                "counted",
                Map.of("table", table.table().toString(), "done", done, "of", all),
                "Counted " + done + " of " + all + " tables: " + LossWords.table(table) + ".");
    }
}
