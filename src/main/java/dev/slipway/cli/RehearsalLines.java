package dev.slipway.cli;

import dev.slipway.release.RehearsalListener;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.OptionalLong;

/// Writes a line for each statement that was rehearsed, while it is.
record RehearsalLines(Output output) implements RehearsalListener {
    @Override
    public void stage(String sentence) {
        output.log("info", sentence);
    }

    @Override
    public void waiting(String sentence) {
        output.log("warn", sentence);
    }

    @Override
    public void done(Step step, Duration took, OptionalLong rows) {
        statement(step, took, "done", step.done(took, rows));
    }

    @Override
    public void failed(Step step, Duration took, String state, String message) {
        statement(step, took, "failed", step.failed(took, state, message));
    }

    private void statement(Step step, Duration took, String state, String text) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("migration", step.tag());
        fields.put("statement", step.number());
        fields.put("of", step.of());
        fields.put("state", state);
        fields.put("millis", took.toMillis());
        output.event("statement", fields, text);
    }
}
