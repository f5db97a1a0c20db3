package org.zegel.trust.network;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses are the public internet's. A certificate's URL is a stranger's: it must not make Zegel speak to the
 * machine itself or to what stands beside it.
 */
final class AddressRules {
    /** Networks that are not the internet's, of IANA's special-purpose registry (RFC 6890). */
    private static final List<Network> LOCAL = List.of(
            Network.of("0.0.0.0", 8),
            Network.of("10.0.0.0", 8),
            Network.of("100.64.0.0", 10),
            Network.of("127.0.0.0", 8),
            Network.of("169.254.0.0", 16),
            Network.of("172.16.0.0", 12),
            Network.of("192.0.0.0", 24),
            Network.of("192.0.2.0", 24),
            Network.of("192.88.99.0", 24),
            Network.of("192.168.0.0", 16),
            Network.of("198.18.0.0", 15),
            Network.of("198.51.100.0", 24),
            Network.of("203.0.113.0", 24),
            Network.of("224.0.0.0", 3),
            Network.of("2001::", 23),
            Network.of("2001:db8::", 32),
            Network.of("3fff::", 20));

    private static final Network GLOBAL_UNICAST = Network.of("2000::", 3);
    private static final Network SIX_TO_FOUR = Network.of("2002::", 16);
    private static final Network NAT64 = Network.of("64:ff9b::", 96);

    private AddressRules() {}

    /** Addresses that no policy allows: nothing to fetch is there. */
    static boolean impossible(InetAddress address) {
        return address.isAnyLocalAddress() || address.isMulticastAddress() || isBroadcast(address);
    }

    /** Whether the address is one of the public internet. */
    static boolean isPublic(InetAddress address) {
        return switch (address) {
            case Inet4Address four -> LOCAL.stream().noneMatch(network -> network.contains(four));
            case Inet6Address six -> isPublic(six);
            default -> false;
        };
    }

    private static boolean isPublic(Inet6Address address) {
        byte[] bytes = address.getAddress();
        if (NAT64.contains(address)) {
            return isPublic(four(bytes, 12));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return isPublic(four(bytes, 2));
        }
        return GLOBAL_UNICAST.contains(address) && LOCAL.stream().noneMatch(network -> network.contains(address));
    }

    private static boolean isBroadcast(InetAddress address) {
        return Arrays.equals(address.getAddress(), new byte[] {-1, -1, -1, -1});
    }

    private static InetAddress four(byte[] bytes, int at) {
        return address(Arrays.copyOfRange(bytes, at, at + 4));
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private record Network(byte[] prefix, int bits) {
        static Network of(String literal, int bits) {
            return new Network(InetAddress.ofLiteral(literal).getAddress(), bits);
        }

        boolean contains(@Nullable InetAddress address) {
            byte @Nullable [] bytes = address == null ? null : address.getAddress();
            if (bytes == null || bytes.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if (((bytes[bit / 8] ^ prefix[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
