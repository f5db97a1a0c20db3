package org.zegel.store.pkcs12;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.zegel.consent.ConsentGranted;
import org.zegel.consent.SecretQuestion;
import org.zegel.model.Failure;
import org.zegel.model.Secret;
import org.zegel.store.pkcs12.CertificateIndex.Listing;

/**
 * The key file, its index and its backup, and the keys while they are unlocked. One use at a time has its turn, prompts
 * included, so that nobody is asked twice for the same passphrase; listing never waits.
 */
final class KeyVault {
    static final String NAME = "Zegel's key file";

    private final SafeFile file;
    private final SafeFile backup;
    private final CertificateIndex index;
    private final Clock clock;
    private final Duration unlockedFor;
    private final int iterations;
    private final ReentrantLock turn = new ReentrantLock();

    private volatile @Nullable Held held;
    private volatile boolean lockRequested;
    private boolean lastWrong;

    /** Usable from its opening on: where the clock is set back before that, its time is over too. */
    private record Held(Unlocked open, Instant from, Instant until) {
        boolean isInTime(Instant now) {
            return !now.isBefore(from) && now.isBefore(until);
        }
    }

    KeyVault(SafeFile file, Clock clock, Duration unlockedFor, int iterations) {
        this.file = file;
        this.backup = file.beside(".bak");
        this.index = new CertificateIndex(file.beside(".index"));
        this.clock = clock;
        this.unlockedFor = unlockedFor;
        this.iterations = iterations;
    }

    /** What is done with the open store. */
    interface Use<T> {
        T of(Unlocked open) throws Failure;
    }

    /** What the store is to hold next, given what it holds. */
    interface Edit {
        List<ImportedIdentity> of(List<ImportedIdentity> now) throws Failure;
    }

    /** Told which identities will be new, when nothing is written yet; throws to prevent it. */
    interface BeforeWrite {
        void of(List<ImportedIdentity> added) throws Failure;
    }

    boolean exists() {
        return file.exists();
    }

    boolean isUnlocked() {
        Held now = held;
        return now != null && now.isInTime(clock.instant());
    }

    /** The certificates, without a passphrase; empty when the index is lost and the store locked. */
    Optional<Listing> list() throws Failure {
        return file.exists() ? index.read(file) : Optional.of(new Listing(List.of(), List.of()));
    }

    /** Runs with the open store, asking for the passphrase where needed. */
    <T> T use(ConsentGranted consent, Use<T> use) throws Failure {
        return inTurn(() -> use.of(open(consent, existing())));
    }

    /**
     * Changes what the store holds, making it where there is none; gives what it then holds.
     *
     * @param forGood nothing of the old contents may stay, in the backup neither
     */
    List<ImportedIdentity> change(ConsentGranted consent, Edit edit, boolean forGood, BeforeWrite before)
            throws Failure {
        return inTurn(() -> {
            Optional<byte[]> bytes = file.read();
            Unlocked open = bytes.isPresent() ? open(consent, bytes.get()) : create(consent);
            return replacing(open, () -> {
                        Unlocked now = upToDate(open);
                        List<ImportedIdentity> contents = edit.of(now.identities());
                        return contents.equals(now.identities()) ? now : rewrite(now, now, contents, forGood, before);
                    })
                    .identities();
        });
    }

    /** Asks for the old passphrase and a new one; the backup opens with the new one as well afterwards. */
    void changePassphrase(ConsentGranted consent, BeforeWrite before) throws Failure {
        inTurn(() -> {
            byte[] bytes = existing();
            forget();
            Unlocked old = unlock(consent, bytes);
            try {
                Unlocked renewed =
                        Unlocked.create(newPassphrase(consent, SecretQuestion.Kind.NEW_PASSPHRASE, NAME), iterations);
                Unlocked changed =
                        replacing(renewed, () -> rewrite(unchanged(old), renewed, old.identities(), true, before));
                old.keys().close();
                return changed;
            } catch (Failure | RuntimeException failed) {
                old.close();
                throw failed;
            }
        });
    }

    /** Makes the change while no other process can, and holds its outcome; what was opened for it alone is wiped. */
    private Unlocked replacing(Unlocked open, SafeFile.Change<Unlocked> change) throws Failure {
        boolean done = false;
        try {
            Unlocked changed = hold(file.alone(change));
            done = true;
            return changed;
        } finally {
            Held now = held;
            if (!done && (now == null || now.open() != open)) {
                open.close();
            }
        }
    }

    /** A passphrase of the person's choice; the caller closes it. */
    static Secret newPassphrase(ConsentGranted consent, SecretQuestion.Kind kind, String what) throws Failure {
        Secret secret = consent.askSecret(kind, what, null, false);
        if (secret.length() == 0) {
            secret.close();
            throw new Failure(Failure.Kind.INVALID_PARAMETERS, "An empty passphrase protects nothing. Choose another.");
        }
        return secret;
    }

    /** Wipes unlocked keys, at the latest when the use that is going on has ended. */
    void lock() {
        lockRequested = true;
        if (turn.tryLock()) {
            release();
        }
    }

    private <T> T inTurn(SafeFile.Change<T> work) throws Failure {
        turn.lock();
        try {
            return work.run();
        } finally {
            release();
        }
    }

