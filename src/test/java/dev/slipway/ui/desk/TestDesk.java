package dev.slipway.ui.desk;

import dev.slipway.domain.Provider;
import dev.slipway.domain.World;
import dev.slipway.log.Log;
import dev.slipway.operation.Arming;
import dev.slipway.operation.journal.Operations;
import dev.slipway.operation.journal.SingleWriter;
import dev.slipway.operation.lock.LockRecord;
import dev.slipway.operation.lock.LockStatus;
import dev.slipway.operation.lock.OwnRuns;
import dev.slipway.operation.lock.ProductionLock;
import dev.slipway.operation.lock.RefChain;
import dev.slipway.preview.PreviewList;
import dev.slipway.preview.Previews;
import dev.slipway.production.ProductionReader;
import dev.slipway.release.PlanShelf;
import dev.slipway.release.Promotions;
import dev.slipway.release.Rehearsals;
import dev.slipway.release.Repairs;
import dev.slipway.release.Situation.Reading;
import dev.slipway.release.Takeovers;
import dev.slipway.release.rollback.Answer;
import dev.slipway.release.rollback.Heals;
import dev.slipway.release.rollback.Holds;
import dev.slipway.release.rollback.Restores;
import dev.slipway.release.rollback.Rollbacks;
import dev.slipway.release.rollback.Scene;
import dev.slipway.release.rollback.rescue.Rescues;
import dev.slipway.release.throwaway.Debts;
import dev.slipway.release.throwaway.ThrowAways;
import dev.slipway.stack.Stack;
import dev.slipway.stack.StackFile;
import dev.slipway.ui.kit.Background;
import dev.slipway.ui.shell.Navigator;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.ShellModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A desk over records that a test builds. What could write is noted down, and refuses.
public final class TestDesk implements Services {
    public static final Instant NOW = Instant.parse("2026-11-21T14:02:11Z");
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private final Previews previews;
    private final Log log;
    private final Arming arming;
    private final Stack stack = stackOfTheDocumentation();

    /// What was asked for that could write.
    public final List<String> writes = new ArrayList<>();

    /// What was opened in a browser.
    public final List<URI> opened = new ArrayList<>();

    /// Previews an earlier session saved, or this one.
    public Optional<PreviewList> saved = Optional.empty();

    /// What was chosen last.
    public Preferences preferences = Preferences.DEFAULT.afterWelcome();

    public final Navigator navigator;
    public final Desk desk;

    public TestDesk(Previews previews) {
        this(previews, InstantSource.fixed(NOW), Place.Previews.ALL);
    }

    /// A desk whose time goes on and that stands somewhere else.
    public TestDesk(Previews previews, InstantSource clock, Place start) {
        this.previews = previews;
        log = new Log(clock, text -> text);
        arming = new Arming(clock);
        navigator = new Navigator(start);
        desk =
                new Desk(
                        this,
                        new ShellModel(),
                        navigator,
                        Background.inline(),
                        clock,
                        ZoneOffset.UTC,
                        opened::add);
    }

    /// A way back that nobody has found yet: no release is known.
    public WayBack wayBack() {
        return new WayBack(
                desk,
                (state, _) -> {
                    var scene =
                            new Scene(
                                    NOW,
                                    "kim",
                                    state,
                                    Reading.unknown("GitHub does not answer.", NOW),
                                    Map.of(),
                                    Map.of(),
                                    List.of(),
                                    Reading.unknown("GitHub does not answer.", NOW));
                    return new WayBack.Seen(
                            scene,
                            new Answer(
                                    Answer.Kind.LOOK_FIRST,
                                    Optional.empty(),
                                    "The releases are not known: GitHub does not answer.",
                                    Optional.empty()),
                            List.of());
                });
    }

