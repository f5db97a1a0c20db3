package org.zegel.store.windows;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.zegel.model.Digest;
import org.zegel.model.SignatureScheme;
import org.zegel.store.LastUse;
import org.zegel.store.PatientCalls;

/** Keys of Windows that are not waited for without end: Windows may ask the person, and a card may hang. */
final class PatientKeys {
    private final PatientCalls uses = new PatientCalls();
    private final Duration limit;

    /** {@code limit}: how long a use may take, questions of Windows included. */
    PatientKeys(Duration limit) {
        this.limit = limit;
    }

    /** What this opens, which may ask for a card. */
    Optional<NativeKey> open(PatientCalls.Call<Optional<NativeKey>, WindowsException> open) throws WindowsException {
        return used(open, late -> late.ifPresent(NativeKey::close)).map(Patient::new);
    }

    private <T> T used(PatientCalls.Call<T, WindowsException> call, Consumer<? super T> late) throws WindowsException {
        try {
            return uses.within(limit, call, late);
        } catch (TimeoutException unanswered) {
            throw new WindowsException("waiting", WindowsCode.ERROR_TIMEOUT.value());
        }
    }

    /** A key that is let go of when its last use is over, not before. */
    private final class Patient implements NativeKey {
        private final NativeKey key;
        private final LastUse lastUse;

        Patient(NativeKey key) {
            this.key = key;
            this.lastUse = new LastUse(key::close);
        }

        @Override
        public boolean signs(SignatureScheme.Kind kind) {
            return key.signs(kind);
        }

        @Override
        public byte[] sign(SignatureScheme.Kind kind, Digest digest, byte[] hash, int length) throws WindowsException {
            return bytes(() -> key.sign(kind, digest, hash, length));
        }

        @Override
        public byte[] pkcs1(byte[] encrypted) throws WindowsException {
            return bytes(() -> key.pkcs1(encrypted));
        }

        @Override
        public boolean knowsOaep(String digest, byte[] label) {
            return key.knowsOaep(digest, label);
        }

        @Override
        public byte[] oaep(byte[] encrypted, String digest, byte[] label) throws WindowsException {
            return bytes(() -> key.oaep(encrypted, digest, label));
        }

        @Override
        public boolean agrees() {
            return key.agrees();
        }

        @Override
        public byte[] agree(byte[] blob, int length) throws WindowsException {
            return bytes(() -> key.agree(blob, length));
        }

        private byte[] bytes(PatientCalls.Call<byte[], WindowsException> call) throws WindowsException {
            return used(
                    () -> {
                        if (!lastUse.begin()) {
                            throw new WindowsException("closed", WindowsCode.ERROR_TIMEOUT.value());
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
