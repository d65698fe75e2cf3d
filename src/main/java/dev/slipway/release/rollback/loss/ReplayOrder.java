package dev.slipway.release.rollback.loss;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/// In which order rows come back, so that what is referred to is there first. Pure.
///
/// @param tables parents before children
/// @param circle tables that refer to each other in a circle by keys that cannot wait for the end of the
///     transaction: there is no order for them
record ReplayOrder(List<TableName> tables, List<TableName> circle) {
    ReplayOrder {
        tables = List.copyOf(tables);
        circle = List.copyOf(circle);
    }

    /// The order of `tables`. A key of a table to itself needs none: its rows come in one statement.
    static ReplayOrder of(Collection<TableName> tables, List<ForeignKey> keys) {
        var binding =
                keys.stream()
                        .filter(key -> !key.deferrable() && !key.child().equals(key.parent()))
                        .toList();
        var left = new TreeSet<>(tables);
        var order = new ArrayList<TableName>();
        while (!left.isEmpty()) {
            var free =
                    left.stream()
                            .filter(table ->
                                    binding.stream()
                                            .noneMatch(key ->
                                                    key.child().equals(table)
                                                            && left.contains(key.parent())))
                            .toList();
            if (free.isEmpty()) {
                return new ReplayOrder(order, withoutDependants(left, binding));
            }
            order.addAll(free);
            free.forEach(left::remove);
        }
        return new ReplayOrder(order, List.of());
    }

    /// What is left holds the circle and tables that refer into it; the latter are not its cause.
    private static List<TableName> withoutDependants(
            TreeSet<TableName> left, List<ForeignKey> binding) {
        var circle = new TreeSet<>(left);
        while (circle.removeIf(
                table ->
                        binding.stream()
                                .noneMatch(key ->
                                        key.parent().equals(table)
                                                && circle.contains(key.child())))) {
            // Until only those are left that others of the circle refer to.
        }
        return List.copyOf(circle);
    }
}
