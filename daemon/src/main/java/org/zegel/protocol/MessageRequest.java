package org.zegel.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Scope;

/** Whole messages. */
public sealed interface MessageRequest extends Request {
    /**
     * {@code identity}: default is the one for the From address. {@code mode}: {@code detached} (default) or
     * {@code opaque}. {@code digest}: {@code sha256} (default), {@code sha384}, {@code sha512}. {@code scheme}:
     * {@code pkcs1} (default) or {@code pss}, for RSA keys. {@code headers}: {@code off} does not protect the header.
     * {@code progress}: send progress events.
     */
    @Method(
            value = "message.sign",
            scopes = Scope.SIGN,
            result = MessageResult.Message.class,
            summary = "Signs a message")
    record Sign(
            ContentRef message,
            @Nullable String identity,
            @Nullable String mode,
            @Nullable String digest,
            @Nullable String scheme,
            @Nullable String headers,
            @Nullable Boolean progress)
            implements MessageRequest {}

    /**
     * {@code to}: addresses to encrypt to instead of the message's To, Cc and Bcc. {@code recipients}: certificates
     * (PEM or DER) used instead of looking addresses up. {@code sign}: sign first, with the given or default identity.
     * {@code cipher}: {@code aes128-cbc}, {@code aes256-cbc}, {@code aes128-gcm}, {@code aes256-gcm}; default by what
     * the recipients read. {@code keyTransport}: {@code pkcs1} (default) or {@code oaep}. {@code headers}: what the
     * outside hides, {@code baseline} (default), {@code shy}, {@code none}, or {@code off} without header protection.
     * {@code legacyDisplay}: repeat what is hidden in the text, for readers that do not know RFC 9788; default true.
     */
    @Method(
            value = "message.encrypt",
            scopes = Scope.ENCRYPT,
            result = MessageResult.Messages.class,
            summary = "Encrypts a message, optionally signing it first")
    record Encrypt(
            ContentRef message,
            @Nullable List<String> to,
            @Nullable List<ContentRef> recipients,
            @Nullable Boolean sign,
            @Nullable String identity,
            @Nullable String mode,
            @Nullable String digest,
            @Nullable String scheme,
            @Nullable String cipher,
            @Nullable String keyTransport,
            @Nullable String headers,
            @Nullable Boolean legacyDisplay,
            @Nullable Boolean progress)
            implements MessageRequest {

        /** To the message's own recipients, with every default. */
        public static Encrypt of(ContentRef message) {
            return new Encrypt(message, null, null, null, null, null, null, null, null, null, null, null, null);
        }

        /** To these certificates instead. */
        public Encrypt to(List<ContentRef> certificates) {
            return with(certificates, sign, cipher);
        }

        /** Signed first, by the sender's default identity. */
        public Encrypt signed() {
            return with(recipients, true, cipher);
        }

        /** With this cipher; null leaves the choice to Zegel. */
        public Encrypt cipher(@Nullable String name) {
            return with(recipients, sign, name);
        }

        private Encrypt with(
                @Nullable List<ContentRef> certificates, @Nullable Boolean signFirst, @Nullable String cipherName) {
            return new Encrypt(
                    message,
                    to,
                    certificates,
                    signFirst,
                    identity,
                    mode,
                    digest,
                    scheme,
                    cipherName,
                    keyTransport,
                    headers,
                    legacyDisplay,
                    progress);
        }
    }

    /** {@code offline}: no network for revocation and issuers. */
    @Method(
            value = "message.open",
            scopes = Scope.VERIFY,
            result = MessageResult.Opened.class,
            summary = "Decrypts and verifies a message and gives its verdict")
    record Open(
            ContentRef message,
            @Nullable Boolean offline,
            @Nullable Boolean progress) implements MessageRequest {}

    @Method(
            value = "message.inspect",
            scopes = Scope.VERIFY,
            result = MessageResult.Inspected.class,
            summary = "The structure of a message, without using any key")
    record Inspect(ContentRef message) implements MessageRequest {}
}
