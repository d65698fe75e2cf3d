package dev.slipway.app;

import dev.slipway.release.throwaway.ThrowAways;

/// Removes what is made to be thrown away when the process is told to end, by SIGINT or SIGTERM, while
/// it is in use. Closing this means that the session ended as it should.
final class Ending implements AutoCloseable {
    private final Thread hook;

    /// @param say hears what is removed
    Ending(ThrowAways throwAways, SlipwayProgram.Say say) {
        hook = Thread.ofPlatform().unstarted(() -> end(throwAways, say));
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private static void end(ThrowAways throwAways, SlipwayProgram.Say say) {
        var open = throwAways.open();
        throwAways.close();
        if (!open.isEmpty()) {
            var left = throwAways.left().left();
            say.say(
                    "warn",
                    "Slipway was asked to end. Nothing of production was changed; removed: "
                            + String.join(", ", open)
                            + ".");
            left.forEach(debt -> say.say("warn", debt.sentence()));
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook does what is left to do.
            return;
        }
    }
}
