package org.zegel.store.macos;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.zegel.store.LastUse;
import org.zegel.store.PatientCalls;

/**
 * A keychain that is not waited for without end: macOS may ask the person, and a card may be slow. While a key is in use
 * the keychain may be shut behind the question; what it had before is listed then.
 */
final class PatientKeychain implements Keychain {
    private final Keychain keychain;
    private final Duration listing;
    private final Duration use;
    private final PatientCalls listings = new PatientCalls();
    private final PatientCalls uses = new PatientCalls();
    private final AtomicInteger inUse = new AtomicInteger();
    private final Seen identities = new Seen();
    private final Seen certificates = new Seen();

    /**
     * @param listing how long a listing may take
     * @param use how long the use of a key may take, questions of macOS included
     */
    PatientKeychain(Keychain keychain, Duration listing, Duration use) {
        this.keychain = keychain;
        this.listing = listing;
        this.use = use;
    }

    /** What was there the last time. */
    private static final class Seen {
        private volatile Optional<List<byte[]>> last = Optional.empty();
    }

    @Override
    public List<byte[]> identities() throws KeychainError {
        return listed(identities, keychain::identities);
    }

    @Override
    public List<byte[]> certificates() throws KeychainError {
        return listed(certificates, keychain::certificates);
    }

    private List<byte[]> listed(Seen seen, PatientCalls.Call<List<byte[]>, KeychainError> call) throws KeychainError {
        Optional<List<byte[]>> last = seen.last;
        if (inUse.get() > 0 && last.isPresent()) {
            return last.get();
        }
        if (listings.abandoned() > 0) {
            throw new KeychainError(KeychainError.SLOW, 0);
        }
        try {
            List<byte[]> found = listings.within(listing, call, late -> {});
            seen.last = Optional.of(found);
            return found;
        } catch (TimeoutException slow) {
            throw new KeychainError(KeychainError.SLOW, 0);
        }
    }

    @Override
    public Optional<Keychain.Key> key(byte[] certificate) throws KeychainError {
        return used(() -> keychain.key(certificate), late -> late.ifPresent(Keychain.Key::close))
                .map(PatientKey::new);
    }

    private <T> T used(PatientCalls.Call<T, KeychainError> call, Consumer<? super T> late) throws KeychainError {
        PatientCalls.Call<T, KeychainError> counted = () -> {
            inUse.incrementAndGet();
            try {
                return call.run();
            } finally {
                inUse.decrementAndGet();
            }
        };
        try {
            return uses.within(use, counted, late);
        } catch (TimeoutException unanswered) {
            throw new KeychainError(KeychainError.UNANSWERED, 0);
        }
    }

    /** One use at a time; it is let go of when the last use is over, not before. */
    private final class PatientKey implements Keychain.Key {
        private final Keychain.Key key;
        private final LastUse lastUse;

        PatientKey(Keychain.Key key) {
            this.key = key;
            this.lastUse = new LastUse(key::close);
        }

        @Override
        public boolean supports(SecAlgorithm algorithm) {
            try {
                return listings.within(listing, () -> asked(algorithm), late -> {});
            } catch (TimeoutException slow) {
                return false;
            }
        }

        private boolean asked(SecAlgorithm algorithm) {
            if (!lastUse.begin()) {
                return false;
            }
            try {
                return key.supports(algorithm);
            } finally {
                lastUse.end();
            }
        }

        @Override
        public byte[] sign(SecAlgorithm algorithm, byte[] digest) throws KeychainError {
            return bytes(() -> key.sign(algorithm, digest));
        }

        @Override
        public byte[] decrypt(SecAlgorithm algorithm, byte[] ciphertext) throws KeychainError {
            return bytes(() -> key.decrypt(algorithm, ciphertext));
        }

        @Override
        public byte[] agree(byte[] point) throws KeychainError {
            return bytes(() -> key.agree(point));
        }

        private byte[] bytes(PatientCalls.Call<byte[], KeychainError> call) throws KeychainError {
            return used(
                    () -> {
                        if (!lastUse.begin()) {
                            throw new KeychainError(KeychainError.UNANSWERED, 0);
                        }
                        try {
                            return call.run();
                        } finally {
                            lastUse.end();
                        }
                    },
                    late -> Arrays.fill(late, (byte) 0));
        }

        @Override
        public void close() {
            lastUse.close();
        }
    }
}
