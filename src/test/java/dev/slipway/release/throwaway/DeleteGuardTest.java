package dev.slipway.release.throwaway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.http.RawServer;
import dev.slipway.http.Transport;
import dev.slipway.http.Worlds;
import dev.slipway.neon.HttpNeon;
import dev.slipway.operation.journal.SingleWriter.Holder;
import dev.slipway.production.Databases;
import dev.slipway.stack.StackFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// Whatever Neon says and whatever is written down as ours: a request to delete leaves only for the
/// branch that was written down, by its id, with its name and mark, that nothing depends on.
class DeleteGuardTest {
    private static final int RUNS = 1_500;
    private static final String MARK = "slipway:0123abcd:rehearsal";
    private static final String NAME = "slipway/0123abcd/rehearsal";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final List<String> NAMES =
            List.of(NAME, NAME + "2", "production", "Production", "main", "pr-482", "slipway/*");
    private static final List<String> MARKS = List.of(MARK, MARK + "x", "", "*");

    /// A branch as Neon may tell of it.
    private record Told(
            String id,
            String name,
            Optional<String> parent,
            boolean standard,
            boolean guarded,
            String mark) {
        static Told random(Random random, int number) {
            return new Told(
                    "br-" + number,
                    NAMES.get(random.nextInt(10) < 5 ? 0 : random.nextInt(NAMES.size())),
                    random.nextInt(6) == 0
                            ? Optional.empty()
                            : Optional.of("br-" + random.nextInt(20)),
                    random.nextInt(6) == 0,
                    random.nextInt(6) == 0,
                    MARKS.get(random.nextInt(10) < 6 ? 0 : random.nextInt(MARKS.size())));
        }

        /// The same a moment later, perhaps somebody else's by now.
        Told later(Random random, int number) {
            return random.nextInt(4) == 0 ? random(random, number) : this;
        }

        boolean removable(List<Told> all, String debt) {
            return id.equals(debt)
                    && name.equals(NAME)
                    && mark.equals(MARK)
                    && parent.isPresent()
                    && !standard
                    && !guarded
                    && all.stream().noneMatch(b -> b.parent().equals(Optional.of(id)));
        }

        String json() {
            var node = JSON.createObjectNode();
            node.put("id", id);
            node.put("name", name);
            parent.ifPresent(p -> node.put("parent_id", p));
            node.put("current_state", "ready");
            node.put("default", standard);
            node.put("protected", guarded);
            node.put("created_at", "2026-11-28T05:00:00Z");
            node.put("updated_at", "2026-11-28T05:00:00Z");
            return JSON.writeValueAsString(node);
        }

        String annotation() {
            return "{\"object\":{\"type\":\"branch\",\"id\":\"%s\"},\"value\":{\"slipway-mark\":\"%s\"}}"
                    .formatted(id, mark);
        }
    }

    @Test
    void onlyWhatIsOursAndNobodyElsesLeaves() throws Exception {
        var example = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
        var page = example.matcher(Files.readString(Path.of("docs/slipway-yaml.md")));
        assertThat(page.find()).isTrue();
        var stack =
                StackFile.read("slipway.yaml", page.group(1).getBytes(StandardCharsets.UTF_8))
                        .stack();
        var told = new AtomicReference<>(new World(List.of(), Optional.empty(), 0));
        int deleted = 0;
        int kept = 0;
        try (var server = new RawServer(request -> reply(request, told.get()))) {
            var transport = new Transport(Worlds.at(server.address()), InstantSource.system());
            var neon = new HttpNeon(transport, stack.neon().project());
            var removal =
                    new BranchRemoval(
                            Worlds.QUICK, neon, new Databases(neon, stack), InstantSource.system());
            for (long seed = 0; seed < RUNS; seed++) {
                var random = new Random(seed);
                var debt = "br-" + (random.nextInt(8) == 0 ? 9 : random.nextInt(4));
                var world = World.random(random, stack.neon().branch(), debt, server.count());
                told.set(world);

                removal.of(
                        new Debt(
                                Debt.Kind.BRANCH,
                                NAME,
                                MARK,
                                stack.neon().project(),
                                Optional.of(debt),
                                Instant.EPOCH,
                                Holder.self("boot", "session"),
                                ""));

                var sent =
                        server.received().stream()
                                .skip(world.before())
                                .filter(request -> !request.method().equals("GET"))
                                .map(request -> request.method() + " " + request.target())
                                .toList();
                boolean removable =
                        world.now().filter(b -> b.removable(world.listed(), debt)).isPresent();
                if (sent.isEmpty()) {
                    kept++;
                } else {
                    assertThat(removable).as("seed %d: %s", seed, world).isTrue();
                    assertThat(sent)
                            .as("seed %d", seed)
                            .singleElement()
                            .asString()
                            .startsWith("DELETE ")
                            .endsWith("/branches/" + debt);
                    deleted++;
                }
            }
        }
        assertThat(deleted).isGreaterThan(RUNS / 50);
        assertThat(kept).isGreaterThan(RUNS / 2);
    }

    /// What Neon lists, and what it says a moment later of the one that was written down.
    ///
    /// @param before requests that had come before
    private record World(List<Told> listed, Optional<Told> now, int before) {
        static World random(Random random, String production, String debt, int before) {
            var listed = new ArrayList<Told>();
            int count = 1 + random.nextInt(4);
            for (int i = 0; i < count; i++) {
                listed.add(Told.random(random, i));
            }
            listed.add(new Told("br-9", production, Optional.empty(), false, false, MARK));
            var now =
                    listed.stream()
                            .filter(b -> b.id().equals(debt))
                            .findFirst()
                            .map(b -> b.later(random, Integer.parseInt(debt.substring(3))));
            return new World(listed, now, before);
        }
    }

    private static RawServer.Reply reply(RawServer.Received request, World world) {
        if (request.method().equals("DELETE")) {
            return RawServer.Reply.of(204, "");
        }
        if (request.target().matches(".*/branches/br-\\d+")) {
            // Asked again after it was deleted, it is gone.
            boolean first = request.number() - world.before() <= 2;
            return world.now()
                    .filter(_ -> first)
                    .map(b ->
                            RawServer.Reply.of(
                                    200,
                                    "{\"branch\":%s,\"annotation\":%s}"
                                            .formatted(b.json(), b.annotation())))
                    .orElseGet(() -> RawServer.Reply.of(404, "{\"message\":\"gone\"}"));
        }
        return RawServer.Reply.of(
                200,
                "{\"branches\":[%s],\"annotations\":{%s}}"
                        .formatted(
                                joined(world.listed().stream().map(Told::json)),
                                joined(
                                        world.listed().stream()
                                                .map(b ->
                                                        "\"" + b.id() + "\":" + b.annotation()))));
    }

    private static String joined(Stream<String> parts) {
        return parts.collect(Collectors.joining(","));
    }
}
