package dev.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.domain.Provider;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanShelfTest {
    @TempDir Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

    private PlanShelf shelf() {
        return new PlanShelf(folder.resolve("plans"), now::get);
    }

    private static Plan plan(String target) {
        return Plan.of(
                "0123456789ab",
                "promotion",
                target,
                "world",
                Instant.EPOCH,
                Map.of("commit", target),
                List.of(PlanStep.mutation("merge", Provider.GITHUB, Map.of())));
    }

    @Test
    void aPlanIsFoundByAnotherProcessAndReadByItsOwnerAlone() throws Exception {
        shelf().put(plan("r42"));

        assertThat(shelf().find(plan("r42").hash())).contains(plan("r42"));
        assertThat(shelf().find(plan("r43").hash())).isEmpty();
        assertThat(shelf().find("../../tokens")).isEmpty();
        try (var files = Files.list(folder.resolve("plans"))) {
            assertThat(files)
                    .singleElement()
                    .satisfies(file ->
                            assertThat(
                                            PosixFilePermissions.toString(
                                                    Files.getPosixFilePermissions(file)))
                                    .isEqualTo("rw-------"));
        }
    }

    @Test
    void aPlanThatWasBegunIsInTheJournalAndNoLongerHere() {
        shelf().put(plan("r42"));

        shelf().begun(plan("r42"));

        assertThat(shelf().find(plan("r42").hash())).isEmpty();
    }

    @Test
    void aPlanNobodyBeganGoesAfterAWeek() {
        shelf().put(plan("r42"));
        now.set(now.get().plus(Duration.ofDays(6)));
        shelf().put(plan("r43"));
        assertThat(shelf().find(plan("r42").hash())).isPresent();

        now.set(now.get().plus(Duration.ofDays(2)));
        shelf().put(plan("r44"));

        assertThat(shelf().find(plan("r42").hash())).isEmpty();
        assertThat(shelf().find(plan("r44").hash())).isPresent();
    }
}
