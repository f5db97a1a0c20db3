package org.zegel.app.throwaway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Throwaway keys that a daemon serves at all doors, until this is closed. */
public interface ServedKeys extends AutoCloseable {
    /** Where the daemon is, and whom messages can be encrypted to (PEM, by name). */
    record Address(Path home, Map<String, String> certificates, int httpPort) {
        public Address {
            certificates = Map.copyOf(certificates);
        }

        /** The certificate of that name, in PEM. */
        public String certificate(String name) {
            String found = certificates.get(name);
            if (found == null) {
                throw new IllegalArgumentException("the daemon has no certificate for " + name);
            }
            return found;
        }
    }

    /** Where it is. */
    Address address() throws IOException;

    @Override
    void close();
}
