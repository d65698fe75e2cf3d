package dev.slipway.sandbox.postgres;

import dev.slipway.domain.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The lines of history of a world, one cluster each.
///
/// A line that leaves another one costs a note. Its cluster is made when it is first started: a
/// copy of an older state of the ancestor, brought forward by replaying the ancestor's own
/// write-ahead log up to the moment it was left. So every branch is real, whole data of that moment,
/// and a moment can be any position or any commit in the kept history. Safe for many threads.
public final class Timelines implements AutoCloseable {
    /// Replaying more bytes than this takes longer than copying afresh.
    private static final long REPLAY_LIMIT = 64L << 20;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path home;
    private final InstantSource clock;
    private final PostgresBinaries binaries;
    private final Unprivileged unprivileged;
    private final ClusterTemplate template;
    private final Secret password;
    private final long replayLimit;
    private final Map<String, Line> lines = new ConcurrentHashMap<>();

    private static final class Line {
        private final ReentrantLock lock = new ReentrantLock();
        private volatile Timeline timeline;
        private volatile @Nullable PostgresServer server;
        private volatile Map<String, String> settings = Map.of();
        private volatile boolean fresh;

        Line(Timeline timeline) {
            this.timeline = timeline;
        }

        Optional<PostgresServer> running() {
            return Optional.ofNullable(server).filter(PostgresServer::alive);
        }
    }

    /// A cluster that was asked for.
    ///
    /// @param fresh whether it was made just now, so that it has the passwords of its ancestor
    public record Started(PostgresServer server, boolean fresh) {}

    /// Opens the lines kept in `home`; unpacks Postgres into `cache` when that is needed.
    public Timelines(Path home, Path cache, InstantSource clock) {
        this(home, cache, clock, REPLAY_LIMIT);
    }

