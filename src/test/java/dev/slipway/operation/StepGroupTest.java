package dev.slipway.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.domain.Provider;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepGroupTest {
    private static PlanStep step(String key, String touches, String undo, String ifFails) {
        return PlanStep.mutation(key, Provider.NEON, Map.of())
                .told("Do " + key, touches, undo, ifFails);
    }

    @Test
    void whatPartsSayIsSaidOnceAndNothingOnlyWhenNobodySaysMore() {
        var group =
                new StepGroup(
                        "traffic-10",
                        List.of(
                                step(
                                        "traffic-10.web",
                                        "Cloudflare: web",
                                        "automatic",
                                        "back to r41"),
                                step(
                                        "traffic-10.auth",
                                        "Cloudflare: auth",
                                        "automatic",
                                        "back to r41"),
                                step("traffic-10.tag", "GitHub: tags", "nothing to undo", "warn"),
                                step("traffic-10", "nothing", "nothing to undo", "")));

        assertThat(group.touches()).isEqualTo("Cloudflare: web, auth; GitHub: tags");
        assertThat(group.undo()).isEqualTo("automatic");
        assertThat(group.ifFails()).isEqualTo("back to r41; warn");
    }

    @Test
    void aGroupThatOnlyLooksSaysNothingOnce() {
        var looks =
                new StepGroup(
                        "settle",
                        List.of(
                                step("settle.web", "nothing", "nothing to undo", "stop"),
                                step("settle.auth", "nothing", "nothing to undo", "stop")));

        assertThat(looks.touches()).isEqualTo("nothing");
        assertThat(looks.undo()).isEqualTo("nothing to undo");
        assertThat(looks.ifFails()).isEqualTo("stop");
    }
}
