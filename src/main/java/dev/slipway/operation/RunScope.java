package dev.slipway.operation;

import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// The scope of one look or one attempt.
record RunScope(
        RunState run,
        PlanStep step,
        StepScope.Purpose purpose,
        int sending,
        Map<String, String> notes,
        BooleanSupplier asked,
        Safeguards.Marks marks,
        Happening.Listener listener)
        implements StepScope {
    @Override
    public Plan plan() {
        return run.plan();
    }

    @Override
    public boolean mine(String text) {
        return marks.carry(text, mark());
    }

    @Override
    public boolean ours(String text) {
        return marks.carry(text, plan().marks());
    }

    @Override
    public Optional<String> output(String name) {
        return run.output(name);
    }

    @Override
    public Map<String, String> captured(String key) {
        return run.of(key).intent().map(Event.Intended::captured).orElse(Map.of());
    }

    @Override
    public boolean begun(String key) {
        return run.begun(key);
    }

    @Override
    public Optional<Long> epoch() {
        return output(RunState.EPOCH).map(Long::valueOf);
    }

    @Override
    public int attempt() {
        return sending > 0 ? sending : run.of(step).attempts();
    }

    @Override
    public Map<String, String> receipt() {
        return run.of(step).receipt();
    }

    @Override
    public boolean pauseAsked() {
        return asked.getAsBoolean();
    }

    @Override
    public void progress(double done, String text) {
        listener.happened(new Happening.Progress(step, done, text, notes()));
    }

    @Override
    public void log(Level level, String text) {
        listener.happened(new Happening.Line(step, level, text));
    }
}
