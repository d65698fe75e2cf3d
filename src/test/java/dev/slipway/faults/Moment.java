package dev.slipway.faults;

import dev.slipway.cli.SlipwayProcess;
import java.util.Random;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// When a process is killed: so long after it began so many steps; before the first one, ten times so
/// long after its start, because that is spent on reading and planning.
record Moment(int steps, int millis) {
    private static final int LONGEST = 400;
    private static final Pattern BEGUN =
            Pattern.compile("\"event\":\"step-started\"[^\\n]*?\"step\":\"([^\"]+)\"");

    /// Where a process died that had begun no step.
    static final String PLANNING = "planning";

    /// What is said when it had ended before.
    static final String TOO_LATE = "its end";

    /// A moment of an operation of so many steps.
    static Moment random(Random random, int steps) {
        return new Moment(random.nextInt(steps + 1), random.nextInt(LONGEST));
    }

    /// Waits for it and kills the process without a word.
    ///
    /// @return the step it died in
    String strikes(SlipwayProcess process) throws Exception {
        boolean there = true;
        for (int step = 0; there && step < steps; step++) {
            there = process.reaches(Moment::begins);
        }
        if (there) {
            Thread.sleep(steps == 0 ? 10 * millis : millis);
        }
        boolean alive = process.alive();
        process.kill();
        process.finish();
        return alive ? lastStep(process.words()) : TOO_LATE;
    }

    private static boolean begins(JsonNode line) {
        return line.path("event").asString("").equals("step-started");
    }

    private static String lastStep(String words) {
        return BEGUN.matcher(words)
                .results()
                .map(found -> found.group(1))
                .reduce((_, last) -> last)
                .orElse(PLANNING);
    }
}