    private void release() {
        // Where keys are kept for one use only their time is over now.
        if (lockRequested || !isUnlocked()) {
            lockRequested = false;
            if (held != null) {
                forget();
                KeyRemains.sweep();
            }
        }
        turn.unlock();
        if (lockRequested) {
            lock();
        }
    }

    private byte[] existing() throws Failure {
        Optional<byte[]> bytes = file.read();
        if (bytes.isEmpty()) {
            // Whoever took the file away took the keys away.
            forget();
            throw new Failure(Failure.Kind.IDENTITY_NOT_FOUND, "Zegel's key file is empty. Import a key file first.");
        }
        return bytes.get();
    }

    private Unlocked create(ConsentGranted consent) throws Failure {
        forget();
        return Unlocked.create(newPassphrase(consent, SecretQuestion.Kind.NEW_PASSPHRASE, NAME), iterations);
    }

    private Unlocked open(ConsentGranted consent, byte[] bytes) throws Failure {
        Held now = held;
        if (now != null && isUnlocked()) {
            if (Arrays.equals(now.open().file(), bytes)) {
                return now.open();
            }
            try {
                // Another process of this person changed the file.
                return hold(now.open().reopen(bytes, iterations));
            } catch (Failure otherPassphrase) {
                forget();
            }
        }
        forget();
        Unlocked open = hold(unlock(consent, bytes));
        refreshIndex(open);
        return open;
    }

    private Unlocked unlock(ConsentGranted consent, byte[] bytes) throws Failure {
        Secret passphrase = consent.askSecret(SecretQuestion.Kind.PASSPHRASE, NAME, null, lastWrong);
        try {
            Unlocked open = Unlocked.open(bytes, passphrase, iterations);
            lastWrong = false;
            return open;
        } catch (Failure failed) {
            if (ImportProblem.WRONG_PASSPHRASE.is(failed)) {
                lastWrong = true;
                throw new Failure(
                        Failure.Kind.PIN_INCORRECT,
                        "The passphrase of Zegel's key file is not right. Try again; if it is right, the file is"
                                + " damaged: put the backup that lies beside it (.bak) in its place.");
            }
            throw new Failure(
                    Failure.Kind.STORE_UNAVAILABLE,
                    "Zegel's key file is damaged. Put the backup that lies beside it (.bak) in its place.",
                    failed);
        }
    }

    private Unlocked hold(Unlocked open) {
        Held before = held;
        Instant now = clock.instant();
        Instant until = before != null ? before.until() : now.plus(unlockedFor);
        held = new Held(open, before != null ? before.from() : now, until);
        if (before != null && before.open() != open) {
            before.open().identities().stream()
                    .filter(identity -> !open.identities().contains(identity))
                    .forEach(ImportedIdentity::close);
        }
        CompletableFuture.delayedExecutor(unlockedFor.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> lockWhenOver(until));
        return open;
    }

    /** So much time has gone by since, whatever the clock says: it may have been set back. */
    private void lockWhenOver(Instant until) {
        Held now = held;
        if (now != null && now.until().equals(until)) {
            lock();
        }
    }

    private void forget() {
        Held now = held;
        held = null;
        if (now != null) {
            now.open().close();
        }
    }

    /** The store as it is on the disk now, when another process was faster. */
    private Unlocked upToDate(Unlocked open) throws Failure {
        byte[] now = file.read().orElse(new byte[0]);
        if (Arrays.equals(now, open.file())) {
            return open;
        }
        try {
            return open.reopen(now, iterations);
        } catch (Failure otherPassphrase) {
            forget();
            throw busy();
        }
    }

    private Unlocked unchanged(Unlocked open) throws Failure {
        if (!Arrays.equals(file.read().orElse(new byte[0]), open.file())) {
            throw busy();
        }
        return open;
    }

    private static Failure busy() {
        return new Failure(Failure.Kind.BUSY, "Another program changed Zegel's key file just now. Try again.");
    }

    /**
     * At every step the index names what the key file holds then, so that a crash hides no key and promises none. Nothing
     * is held yet of what is returned.
     */
    private Unlocked rewrite(
            Unlocked old, Unlocked next, List<ImportedIdentity> contents, boolean forGood, BeforeWrite before)
            throws Failure {
        if (contents.isEmpty()) {
            before.of(List.of());
            return clear(next);
        }
        byte[] after = next.encode(contents);
        Listing listing = Listing.of(contents);
        before.of(contents.stream()
                .filter(identity -> old.find(identity.certificate()).isEmpty())
                .toList());
        index.write(old.file(), Listing.of(old.identities()), after, listing);
        if (old.file().length > 0) {
            backup.replace(old.file());
        }
        file.replace(after);
        index.write(listing);
        if (forGood) {
            backup.replace(after);
        }
        return new Unlocked(after, contents, next.salts(), next.keys());
    }

    private Unlocked clear(Unlocked next) throws Failure {
        backup.delete();
        file.delete();
        index.delete();
        return new Unlocked(new byte[0], List.of(), next.salts(), next.keys());
    }

    private void refreshIndex(Unlocked open) throws Failure {
        file.alone(() -> {
            if (Arrays.equals(existing(), open.file())) {
                index.write(Listing.of(open.identities()));
            }
            return open;
        });
    }
}
