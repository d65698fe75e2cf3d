package dev.slipway.faults;

import dev.slipway.cli.SlipwayProcess;
import dev.slipway.faults.WireProxy.Damage;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A promotion over a wire that damages some requests, from its first step on.
final class DamagedWire implements Loops.Blow {
    /// Of a hundred.
    private static final int READINGS = 4;

    private static final int CHANGES = 25;

    /// So that a promotion comes to an end of its own.
    private static final int MOST = 8;

    /// How long an answer is waited for, so that a wire that stands still costs little.
    private static final int PATIENCE = 4_000;

    private static final List<Damage> ALL =
            List.of(Damage.values()).subList(1, Damage.values().length);

    private static final String CHANGE = " change";

    private @Nullable Round last;
    private int doubled;

    @Override
    public List<String> strikes(Round round, int pull, JsonNode shown, Random random)
            throws Exception {
        var on = new AtomicBoolean();
        var done = new ArrayList<String>();
        var world = round.world();
        var file = world.sandbox().worldFile();
        try (var github = proxy(file.github(), on, random, done);
                var neon = proxy(file.neon(), on, random, done);
                var cloudflare = proxy(file.cloudflare(), on, random, done)) {
            var line =
                    file.line()
                            .replace(file.github().toString(), github.address())
                            .replace(file.neon().toString(), neon.address())
                            .replace(file.cloudflare().toString(), cloudflare.address())
                            .replaceAll("\"(readMs|mutationMs)\":\\d+", "\"$1\":" + PATIENCE);
            var through = world.write("wire-" + System.nanoTime() + ".json", line);
            try (var process = round.promote(world.home(), through, pull, shown)) {
                process.reaches(SlipwayProcess.begins("claim-lock"));
                on.set(true);
                process.finish();
            }
        }
        synchronized (done) {
            if (!round.equals(last)) {
                last = round;
                doubled = 0;
            }
            doubled += Collections.frequency(done, Damage.DUPLICATE + CHANGE);
            return List.copyOf(done);
        }
    }

    /// A request the wire doubled may be carried out twice where a provider takes no key; nothing else
    /// may stand twice.
    @Override
    public List<String> differences(Picture picture, Picture expected) {
        var all = new ArrayList<>(picture.once().differences(expected.once()));
        int doubles = picture.doubles() - expected.doubles();
        if (doubles > doubled) {
            all.add(doubles + " things stand twice, and the wire doubled " + doubled);
        }
        return all;
    }

    private static WireProxy proxy(URI server, AtomicBoolean on, Random random, List<String> done) {
        return new WireProxy(
                server,
                (method, _) -> {
                    synchronized (done) {
                        boolean reading = method.equals("GET");
                        if (!on.get()
                                || done.size() >= MOST
                                || random.nextInt(100) >= (reading ? READINGS : CHANGES)) {
                            return Damage.NONE;
                        }
                        var damage = ALL.get(random.nextInt(ALL.size()));
                        done.add(damage + (reading ? " reading" : CHANGE));
                        return damage;
                    }
                });
    }
}
