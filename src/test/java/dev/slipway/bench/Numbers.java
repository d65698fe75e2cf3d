package dev.slipway.bench;

import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.Locale;

/// Prints what was measured beside what is promised, and how busy the machine was.
public final class Numbers {
    private Numbers() {}

    /// One line: what, measured, target, held or missed, load of the last minute.
    public static void row(String what, String measured, String target, boolean held) {
        System.out.printf(
                Locale.ROOT,
                "| %-68s | %-44s | %-12s | %-6s | %4.1f |%n",
                what,
                measured,
                target,
                held ? "held" : "missed",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /// One line of what is worth knowing and not promised.
    public static void row(String what, String measured) {
        System.out.printf(
                Locale.ROOT,
                "| %-68s | %-44s | %-12s | %-6s | %4.1f |%n",
                what,
                measured,
                "",
                "",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /// The value below which `percent` of all lie.
    public static double percentile(Collection<Double> values, int percent) {
        var sorted = values.stream().sorted().toList();
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    /// Middle and worst of some times.
    public static String spread(Collection<Double> values, String unit) {
        return String.format(
                Locale.ROOT,
                "p50 %.2f p95 %.2f max %.2f %s, n=%d",
                percentile(values, 50),
                percentile(values, 95),
                percentile(values, 100),
                unit,
                values.size());
    }
}