    Timelines(Path home, Path cache, InstantSource clock, long replayLimit) {
        this.replayLimit = replayLimit;
        this.home = home;
        this.clock = clock;
        this.binaries = PostgresBinaries.in(cache);
        this.unprivileged = Unprivileged.here();
        this.template = ClusterTemplate.in(cache, binaries, unprivileged);
        try {
            Files.createDirectories(home);
            var secret = home.resolve("superuser");
            if (!Files.exists(secret)) {
                PrivateFile.write(secret, template.password().reveal());
            }
            this.password = Secret.of(Files.readString(secret));
            try (var folders = Files.list(home)) {
                for (var folder : folders.filter(Files::isDirectory).toList()) {
                    read(folder);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + home, e);
        }
    }

    private void read(Path folder) throws IOException {
        var note = folder.resolve("timeline.json");
        if (!Files.exists(note)) {
            Folders.delete(folder);
            return;
        }
        var timeline = JSON.readValue(Files.readString(note), Timeline.class);
        lines.put(timeline.id(), new Line(timeline));
    }

    /// A new, empty line.
    public String create() {
        var id = newId();
        var folder = home.resolve(id);
        try {
            Files.createDirectories(folder.resolve("bases"));
            Folders.share(template.data(), folder.resolve("bases/0"));
            Folders.copy(template.data(), folder.resolve("data"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + folder, e);
        }
        var now = clock.instant();
        var start = ControlFile.of(template.data()).checkpoint();
        keep(
                new Line(
                        new Timeline(
                                id,
                                Optional.empty(),
                                Optional.empty(),
                                1,
                                now,
                                List.of(new Timeline.Base("0", start.toString(), now)),
                                false)));
        return id;
    }

    /// A new line that leaves `of` at a point. Its cluster is made now only when the point is a
    /// time, because only replaying tells where that is.
    ///
    /// @throws HistoryException when the point is in the future or before the line's own history
    public String fork(String of, Point point) {
        var parent = line(of);
        parent.lock.lock();
        try {
            return parent.timeline.hasCluster()
                    ? forkCluster(parent, point)
                    : forkNote(parent.timeline, point);
        } finally {
            parent.lock.unlock();
        }
    }

    /// Without a cluster nothing was written since the line was left, so leaving it is leaving its
    /// ancestor at the same place.
    private String forkNote(Timeline parent, Point point) {
        switch (point) {
            case Point.Head _ -> {}
            case Point.At(var lsn) -> Moments.check(parent, parent.start(), lsn);
            case Point.When(var instant) -> Moments.check(parent, clock.instant(), instant);
        }
        return leave(parent.ancestor().orElseThrow(), parent.start());
    }

    private String forkCluster(Line parent, Point point) {
        var id = parent.timeline.id();
        return switch (point) {
            case Point.Head _ -> {
                var head = head(parent);
                yield leave(id, head);
            }
            case Point.At(var lsn) -> {
                Moments.check(parent.timeline, head(parent), lsn);
                yield leave(id, lsn);
            }
            case Point.When(var instant) -> {
                Moments.check(parent.timeline, clock.instant(), instant);
                // Recovery to a time ends only at a later commit, so there has to be one.
                Moments.mark(start(parent).server());
                yield leaveAt(parent.timeline, instant);
            }
        };
    }

    private String leave(String ancestor, Lsn at) {
        var id = newId();
        keep(new Line(note(id, ancestor, Optional.of(at.toString()))));
        return id;
    }

    private String leaveAt(Timeline parent, Instant instant) {
        var line = new Line(note(newId(), parent.id(), Optional.empty()));
        line.lock.lock();
        try {
            materialise(line, new Point.When(instant)).stop();
            line.server = null;
            lines.put(line.timeline.id(), line);
            return line.timeline.id();
        } finally {
            line.lock.unlock();
        }
    }

    private Timeline note(String id, String ancestor, Optional<String> from) {
        return new Timeline(id, Optional.of(ancestor), from, 0, clock.instant(), List.of(), false);
    }

    /// The end of a line's data. Something is always written after it, so that recovery to it ends.
    private Lsn head(Line line) {
        var running = line.running();
        if (running.isEmpty()) {
            var control = ControlFile.of(data(line.timeline));
            if (control.clean()) {
                return control.checkpoint();
            }
        }
        var server = running.orElseGet(() -> start(line).server());
        var head = Moments.mark(server);
        var newest = chain(line.timeline).getFirst().bases();
        var replay = newest.isEmpty() ? line.timeline.start() : newest.getLast().lsn();
        if (head.minus(replay) > replayLimit) {
            var base = Bases.take(server, data(line.timeline), bases(line.timeline), clock);
            keep(line, line.timeline.with(base));
        }
        return head;
    }

    /// Where a line left its ancestor; empty for a first one.
    public Optional<Lsn> origin(String id) {
        var timeline = line(id).timeline;
        return timeline.ancestor().isEmpty() ? Optional.empty() : timeline.from().map(Lsn::parse);
    }

    /// Starts the cluster of a line unless it runs; makes it when there is none yet.
    public Started start(String id) {
        return start(id, line(id).settings);
    }

    /// Starts it with settings of its own, such as the name of the branch it stands for. They count
    /// from its next start on.
    public Started start(String id, Map<String, String> settings) {
        var line = line(id);
        line.lock.lock();
        try {
            line.settings = settings;
            var started = start(line);
            line.fresh = false;
            return started;
        } finally {
            line.lock.unlock();
        }
    }

    private Started start(Line line) {
        var running = line.running();
        if (running.isPresent()) {
            return new Started(running.get(), line.fresh);
        }
        if (!line.timeline.hasCluster()) {
            return new Started(materialise(line, new Point.At(line.timeline.start())), line.fresh);
        }
        var server =
                PostgresServer.start(
                        binaries, unprivileged, data(line.timeline), password, line.settings);
        line.server = server;
        return new Started(server, line.fresh);
    }

    private PostgresServer materialise(Line line, Point until) {
        var timeline = line.timeline;
        var ancestor = line(timeline.ancestor().orElseThrow()).timeline;
        var chain = chain(ancestor);
        var base = Bases.newest(chain, until);
        var folder = home.resolve(timeline.id());
        var data = folder.resolve("data");
        try {
            Files.createDirectories(folder.resolve("bases"));
            Folders.delete(data);
            Folders.copy(bases(base.line()).resolve(base.base().folder()), data);
            Files.writeString(data.resolve("recovery.signal"), "");
            unprivileged.own(data);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + folder, e);
        }
        var logs = chain.stream().map(t -> data(t).resolve("pg_wal")).toList();
        var settings = new LinkedHashMap<>(line.settings);
        settings.putAll(Moments.recovery(until, ancestor.number(), Platform.fetch(logs)));
        var server = PostgresServer.start(binaries, unprivileged, data, password, settings);
        line.server = server;
        line.fresh = true;
        var number = Moments.number(server);
        keep(line, timeline.materialised(number, Moments.leftAt(data, number)));
        return server;
    }

    /// A line and those its history comes from, nearest first.
    private List<Timeline> chain(Timeline timeline) {
        var chain = new ArrayList<Timeline>();
        Optional<String> next = Optional.of(timeline.id());
        while (next.isPresent()) {
            var link = line(next.get()).timeline;
            chain.add(link);
            next = link.ancestor();
        }
        return chain;
    }

    /// The port of the cluster of a line while it runs.
    public Optional<Integer> port(String id) {
        return line(id).running().map(PostgresServer::port);
    }

    /// Stops the cluster of a line; what was committed stays.
    public void stop(String id) {
        var line = line(id);
        line.lock.lock();
        try {
            line.running().ifPresent(PostgresServer::stop);
            line.server = null;
        } finally {
            line.lock.unlock();
        }
    }

    /// Gives a line up. Its data goes as soon as no other line's history needs it.
    public void delete(String id) {
        stop(id);
        var line = line(id);
        keep(line, line.timeline.retire());
        sweep();
    }

    private synchronized void sweep() {
        var needed = new java.util.HashSet<String>();
        for (var line : lines.values()) {
            if (!line.timeline.retired()) {
                chain(line.timeline).forEach(link -> needed.add(link.id()));
            }
        }
        for (var id : List.copyOf(lines.keySet())) {
            if (!needed.contains(id)) {
                lines.remove(id);
                Folders.delete(home.resolve(id));
            }
        }
    }

    private void keep(Line line) {
        keep(line, line.timeline);
        lines.put(line.timeline.id(), line);
    }

    private void keep(Line line, Timeline timeline) {
        line.timeline = timeline;
        try {
            var folder = home.resolve(timeline.id());
            Files.createDirectories(folder);
            PrivateFile.write(folder.resolve("timeline.json"), JSON.writeValueAsString(timeline));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep " + timeline.id(), e);
        }
    }

    private Line line(String id) {
        var line = lines.get(id);
        if (line == null) {
            throw new IllegalArgumentException("no timeline " + id);
        }
        return line;
    }

    private Path data(Timeline timeline) {
        return home.resolve(timeline.id()).resolve("data");
    }

    private Path bases(Timeline timeline) {
        return home.resolve(timeline.id()).resolve("bases");
    }

    private static String newId() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /// Removes every line and its data; all clusters are stopped.
    public void removeEverything() {
        close();
        lines.clear();
        Folders.delete(home);
    }

    /// Stops every cluster, all at the same time.
    @Override
    public void close() {
        var stopping =
                lines.keySet().stream()
                        .map(id -> Thread.startVirtualThread(() -> stop(id)))
                        .toList();
        for (var thread : stopping) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
