package dev.slipway.dns;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/// How a look-up ended.
public sealed interface Resolution {
    /// The name leads to addresses.
    ///
    /// @param addresses at least one, IPv4 first
    /// @param chain the names it went through, in order, without the first; empty without CNAME
    /// @param ttl how long the answer holds: the shortest of the chain
    record Resolved(List<InetAddress> addresses, List<String> chain, Duration ttl)
            implements Resolution {
        public Resolved {
            addresses = List.copyOf(addresses);
            chain = List.copyOf(chain);
        }
    }

    /// There is no such name.
    record NxDomain() implements Resolution {}

    /// The name exists but has no address.
    ///
    /// @param chain the names it went through, in order, without the first
    record NoAddress(List<String> chain) implements Resolution {
        public NoAddress {
            chain = List.copyOf(chain);
        }
    }

    /// The resolver failed or refused.
    ///
    /// @param detail its response code or what is wrong with its answer
    record ServFail(String detail) implements Resolution {}

    /// The resolver did not answer in time, or cannot be reached.
    record Timeout(Duration after) implements Resolution {}

    /// The CNAME records lead back to themselves or never end.
    record Loop(List<String> chain) implements Resolution {
        public Loop {
            chain = List.copyOf(chain);
        }
    }

    /// The name leads to an address this world does not allow: loopback or a private network.
    record PrivateAddress(List<InetAddress> addresses) implements Resolution {
        public PrivateAddress {
            addresses = List.copyOf(addresses);
        }
    }

    /// What was asked is no hostname.
    record BadName(String detail) implements Resolution {}

    /// Whether requests can be sent.
    default boolean resolved() {
        return this instanceof Resolved;
    }
}
