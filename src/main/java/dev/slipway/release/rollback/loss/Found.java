package dev.slipway.release.rollback.loss;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Counts what differs, and keeps the keys of the newest lost rows.
final class Found implements TableMerge.Listener {
    private final int most;
    private final PriorityQueue<Lost> newest =
            new PriorityQueue<>(Comparator.comparingDouble(Lost::newness));
    long lost;
    long changed;
    long returning;

    private record Lost(List<String> key, double newness) {}

    /// @param most how many keys are kept
    Found(int most) {
        this.most = most;
    }

    @Override
    public void lost(List<String> key, double newness) {
        lost++;
        newest.add(new Lost(key, newness));
        if (newest.size() > most) {
            newest.remove();
        }
    }

    @Override
    public void changed(List<String> key) {
        changed++;
    }

    @Override
    public void returning(List<String> key) {
        returning++;
    }

    /// Keys of the newest lost rows, newest first.
    List<List<String>> newest() {
        var sorted = new ArrayList<>(newest);
        sorted.sort(Comparator.comparingDouble(Lost::newness).reversed());
        return sorted.stream().map(Lost::key).toList();
    }
}
