package dev.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.cloudflare.Deployment;
import dev.slipway.cloudflare.Share;
import dev.slipway.domain.Provider;
import dev.slipway.github.GitHub;
import dev.slipway.operation.Fence;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// The look from time to time and the look before a change see the same things: what the one saw
/// first must hold up the other, which would find nothing new.
class BystandersBesideTest {
    private static final PlanStep WEB = shift("traffic-10.web");
    private static final PlanStep API = shift("traffic-10.api");

    private final Plan plan =
            Plan.of(
                    "0123456789ab",
                    "promotion",
                    "r2",
                    "acme",
                    Instant.EPOCH,
                    Map.of("live.web", "v1"),
                    List.of(WEB, API));
    private List<Deployment> deployments = List.of(deployment("d1", "v1", "wrangler"));
    private final Bystanders bystanders =
            new Bystanders(
                    plan,
                    only(Cloudflare.class, "deployments", () -> deployments),
                    only(GitHub.class, "none", List::of),
                    _ -> {
                        throw new AssertionError("the plan names no database");
                    },
                    true);

    @Test
    void whatWasSeenAsideStopsTheNextChange() {
        assertThat(bystanders.look(false)).isEmpty();
        deployments = List.of(deployment("d2", "v1", "dash"));

        assertThat(bystanders.look(false).orElseThrow()).contains("d@x (dash)");

        assertThat(clear(WEB))
                .isInstanceOfSatisfying(
                        Fence.Clearance.PauseAsked.class,
                        asked -> assertThat(asked.reason()).contains("d@x (dash)"));
    }

    @Test
    void whatWasSeenAsideStopsAChangeOfAStepThatHasBegun() {
        assertThat(clear(WEB)).isEqualTo(new Fence.Clearance.Clear());
        deployments = List.of(deployment("d2", "v1", "dash"));

        assertThat(bystanders.look(false)).isPresent();

        assertThat(clear(API)).isInstanceOf(Fence.Clearance.PauseAsked.class);
    }

    private Fence.Clearance clear(PlanStep step) {
        return bystanders.clear(new Fence.Passage(plan, step, false, Duration.ofSeconds(1)));
    }

    private static PlanStep shift(String key) {
        return PlanStep.mutation(
                key, Provider.CLOUDFLARE, Map.of("script", "web-production", "worker", "web"));
    }

    private static Deployment deployment(String id, String version, String source) {
        return new Deployment(
                id,
                Instant.EPOCH,
                Optional.of("d@x"),
                source,
                Optional.empty(),
                List.of(new Share(version, 100)));
    }

    private static <T> T only(Class<T> port, String name, Supplier<Object> answer) {
        return port.cast(
                Proxy.newProxyInstance(
                        port.getClassLoader(),
                        new Class<?>[] {port},
                        (_, method, _) -> {
                            if (!method.getName().equals(name)) {
                                throw new AssertionError(method + " is not to be called");
                            }
                            return answer.get();
                        }));
    }
}
