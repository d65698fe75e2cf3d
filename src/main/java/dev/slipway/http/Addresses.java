package dev.slipway.http;

import dev.slipway.domain.World;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/// Which network addresses may be spoken to.
public final class Addresses {
    private Addresses() {}

    /// Whether an address leads into this machine or a private network, where a name somebody else
    /// controls must not lead.
    public static boolean isPrivate(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || carrierGrade(address)
                || uniqueLocal(address);
    }

    /// Whether a world's policy lets its adapters speak to `address`.
    public static boolean allowed(World.Transport policy, InetAddress address) {
        return policy.loopback() || !isPrivate(address);
    }

    /// The address a URL's host part is, empty when it is a name. No name is looked up.
    static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host.replaceAll("^\\[|]$", "")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// 100.64.0.0/10, RFC 6598.
    private static boolean carrierGrade(InetAddress address) {
        var bytes = address.getAddress();
        return bytes.length == 4 && (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64;
    }

    /// fc00::/7, RFC 4193.
    private static boolean uniqueLocal(InetAddress address) {
        return address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
    }
}
