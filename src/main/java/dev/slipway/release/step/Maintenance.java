package dev.slipway.release.step;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.cloudflare.Route;
import dev.slipway.domain.Provider;
import dev.slipway.operation.Observation;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.Sending;
import dev.slipway.operation.StepScope;
import dev.slipway.operation.StepWork;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Lets another Worker answer at the hostname of one, or no longer: with a route of the whole hostname,
/// which goes before its custom domain. A route that is there already is given to that Worker and back.
public record Maintenance(Cloudflare cloudflare) implements StepWork {
    /// The step.
    ///
    /// @param where whose hostname
    /// @param on whether maintenance begins
    public static PlanStep step(String key, Where where, boolean on) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("zone", where.zone());
        parameters.put("pattern", where.pattern());
        parameters.put("by", where.by());
        parameters.put("on", Boolean.toString(on));
        where.before().ifPresent(script -> parameters.put("before", script));
        return PlanStep.mutation(key, Provider.CLOUDFLARE, parameters);
    }

    /// Where it answers.
    ///
    /// @param zone id
    /// @param pattern the whole hostname, `shop.example.com/*`
    /// @param by script that answers
    /// @param before script to which a route of this pattern leads otherwise; empty when there is no such route
    public record Where(String zone, String pattern, String by, Optional<String> before) {}

    private static Where where(PlanStep step) {
        return new Where(
                step.parameter("zone"),
                step.parameter("pattern"),
                step.parameter("by"),
                Optional.ofNullable(step.parameters().get("before")));
    }

    private static boolean on(StepScope scope) {
        return Boolean.parseBoolean(scope.step().parameter("on"));
    }

    @Override
    public Observation observe(StepScope scope) {
        var where = where(scope.step());
        var route = route(where);
        var script = route.flatMap(Route::script);
        var evidence = Map.of("pattern", where.pattern(), "script", script.orElse("none"));
        var answers = script.equals(Optional.of(where.by()));
        if (answers == on(scope)) {
            return Observation.Done.seen(evidence);
        }
        if (on(scope)
                && (route.isPresent() || where.before().isPresent())
                && !script.equals(where.before())) {
            return new Observation.Foreign(
                    where.pattern()
                            + " leads elsewhere than when this was planned, to "
                            + script.orElse("no Worker")
                            + ". It was left so.",
                    evidence);
        }
        return Observation.Absent.seen(evidence);
    }

    private Optional<Route> route(Where where) {
        return cloudflare.routes(where.zone()).stream()
                .filter(r -> r.pattern().equals(where.pattern()))
                .findFirst();
    }

    @Override
    public Receipt send(StepScope scope, Sending sending) {
        var where = where(scope.step());
        var route = route(where);
        var script = on(scope) ? Optional.of(where.by()) : where.before();
        if (route.isEmpty()) {
            cloudflare.addRoute(where.zone(), where.pattern(), where.by());
        } else if (script.isEmpty()) {
            cloudflare.removeRoute(where.zone(), route.get().id());
        } else {
            cloudflare.setRoute(where.zone(), new Route(route.get().id(), where.pattern(), script));
        }
        return Receipt.NONE;
    }
}
