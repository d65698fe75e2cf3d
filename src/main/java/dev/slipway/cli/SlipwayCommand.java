package dev.slipway.cli;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.InputException;
import dev.slipway.domain.RefusedException;
import dev.slipway.operation.JournalException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;

/// `slipway`: without a command it opens the window. Turns what went wrong into a sentence and an
/// exit code; a person never sees a stack trace.
@Command(
        name = "slipway",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        versionProvider = SlipwayCommand.Version.class,
        usageHelpAutoWidth = true,
        description =
                "Release manager for Cloudflare Workers on Neon Postgres. Without a command it"
                        + " opens the window.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, partial readings included",
            "2:found wrong without asking a remote; nothing was changed",
            "3:refused after asking; nothing was changed",
            "4:stopped; the message says what production runs now",
            "5:paused, or needs an operator"
        })
public final class SlipwayCommand implements Callable<Integer> {
    /// By name, in the order of the help.
    private static final SequencedMap<String, Class<?>> COMMANDS = commands();

    private final Program program;
    private final InstantSource clock;
    private final UnaryOperator<String> mask;

    @Mixin private CommonOptions common = new CommonOptions();

    private @Nullable CommandLine line;

    private SlipwayCommand(Program program, InstantSource clock, UnaryOperator<String> mask) {
        this.program = program;
        this.clock = clock;
        this.mask = mask;
    }

    private static SequencedMap<String, Class<?>> commands() {
        var all = new LinkedHashMap<String, Class<?>>();
        all.put("sandbox", SandboxCommand.class);
        all.put("connect", ConnectCommand.class);
        all.put("previews", ReadCommands.Previews.class);
        all.put("production", ReadCommands.Production.class);
        all.put("health", ReadCommands.Health.class);
        all.put("logs", LogsCommand.class);
        all.put("lock", LockCommand.class);
        all.put("rehearse", RehearseCommand.class);
        all.put("promote", PromoteCommand.class);
        all.put("repair", RepairCommand.class);
        all.put("rollback", RollbackCommand.class);
        all.put("look", LookCommand.class);
        all.put("drill", DrillCommand.class);
        all.put("rescue", RescueCommand.class);
        all.put("heal", HealCommand.class);
        all.put("hold", HoldCommand.Hold.class);
        all.put("unhold", HoldCommand.Unhold.class);
        all.put("operations", OperationsCommand.class);
        all.put("pause", PauseCommand.class);
        all.put("resume", ResumeCommand.class);
        all.put("screens", ScreensCommand.class);
        return Collections.unmodifiableSequencedMap(all);
    }

    /// The names of all commands.
    public static Set<String> names() {
        return COMMANDS.keySet();
    }

    /// Runs the command of `arguments` and returns its exit code.
    ///
    /// @param mask hides what must not be seen
    public static int run(
            Program program,
            InstantSource clock,
            UnaryOperator<String> mask,
            PrintWriter out,
            PrintWriter err,
            String... arguments) {
        var line = understanding(program, clock, mask, arguments).setOut(out).setErr(err);
        line.setParameterExceptionHandler((e, given) -> {
            var json = List.of(given).contains("--json");
            new Output(out, err, json, clock, mask).log("error", Usage.sentence(e));
            return Exit.INPUT;
        });
        return line.execute(arguments);
    }

    /// Knows the commands that are named, which is enough: to describe them all takes as long as to show
    /// the first frame of the window. Only help and mistakes need the others.
    private static CommandLine understanding(
            Program program, InstantSource clock, UnaryOperator<String> mask, String... arguments) {
        var named = new LinkedHashSet<>(COMMANDS.keySet());
        named.retainAll(List.of(arguments));
        try {
            var few = line(program, clock, mask, named);
            if (!few.parseArgs(arguments).isUsageHelpRequested()) {
                return few;
            }
        } catch (ParameterException _) {
            // All of them know what was meant.
        }
        return line(program, clock, mask);
    }

