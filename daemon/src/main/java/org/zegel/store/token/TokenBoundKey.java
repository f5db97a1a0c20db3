package org.zegel.store.token;

import java.security.PublicKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zegel.consent.ConsentGranted;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.Secret;
import org.zegel.model.SignatureScheme;
import org.zegel.store.BoundKey;
import org.zegel.store.KeyAgreement;
import org.zegel.store.RsaDecryption;
import org.zegel.store.SignatureCheck;
import org.zegel.store.cryptoki.KeyType;
import org.zegel.store.cryptoki.Mechanism;
import org.zegel.store.cryptoki.ModuleFailure;
import org.zegel.store.cryptoki.Token;
import org.zegel.store.cryptoki.TokenKey;

/** A key on a token, for one consent. A login that was lost is had again, by asking. */
final class TokenBoundKey implements BoundKey, PrivateOperations {
    /** How often a person is asked for one use of a key that wants its PIN each time. */
    private static final int TRIES = 3;

    private static final int LOOKS = 8;
    private static final long LOOK_MILLIS = 250;

    private final TokenStore store;
    private final Identity identity;
    private final ConsentGranted consent;
    private final Token token;
    private final TokenKey key;
    private final TokenSignatures signatures;
    private final PublicNumbers numbers;
    private boolean closed;

    TokenBoundKey(TokenStore store, Identity identity, ConsentGranted consent, Token token, TokenKey key) {
        this.store = store;
        this.identity = identity;
        this.consent = consent;
        this.token = token;
        this.key = key;
        PublicKey publicKey = identity.certificate().getPublicKey();
        this.signatures = new TokenSignatures(this, key.type(), publicKey);
        this.numbers = PublicNumbers.of(publicKey);
    }

    @Override
    public Identity identity() {
        return identity;
    }

    @Override
    public boolean supports(SignatureScheme scheme) {
        return identity.uses().contains(Identity.KeyUse.SIGN) && signatures.supports(scheme);
    }

    @Override
    public byte[] sign(SignatureScheme scheme, byte[] message) throws Failure {
        if (!supports(scheme)) {
            throw new Failure(
                    Failure.Kind.IDENTITY_UNSUITABLE,
                    "This identity's key cannot sign with the requested algorithm. Choose one that fits the key.");
        }
        if (message.length > MAX_TO_BE_SIGNED) {
            throw new Failure(Failure.Kind.CONTENT_TOO_LARGE, "The data to sign is too large for a key.");
        }
        try {
            byte[] signature = signatures.sign(scheme, message);
            if (!store.isConfirmed(identity)) {
                confirm(scheme, message, signature);
            }
            return signature;
        } catch (ModuleFailure failed) {
            throw store.words().failure(failed);
        }
    }

    /** That key and certificate belong together was the token's word alone until the first signature. */
    private void confirm(SignatureScheme scheme, byte[] message, byte[] signature) throws Failure {
        PublicKey publicKey = identity.certificate().getPublicKey();
        if (SignatureCheck.of(scheme, publicKey, message, signature) == SignatureCheck.WRONG) {
            throw store.words().otherKey();
        }
        store.confirm(identity);
    }

    @Override
    public Optional<RsaDecryption> decryption() {
        boolean can = identity.uses().contains(Identity.KeyUse.DECRYPT)
                && key.type() == KeyType.RSA
                && numbers.rsa().isPresent();
        return can ? Optional.of(new TokenDecryption(this, numbers, store.words())) : Optional.empty();
    }

    @Override
    public Optional<KeyAgreement> agreement() {
        boolean can = identity.uses().contains(Identity.KeyUse.AGREE)
                && token.mechanisms().contains(Mechanism.ECDH1_DERIVE)
                && (key.type() == KeyType.EC && numbers.ec().isPresent()
                        || key.type() == KeyType.MONTGOMERY && numbers.x25519().isPresent());
        return can ? Optional.of(new TokenAgreement(this, numbers, store.words())) : Optional.empty();
    }

    @Override
    public boolean has(Mechanism mechanism) {
        return token.supports(mechanism);
    }

    @Override
    public byte[] sign(Mechanism mechanism, byte[] data) throws ModuleFailure, Failure {
        return orRemoved(() -> use(pin -> store.module().sign(token, key, mechanism, data, pin)));
    }

    @Override
    public byte[] decrypt(Mechanism mechanism, byte[] data) throws ModuleFailure, Failure {
        Operation operation = () -> use(pin -> store.module().decrypt(token, key, mechanism, data, pin));
        // Where the token looks at the padding, a failure that takes longer would tell of it.
        return mechanism instanceof Mechanism.RsaRaw ? orRemoved(operation) : operation.run();
    }

    @Override
    public byte[] derive(byte[] point) throws ModuleFailure, Failure {
        return orRemoved(() -> use(pin -> store.module().derive(token, key, point, pin)));
    }

    private interface Operation {
        byte[] run() throws ModuleFailure, Failure;
    }

    /** A token that is pulled out is missed a moment later; until then modules say that something failed, or hang. */
    private byte[] orRemoved(Operation operation) throws ModuleFailure, Failure {
        try {
            return operation.run();
        } catch (ModuleFailure failed) {
            for (int look = 0; mayBeRemoval(failed) && look < LOOKS; look++) {
                look();
                pause();
            }
            throw failed;
        }
    }

    /** Fails where the token is away. That the module cannot tell yet, or hangs over it, is no answer. */
    private void look() throws Failure {
        try {
            store.current();
        } catch (Failure found) {
            if (found.kind() == Failure.Kind.TOKEN_REMOVED) {
                throw found;
            }
        }
    }

    private static boolean mayBeRemoval(ModuleFailure failed) {
        return switch (failed.kind()) {
            case FAILED, HUNG, CRASHED -> true;
            case PIN_INCORRECT,
                    PIN_LOCKED,
                    PIN_CANCELLED,
                    NOT_LOGGED_IN,
                    TOKEN_REMOVED,
                    KEY_MISSING,
                    UNSUPPORTED,
                    NOT_LOADED -> false;
        };
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** One call of the module; the PIN is null where the key does not want it, or it is typed at the reader. */
    private interface Use {
        byte[] with(@Nullable Secret pin) throws ModuleFailure;
    }

    private byte[] use(Use use) throws ModuleFailure, Failure {
        if (closed) {
            throw new IllegalStateException("key already closed");
        }
        try {
            return once(use);
        } catch (ModuleFailure failed) {
            if (failed.kind() == ModuleFailure.Kind.TOKEN_REMOVED) {
                store.seen(null, System.nanoTime());
            }
            if (failed.kind() != ModuleFailure.Kind.NOT_LOGGED_IN) {
                throw failed;
            }
        }
        store.login().open(store::current, consent, true);
        return once(use);
    }

    private byte[] once(Use use) throws ModuleFailure, Failure {
        if (!key.alwaysAuthenticate()) {
            return use.with(null);
        }
        for (int attempt = 1; ; attempt++) {
            try (Secret pin = store.login().askForUse(store.current(), consent)) {
                byte[] done = use.with(pin);
                store.login().note(false);
                return done;
            } catch (ModuleFailure failed) {
                boolean wrong = failed.kind() == ModuleFailure.Kind.PIN_INCORRECT;
                store.login().note(wrong);
                if (!wrong || attempt == TRIES || token.protectedPath()) {
                    throw failed;
                }
            }
            Token now = store.current();
            if (now.loginRequired() && !now.loggedIn()) {
                // Some modules end the login with a wrong PIN.
                store.login().open(store::current, consent, true);
            }
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            store.login().leave();
        }
    }
}
