package dev.slipway.cli;

import dev.slipway.domain.Failure;
import dev.slipway.domain.InputException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.domain.RefusedException;
import dev.slipway.health.Probe;
import dev.slipway.migration.Migration;
import dev.slipway.preview.Preview;
import dev.slipway.preview.PreviewList;
import dev.slipway.production.LiveWorker;
import dev.slipway.production.ProductionState;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The commands that only read. They work beside an open window.
final class ReadCommands {
    private ReadCommands() {}

    @Command(name = "previews", description = "Open pull requests with the state of their preview.")
    static final class Previews extends SlipwayCommand.Sub {
        @Parameters(
                arity = "0..1",
                paramLabel = "PR",
                description = "One pull request; its health is probed.")
        private @Nullable String number;

        @Override
        int run(Program program, Output output) {
            try (var session = program.open(common(), output)) {
                var list =
                        number == null
                                ? session.previews().refresh()
                                : session.previews().one(read(number));
                if (output.json()) {
                    output.document(PreviewJson.of(list));
                }
                var state = list.providers().get(Provider.GITHUB);
                var unread = state == null ? Optional.<Failure>empty() : state.failure();
                if (unread.isPresent() && list.previews().isEmpty()) {
                    throw new RefusedException(
                            "The pull requests cannot be read, so nothing can be shown: "
                                    + SlipwayCommand.refused(unread.get()));
                }
                if (!output.json()) {
                    print(output, list);
                }
                return Exit.DONE;
            }
        }

        private static PullRequestNumber read(String text) {
            var bare = text.startsWith("#") ? text.substring(1) : text;
            if (!bare.matches("[1-9][0-9]{0,8}")) {
                throw new InputException(
                        "\"" + text + "\" is no pull request number. Nothing was asked.");
            }
            return new PullRequestNumber(Integer.parseInt(bare));
        }

        private static void print(Output output, PreviewList list) {
            list.providers()
                    .forEach((who, state) ->
                            state.failure()
                                    .ifPresent(f ->
                                            output.log("warn", who.title() + ": " + f.sentence())));
            if (list.previews().isEmpty()) {
                output.line(
                        "No open pull requests. Previews appear here when a pull request is"
                                + " opened.");
            }
            for (var preview : list.previews()) {
                output.line(
                        "%-6s %-12s %-34s %-22s %s"
                                .formatted(
                                        preview.number(),
                                        preview.state().key(),
                                        shortened(preview.title(), 34),
                                        database(preview),
                                        preview.reason()));
            }
        }

        private static String database(Preview preview) {
            var branch =
                    preview.database()
                            .branch()
                            .orElse(
                                    preview.database().isolation() == Preview.Isolation.NONE
                                            ? "no database"
                                            : "database unknown");
            return preview.database()
                    .pending()
                    .filter(tags -> !tags.isEmpty())
                    .map(tags -> branch + " +" + tags.size() + " mig.")
                    .orElse(branch);
        }

        private static String shortened(String text, int length) {
            return text.length() <= length ? text : text.substring(0, length - 1) + "…";
        }
    }

    @Command(name = "production", description = "What production runs, and whether it fits.")
    static final class Production extends SlipwayCommand.Sub {
        private static final List<Provider> REMOTES =
                List.of(Provider.GITHUB, Provider.NEON, Provider.CLOUDFLARE);

        @Override
        int run(Program program, Output output) {
            try (var session = program.open(common(), output)) {
                var rollbacks = session.rollbacks();
                var scene = rollbacks.look();
                var state = scene.production();
                var back = rollbacks.answer(scene);
                var practice = session.drills().practice();
                if (output.json()) {
                    var document = ProductionJson.of(scene, back);
                    DrillCommand.put(document, practice);
                    output.document(document);
                }
                if (REMOTES.stream().allMatch(state.failures()::containsKey)) {
                    throw new RefusedException(
                            Stream.concat(
                                            REMOTES.stream()
                                                    .map(state.failures()::get)
                                                    .filter(Objects::nonNull)
                                                    .map(f -> f.sentence() + "."),
                                            Stream.of(
                                                    "Nothing of production can be read; nothing was"
                                                            + " changed."))
                                    .toList());
                }
                if (!output.json()) {
                    print(output, state);
                    scene.overtaken().forEach(o -> output.line("  " + o.sentence()));
                    output.line("  can we go back: " + back.sentence());
                    back.seconds()
                            .ifPresent(seconds ->
                                    output.line("  about " + seconds + " s: " + back.dependsOn()));
                    output.line("  practised: " + practice.sentence());
                }
                return Exit.DONE;
            }
        }

        private static void print(Output output, ProductionState state) {
            state.failures()
                    .forEach((who, why) -> output.log("warn", who.title() + ": " + why.sentence()));
            output.line(state.sentence());
            for (var worker : state.workers()) {
                output.line(
                        "  "
                                + worker.sentence()
                                + worker.only()
                                        .flatMap(LiveWorker.LiveVersion::commit)
                                        .map(c ->
                                                "  commit "
                                                        + c.substring(0, Math.min(7, c.length())))
                                        .orElse("")
                                + worker.doubt().map(d -> "  " + d).orElse(""));
            }
            state.schema().doubt().ifPresent(doubt -> output.line("  schema: " + doubt));
            state.schema()
                    .state()
                    .ifPresent(s ->
                            output.line(
                                    "  pending on base: "
                                            + (s.pending().isEmpty()
                                                    ? "none"
                                                    : s.pending().stream()
                                                            .map(Migration::tag)
                                                            .collect(Collectors.joining(", ")))));
            output.line("  health: " + state.health().key());
        }
    }

    @Command(name = "health", description = "Ask every production Worker how it is, now.")
    static final class Health extends SlipwayCommand.Sub {
        @Override
        int run(Program program, Output output) {
            try (var session = program.open(common(), output)) {
                var probes = session.production().probe();
                if (output.json()) {
                    var node = Output.object();
                    var array = node.putArray("probes");
                    probes.forEach(probe -> ProductionJson.probe(array.addObject(), probe));
                    output.document(node);
                } else {
                    probes.forEach(probe -> output.line(line(probe)));
                }
                return Exit.DONE;
            }
        }

        private static String line(Probe probe) {
            return "%-14s %s"
                    .formatted(
                            probe.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                            probe.line());
        }
    }
}
