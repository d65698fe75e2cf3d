package dev.slipway.operation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A journal that forgets everything at the end of the test.
public final class MemoryJournal implements Journal {
    private final Map<String, Plan> plans = new HashMap<>();
    private final List<Entry> entries = new ArrayList<>();

    @Override
    public Entry begin(Plan plan, Event.Started started, Moment at) {
        plans.put(plan.id(), plan);
        return append(plan.id(), started, at);
    }

    @Override
    public Entry append(String plan, Event event, Moment at) {
        var entry = new Entry(entries.size() + 1, plan, at, event, "");
        entries.add(entry);
        return entry;
    }

    @Override
    public List<Entry> entries(String plan) {
        return entries.stream().filter(e -> e.plan().equals(plan)).toList();
    }

    @Override
    public Optional<Plan> plan(String id) {
        return Optional.ofNullable(plans.get(id));
    }
}