    private static Stack stackOfTheDocumentation() {
        try {
            var text = Files.readString(Path.of("docs/slipway-yaml.md"));
            var example = EXAMPLE.matcher(text).results().findFirst().orElseThrow().group(1);
            return StackFile.read("slipway.yaml", example.getBytes(StandardCharsets.UTF_8)).stack();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public World world() {
        return new World(
                "test",
                "test",
                true,
                URI.create("http://127.0.0.1:1"),
                URI.create("http://127.0.0.1:1/api/v2"),
                URI.create("http://127.0.0.1:1/client/v4"),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                World.Transport.LIVE,
                World.Bounds.LIVE);
    }

    @Override
    public Stack stack() {
        return stack;
    }

    @Override
    public List<String> warnings() {
        return List.of();
    }

    @Override
    public String login() {
        return "kim";
    }

    @Override
    public Previews previews() {
        return previews;
    }

    @Override
    public ProductionReader production() {
        throw new IllegalStateException("given to the model by the test");
    }

    @Override
    public Operations operations() {
        throw new IllegalStateException("given to the model by the test");
    }

    @Override
    public LockStatus lock() {
        return new LockStatus(
                LockStatus.State.FREE,
                Optional.empty(),
                Optional.empty(),
                NOW,
                Duration.ofMinutes(10));
    }

    @Override
    public Takeovers takeovers() {
        var lock =
                new ProductionLock(
                        new RefChain() {
                            @Override
                            public Optional<Tip> tip() {
                                return Optional.empty();
                            }

                            @Override
                            public Optional<Tip> append(
                                    Optional<Tip> after,
                                    String message,
                                    Map<String, String> files) {
                                writes.add("lock");
                                throw new IllegalStateException("a page wrote to the lock");
                            }

                            @Override
                            public Optional<Tip> link(String sha) {
                                return Optional.empty();
                            }

                            @Override
                            public Optional<String> file(Tip link, String name) {
                                return Optional.empty();
                            }
                        },
                        "production",
                        () -> {
                            throw new IllegalStateException("a page claimed the lock");
                        },
                        Duration.ofMinutes(10),
                        () -> "",
                        InstantSource.fixed(NOW));
        return new Takeovers(
                lock,
                "production",
                new OwnRuns(_ -> Optional.empty()),
                () -> {
                    throw new IllegalStateException("a page took production over");
                },
                InstantSource.fixed(NOW));
    }

    @Override
    public Optional<LockRecord> askPause(String reason) {
        writes.add("askPause");
        throw new IllegalStateException("a page asked for a pause");
    }

    @Override
    public Promotions promotions() {
        writes.add("promotions");
        throw new IllegalStateException("a page asked for what promotes");
    }

    @Override
    public ThrowAways throwAways() {
        return new ThrowAways(
                new Debts(Path.of("target", "nothing-thrown-away")),
                Map.of(),
                List::of,
                SingleWriter.Holder.self("boot", "test"),
                desk::now,
                Duration.ofMillis(1));
    }

    @Override
    public Rehearsals rehearsals() {
        throw new IllegalStateException("a page asked for rehearsals");
    }

    @Override
    public Repairs repairs() {
        throw new IllegalStateException("a page asked for repairs");
    }

    @Override
    public Heals heals() {
        throw new IllegalStateException("no test heals through it");
    }

    @Override
    public Rollbacks rollbacks() {
        throw new IllegalStateException("given to the model by the test");
    }

    @Override
    public Restores restores() {
        throw new IllegalStateException("a page asked for restores");
    }

    @Override
    public Rescues rescues() {
        throw new IllegalStateException("a page asked for holds");
    }

    @Override
    public Holds holds() {
        throw new IllegalStateException("a page asked for holds");
    }

    @Override
    public PlanShelf plans() {
        throw new IllegalStateException("a page asked for plans");
    }

    @Override
    public Arming arming() {
        return arming;
    }

    @Override
    public Memory memory() {
        return new Memory() {
            @Override
            public Preferences preferences() {
                return preferences;
            }

            @Override
            public void keep(Preferences chosen) {
                preferences = chosen;
            }

            @Override
            public Optional<PreviewList> previews() {
                return saved;
            }

            @Override
            public void keep(PreviewList list) {
                saved = Optional.of(list);
            }

            @Override
            public Set<Provider> connected() {
                return Set.of(Provider.GITHUB);
            }

            @Override
            public Path home() {
                return Path.of("home");
            }
        };
    }

    @Override
    public Log log() {
        return log;
    }

    @Override
    public List<ShellModel.Budget> budgets() {
        return List.of();
    }
}
