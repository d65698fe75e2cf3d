package dev.slipway.release.rollback.loss;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Counts what differs, and keeps the keys of the newest lost rows.
final class Found implements TableMerge.Listener {
    private final int most;
    private final PriorityQueue<Difference> newest =
            new PriorityQueue<>(Comparator.comparingDouble(Difference::newness));
    long lost;
    long changed;
    long returning;

    /// @param most how many keys are kept
    Found(int most) {
        this.most = most;
    }

    @Override
    public void differs(Difference difference) {
        switch (difference.kind()) {
            case LOST -> {
                lost++;
                keep(difference);
            }
            case CHANGED -> changed++;
            case RETURNING -> returning++;
        }
    }

    private void keep(Difference difference) {
        newest.add(difference);
        if (newest.size() > most) {
            newest.remove();
        }
    }

    /// Keys of the newest lost rows, newest first.
    List<List<String>> newest() {
        var sorted = new ArrayList<>(newest);
        sorted.sort(Comparator.comparingDouble(Difference::newness).reversed());
        return sorted.stream().map(Difference::key).toList();
    }
}
