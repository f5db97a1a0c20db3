package org.zegel.store.cryptoki;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Secret;

/**
 * A PKCS#11 module in a helper process, which is started with the first call and again after it ended. Safe for several
 * threads. Every call has a time limit; a hang or crash ends it with {@link ModuleFailure}. Nothing is done twice with a
 * PIN: a wrong one costs one try. PINs stay the caller's to wipe.
 */
public interface Module extends AutoCloseable {
    ModuleSpec spec();

    /** All places for tokens, with what is in them. */
    List<Slot> slots() throws ModuleFailure;

    /** The tokens that can be used. */
    default List<Token> tokens() throws ModuleFailure {
        return slots().stream().map(Slot::token).filter(Objects::nonNull).toList();
    }

    /**
     * Objects that have all these attributes, with those of {@code attributes} that they have and show. Without login only
     * public ones.
     */
    List<TokenObject> objects(Token token, Map<Long, byte[]> template, List<Long> attributes) throws ModuleFailure;

    /** The X.509 certificates that are seen now. */
    default List<TokenCertificate> certificates(Token token) throws ModuleFailure {
        return TokenObjects.certificates(this, token);
    }

    /** The private keys that are seen now: before login maybe none. */
    default List<TokenKey> keys(Token token) throws ModuleFailure {
        return TokenObjects.keys(this, token);
    }

    /**
     * Logs in with a PIN that is checked by the token, also when it was logged in already; for all who use this module here.
     *
     * @param pin null: the person types it at the reader
     */
    void login(Token token, @Nullable Secret pin) throws ModuleFailure;

    /** Nothing happens when it is not logged in. */
    void logout(Token token) throws ModuleFailure;

    /** @param contextPin for a key that wants its PIN each time; null: typed at the reader, or not needed */
    byte[] sign(Token token, TokenKey key, Mechanism mechanism, byte[] data, @Nullable Secret contextPin)
            throws ModuleFailure;

    /** @param contextPin as in {@link #sign} */
    byte[] decrypt(Token token, TokenKey key, Mechanism mechanism, byte[] data, @Nullable Secret contextPin)
            throws ModuleFailure;

    /**
     * The raw shared secret Z; the caller wipes it.
     *
     * @param otherPoint an uncompressed point, or the bytes of RFC 7748
     */
    byte[] derive(Token token, TokenKey key, byte[] otherPoint, @Nullable Secret contextPin) throws ModuleFailure;

    /**
     * Tells what comes and goes from now on, until closed, on a thread of its own. Costs a helper that stays; watch only
     * while it matters.
     */
    AutoCloseable watch(Consumer<TokenEvent> listener);

    /** Ends the helper, and what it is doing. The module may be used again: its helper is then started anew. */
    @Override
    void close();
}
