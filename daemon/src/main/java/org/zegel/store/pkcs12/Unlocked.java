package org.zegel.store.pkcs12;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.zegel.model.Failure;
import org.zegel.model.Secret;

/**
 * The opened key file: its private keys and what is needed to write it again, but not the passphrase. Closing wipes it.
 *
 * @param file the bytes it was read from; empty before the first write
 */
record Unlocked(byte[] file, List<ImportedIdentity> identities, Salts salts, PasswordKeys keys)
        implements AutoCloseable {
    Unlocked {
        identities = List.copyOf(identities);
    }

    /** A new store that is not written yet. Takes over the secret. */
    static Unlocked create(Secret passphrase, int iterations) throws Failure {
        PasswordKeys keys = new PasswordKeys(passphrase);
        return derived(new byte[0], List.of(), Salts.fresh(iterations), keys);
    }

    /** Opens with a passphrase, which it takes over; fails as imports do. */
    static Unlocked open(byte[] file, Secret passphrase, int iterations) throws Failure {
        return open(file, new PasswordKeys(passphrase), iterations);
    }

    /** Opens a file that was written since with the same passphrase and salts; the keys stay valid for both. */
    Unlocked reopen(byte[] changed, int iterations) throws Failure {
        return open(changed, keys, iterations);
    }

    private static Unlocked open(byte[] file, PasswordKeys keys, int iterations) throws Failure {
        try {
            Pfx pfx = KeyFileReader.pfx(file);
            if (pfx.getMacData() == null) {
                throw ImportProblem.DAMAGED.failure();
            }
            List<ImportedIdentity> found =
                    KeyFileReader.readPkcs12(file, Passphrase.of(keys)).identities();
            Salts salts = Salts.of(pfx, iterations).orElseGet(() -> Salts.fresh(iterations));
            return derived(file, found, salts, keys);
        } catch (Failure failed) {
            keys.close();
            throw failed;
        }
    }

    /** Derives what writing will need, and forgets the passphrase. */
    private static Unlocked derived(byte[] file, List<ImportedIdentity> found, Salts salts, PasswordKeys keys)
            throws Failure {
        Arrays.fill(salts.encryptionKey(keys), (byte) 0);
        Arrays.fill(salts.macKey(keys), (byte) 0);
        keys.forgetPassphrase();
        return new Unlocked(file, found, salts, keys);
    }

    Optional<ImportedIdentity> find(X509Certificate certificate) {
        return identities.stream()
                .filter(identity -> identity.certificate().equals(certificate))
                .findFirst();
    }

    /** The same store with other contents, as a file; proves that it can be read before anyone relies on it. */
    byte[] encode(List<ImportedIdentity> contents) throws Failure {
        byte[] written = new Pkcs12Writer(salts, keys).write(contents);
        List<ImportedIdentity> again =
                KeyFileReader.readPkcs12(written, Passphrase.of(keys)).identities();
        boolean same = again.size() == contents.size();
        again.forEach(ImportedIdentity::close);
        if (!same) {
            throw new IllegalStateException("the key file would not hold what it should");
        }
        return written;
    }

    @Override
    public void close() {
        keys.close();
        identities.forEach(ImportedIdentity::close);
    }

    @Override
    public String toString() {
        return "Unlocked[redacted]";
    }
}
