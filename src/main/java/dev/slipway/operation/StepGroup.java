package dev.slipway.operation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Steps of a plan that people count as one. What they say of themselves is said once; that a part
/// touches or leaves nothing is only worth a word when all of them do.
///
/// @param key of the group, such as `stage`
/// @param parts in order, at least one
public record StepGroup(String key, List<PlanStep> parts) {
    private static final Set<String> NOTHING = Set.of("nothing", "nothing to undo");

    public StepGroup {
        parts = List.copyOf(parts);
    }

    static List<StepGroup> of(List<PlanStep> steps) {
        return steps.stream()
                .collect(
                        Collectors.groupingBy(
                                PlanStep::group, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(group -> new StepGroup(group.getKey(), group.getValue()))
                .toList();
    }

    /// What is done.
    public String title() {
        return String.join("; ", said(PlanStep::title));
    }

    /// What is changed, by provider: `Cloudflare: web, auth; GitHub: tags`.
    public String touches() {
        var places = new LinkedHashMap<String, List<String>>();
        for (var text : said(PlanStep::touches)) {
            int colon = text.indexOf(": ");
            places.computeIfAbsent(text.substring(0, Math.max(colon, 0)), _ -> new ArrayList<>())
                    .add(text.substring(colon < 0 ? 0 : colon + 2));
        }
        return places.entrySet().stream()
                .map(place ->
                        (place.getKey().isEmpty() ? "" : place.getKey() + ": ")
                                + String.join(", ", place.getValue()))
                .collect(Collectors.joining("; "));
    }

    /// How it is undone.
    public String undo() {
        return String.join("; ", said(PlanStep::undo));
    }

    /// What happens when a part fails.
    public String ifFails() {
        return String.join("; ", said(PlanStep::ifFails));
    }

    private List<String> said(Function<PlanStep, String> field) {
        var all = parts.stream().map(field).filter(text -> !text.isEmpty()).distinct().toList();
        var more = all.stream().filter(text -> !NOTHING.contains(text)).toList();
        return more.isEmpty() ? all.stream().limit(1).toList() : more;
    }
}
