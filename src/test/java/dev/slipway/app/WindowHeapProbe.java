package dev.slipway.app;

import dev.slipway.log.LogRow.Channel;
import dev.slipway.log.LogRow.Level;
import dev.slipway.stack.StackFile;
import dev.slipway.ui.desk.Preferences;
import dev.slipway.ui.desk.Services;
import dev.slipway.ui.screens.HeadlessToolkit;
import dev.slipway.ui.window.Earlier;
import dev.slipway.ui.window.SlipwayWindow;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javafx.scene.Scene;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.robot.Robot;
import javafx.stage.Window;

/// The window of a world in a process of its own, which prints what its heap holds once every preview
/// and a full log are on screen.
final class WindowHeapProbe implements SlipwayWindow.Opening {
    private static final int TRIES = 1_200;

    private final WorldSession session;

    private WindowHeapProbe(WorldSession session) {
        this.session = session;
    }

    /// @param arguments home, world file, lines, previews
    static void main(String[] arguments) throws InterruptedException {
        var home = new Home(Path.of(arguments[0])).create();
        new PreferencesFile(home.preferences()).write(Preferences.DEFAULT.afterWelcome());
        var world = WorldFile.read(Path.of(arguments[1]));
        var session =
                new WorldSession(
                        Clock.systemUTC(),
                        home,
                        world,
                        StackFile.read(world.stack().orElseThrow()),
                        () -> {});
        for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
            session.log()
                    .line(
                            Channel.HEALTH,
                            "auth",
                            i % 97 == 0 ? Level.ERROR : Level.INFO,
                            "GET /session/" + i + " 200 41 ms, version v19be echoed, db ok");
        }
        var previews = Integer.parseInt(arguments[3]);
        Thread.ofPlatform().daemon().start(() -> measure(previews));
        SlipwayWindow.run(new WindowHeapProbe(session), Clock.systemUTC(), ZoneId.systemDefault());
    }

    private static void measure(int previews) {
        try {
            until(() -> scene().map(scene -> rows(scene) == previews).orElse(false));
            press(KeyCode.DIGIT4);
            until(() -> scene().map(scene -> scene.lookup(".log-pane") != null).orElse(false));
            press(KeyCode.DIGIT1);
            until(() -> scene().map(scene -> rows(scene) == previews).orElse(false));
            var memory = ManagementFactory.getMemoryMXBean();
            for (int i = 0; i < 3; i++) {
                memory.gc();
            }
            System.out.println("heap " + (memory.getHeapMemoryUsage().getUsed() >> 20));
            Runtime.getRuntime().halt(0);
        } catch (InterruptedException | RuntimeException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static Optional<Scene> scene() {
        return Window.getWindows().stream().findFirst().map(Window::getScene);
    }

    private static int rows(Scene scene) {
        return scene.lookup(".data-table") instanceof TableView<?> table
                ? table.getItems().size()
                : 0;
    }

    private static void press(KeyCode key) throws InterruptedException {
        HeadlessToolkit.call(() -> {
            var robot = new Robot();
            robot.keyPress(KeyCode.CONTROL);
            robot.keyPress(key);
            robot.keyRelease(key);
            robot.keyRelease(KeyCode.CONTROL);
            return key;
        });
    }

    /// Waits for the window as a person would; there is nobody who could tell.
    private static void until(BooleanSupplier there) throws InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            try {
                if (HeadlessToolkit.call(there::getAsBoolean)) {
                    return;
                }
            } catch (IllegalStateException e) {
                // The toolkit is still starting.
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("the window never showed what was waited for");
    }

    @Override
    public Optional<Earlier> earlier() {
        return Optional.empty();
    }

    @Override
    public Services open(Consumer<String> progress) {
        return session;
    }

    @Override
    public boolean explorable() {
        return false;
    }

    @Override
    public Services explore(Consumer<String> progress) {
        return session;
    }

    @Override
    public Optional<Path> renewable() {
        return Optional.empty();
    }

    @Override
    public Services renew(Consumer<String> progress) {
        return session;
    }

    @Override
    public void close() {
        session.close();
    }
}
