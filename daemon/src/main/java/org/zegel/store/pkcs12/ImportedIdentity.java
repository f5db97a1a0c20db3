package org.zegel.store.pkcs12;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.zegel.model.Failure;

/**
 * A private key with its certificate, as found in a key file. Closing it wipes the key's bytes.
 *
 * @param pkcs8 the private key as DER PrivateKeyInfo (RFC 5208), without attributes
 * @param chain issuers found in the same file, nearest first
 */
public record ImportedIdentity(byte[] pkcs8, X509Certificate certificate, List<X509Certificate> chain)
        implements AutoCloseable {
    public ImportedIdentity {
        chain = List.copyOf(chain);
    }

    /** The key for use with the JCA; made anew at each call. */
    public PrivateKey privateKey() throws Failure {
        return PrivateKeys.decode(pkcs8);
    }

    /** The same with fewer issuers; this one where none goes, else with key bytes of its own. */
    ImportedIdentity without(Predicate<X509Certificate> issuers) {
        return chain.stream().noneMatch(issuers)
                ? this
                : new ImportedIdentity(
                        pkcs8.clone(),
                        certificate,
                        chain.stream().filter(issuers.negate()).toList());
    }

    @Override
    public void close() {
        Arrays.fill(pkcs8, (byte) 0);
    }

    @Override
    public String toString() {
        return "ImportedIdentity[redacted]";
    }
}
