package dev.slipway.app;

import dev.slipway.operation.Driver;
import dev.slipway.operation.Moment;
import dev.slipway.operation.journal.SingleWriter;
import dev.slipway.operation.lock.ProductionLock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;

/// Who works here, as the home, the journal and the production lock name it.
///
/// @param holder this process and its session
record ThisProcess(SingleWriter.Holder holder) {

    /// A new session of this process.
    static ThisProcess of(Clock clock) {
        return new ThisProcess(
                SingleWriter.Holder.self(Boot.id(clock), UUID.randomUUID().toString()));
    }

    /// As the journal names it.
    Driver.Seat seat() {
        return new Driver.Seat(machine(), holder.session());
    }

    /// As the production lock names it.
    ProductionLock.Person person(String login) {
        return new ProductionLock.Person(login, machine(), version());
    }

    /// The moments of `clock` in this run of the operating system.
    Moment.Source moments(Clock clock) {
        return Moment.Source.of(clock, System::nanoTime, holder.boot());
    }

    /// Whether the last writer of the home `folder` was this session of the journal, and is a living
    /// program.
    boolean writes(Path folder, String session) {
        return SingleWriter.last(folder)
                .filter(last -> last.session().equals(session))
                .map(last -> last.alive(holder.boot()))
                .orElse(false);
    }

    private static String version() {
        var version = ThisProcess.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "this machine";
        }
    }
}
