package dev.slipway.release.rollback;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.cloudflare.Route;
import dev.slipway.cloudflare.Script;
import dev.slipway.cloudflare.Zone;
import dev.slipway.release.step.Maintenance;
import dev.slipway.stack.Stack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How another Worker would answer in place of all of production.
///
/// @param by script of that Worker
/// @param where at which hostname, by the name of the Worker in whose place
/// @param problems why it cannot, one sentence each
/// @param beside what goes on beside it, one sentence each
public record MaintenanceFacts(
        String by,
        Map<String, Maintenance.Where> where,
        List<String> problems,
        List<String> beside) {
    public MaintenanceFacts {
        where = new LinkedHashMap<>(where);
        problems = List.copyOf(problems);
        beside = List.copyOf(beside);
    }

    /// Reads it.
    ///
    /// @param by script of the Worker `slipway.yaml` names
    static MaintenanceFacts of(Stack stack, Cloudflare cloudflare, String by) {
        var problems = new ArrayList<String>();
        var beside = new ArrayList<String>();
        var where = new LinkedHashMap<String, Maintenance.Where>();
        if (cloudflare.scripts().stream().map(Script::name).noneMatch(by::equals)) {
            problems.add("The account has no Worker " + by + ".");
        }
        var zone =
                cloudflare.zones().stream()
                        .filter(z -> z.name().equals(stack.cloudflare().zone()))
                        .findFirst()
                        .map(Zone::id);
        if (zone.isEmpty()) {
            problems.add("The token does not see the zone " + stack.cloudflare().zone() + ".");
            return new MaintenanceFacts(by, where, problems, beside);
        }
        var routes = cloudflare.routes(zone.get());
        for (var worker : stack.workers()) {
            if (!worker.hostname().endsWith("." + stack.cloudflare().zone())
                    && !worker.hostname().equals(stack.cloudflare().zone())) {
                problems.add(
                        worker.hostname()
                                + " is not in the zone "
                                + stack.cloudflare().zone()
                                + ", so no route leads from it.");
                continue;
            }
            var pattern = worker.hostname() + "/*";
            var whole = routes.stream().filter(r -> r.pattern().equals(pattern)).findFirst();
            where.put(
                    worker.name(),
                    new Maintenance.Where(zone.get(), pattern, by, whole.flatMap(Route::script)));
            routes.stream()
                    .filter(r -> !r.pattern().equals(pattern))
                    .filter(r -> r.pattern().contains(worker.hostname() + "/"))
                    .forEach(r ->
                            beside.add(
                                    "Requests for "
                                            + r.pattern()
                                            + " still reach "
                                            + r.script().orElse("no Worker")
                                            + "."));
        }
        return new MaintenanceFacts(by, where, problems, beside);
    }

    /// The route of one Worker; empty when there can be none.
    Optional<Maintenance.Where> of(String worker) {
        return Optional.ofNullable(where.get(worker));
    }
}