    /// All commands with their options.
    static CommandLine line(Program program, InstantSource clock, UnaryOperator<String> mask) {
        return line(program, clock, mask, COMMANDS.keySet());
    }

    private static CommandLine line(
            Program program,
            InstantSource clock,
            UnaryOperator<String> mask,
            Collection<String> commands) {
        var top = new SlipwayCommand(program, clock, mask);
        var line = new CommandLine(top);
        for (var name : commands) {
            line.addSubcommand(name, COMMANDS.get(name));
        }
        // It reaches the commands that are there.
        line.setCaseInsensitiveEnumValuesAllowed(true);
        top.line = line;
        return line;
    }

    @Override
    public Integer call() {
        return guarded(common, output -> program.window(common, output));
    }

    private interface Body {
        int run(Output output);
    }

    private int guarded(CommonOptions options, Body body) {
        var all = line;
        if (all == null) {
            throw new IllegalStateException("not run by the command line");
        }
        var output = new Output(all.getOut(), all.getErr(), options.json(), clock, mask);
        try {
            return body.run(output);
        } catch (InputException e) {
            e.problems().forEach(problem -> output.log("error", problem));
            return Exit.INPUT;
        } catch (RefusedException e) {
            e.reasons().forEach(reason -> output.log("error", reason));
            return Exit.REFUSED;
        } catch (FailureException e) {
            output.log("error", refused(e.failure()));
            return Exit.REFUSED;
        } catch (JournalException e) {
            output.log("error", e.sentence());
            return Exit.INPUT;
        } catch (RuntimeException e) {
            output.log("error", fault(options, e));
            return Exit.STOPPED;
        }
    }

    /// What a provider's failure means to a person when nothing was changed before it.
    static String refused(Failure failure) {
        return failure.sentence()
                + ". Nothing was changed."
                + failure.remedy().map(remedy -> " " + remedy).orElse("");
    }

    /// What a person is told of a mistake in Slipway itself: it may have struck in the middle of
    /// something, so it does not claim that nothing was changed.
    private String fault(CommonOptions options, RuntimeException e) {
        var code = "SW-" + Integer.toHexString(Objects.hash(clock.instant(), e.getMessage()));
        var details = new StringWriter();
        e.printStackTrace(new PrintWriter(details));
        return "Slipway made a mistake of its own ("
                + code
                + ") and stopped. \"slipway production\" shows what production runs now, \"slipway"
                + " operations\" whether anything is unfinished."
                + program.keepProblem(options, code, details.toString())
                        .map(file -> " Details for a report are in " + file + ".")
                        .orElse("");
    }

    /// A command below `slipway`. Common options may stand before or after its name.
    abstract static class Sub implements Callable<Integer> {
        /// A [SlipwayCommand], or the [Sub] this one stands below.
        @ParentCommand private @Nullable Object parent;

        @Mixin private CommonOptions own = new CommonOptions();

        private @Nullable CommonOptions merged;

        /// The common options, wherever they stood.
        CommonOptions common() {
            if (merged == null) {
                throw new IllegalStateException("not run by the command line");
            }
            return merged;
        }

        /// Does it.
        ///
        /// @return the exit code
        abstract int run(Program program, Output output);

        @Override
        public Integer call() {
            var top = top();
            var options = over();
            merged = options;
            return top.guarded(options, output -> run(top.program, output));
        }

        private SlipwayCommand top() {
            return switch (parent) {
                case SlipwayCommand top -> top;
                case Sub outer -> outer.top();
                case null, default ->
                        throw new IllegalStateException("not run by the command line");
            };
        }

        private CommonOptions over() {
            return own.over(parent instanceof Sub outer ? outer.over() : top().common);
        }
    }

    /// The version in the jar's manifest.
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = SlipwayCommand.class.getPackage().getImplementationVersion();
            return new String[] {"slipway " + (version == null ? "development" : version)};
        }
    }
}
