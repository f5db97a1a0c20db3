package org.zegel.trust.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a name; the connection goes to one of these and to nothing else. */
@FunctionalInterface
public interface NameResolver {
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /** The operating system's. */
    static NameResolver system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
