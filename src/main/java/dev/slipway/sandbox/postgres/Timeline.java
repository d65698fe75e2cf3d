package dev.slipway.sandbox.postgres;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is remembered of one line of history: where it left another one, and whether a cluster
/// has been made of it yet.
///
/// @param ancestor the line it left, always one that has a cluster; empty for a first one
/// @param from where it left the ancestor
/// @param number Postgres' own timeline number once there is a cluster, zero before
/// @param bornAt when it began; its own history reaches back to here
/// @param bases copies of it from which any later moment can be replayed, oldest first
/// @param retired whether nobody uses it any more, except lines that left it
record Timeline(
        String id,
        Optional<String> ancestor,
        Optional<String> from,
        int number,
        Instant bornAt,
        List<Base> bases,
        boolean retired) {

    /// A copy of a cluster.
    ///
    /// @param folder its name among the bases of the line
    /// @param consistentAt position from which the copy can be used
    record Base(String folder, String consistentAt, Instant takenAt) {
        Lsn lsn() {
            return Lsn.parse(consistentAt);
        }
    }

    Timeline {
        bases = List.copyOf(bases);
    }

    boolean hasCluster() {
        return number > 0;
    }

    /// Where its own history begins.
    Lsn start() {
        return from.map(Lsn::parse).orElseGet(() -> bases.getFirst().lsn());
    }

    Timeline materialised(int newNumber, Lsn leftAt) {
        return new Timeline(
                id, ancestor, Optional.of(leftAt.toString()), newNumber, bornAt, bases, retired);
    }

    Timeline with(Base base) {
        var more = new ArrayList<>(bases);
        more.add(base);
        return new Timeline(id, ancestor, from, number, bornAt, more, retired);
    }

    Timeline retire() {
        return new Timeline(id, ancestor, from, number, bornAt, bases, true);
    }
}
