package org.zegel.store.token;

import org.jspecify.annotations.Nullable;
import org.zegel.consent.SecretQuestion;
import org.zegel.model.Failure;
import org.zegel.store.cryptoki.ModuleFailure;
import org.zegel.store.cryptoki.PinState;
import org.zegel.store.cryptoki.ReturnValue;

/** What a person is told of one token. */
final class TokenWords {
    private final String name;
    private final TokenKind kind;

    TokenWords(String name, TokenKind kind) {
        this.name = name;
        this.kind = kind;
    }

    static Failure cannotDecrypt() {
        return new Failure(Failure.Kind.CANNOT_DECRYPT, "The message cannot be decrypted with this key.");
    }

    /** Why the token's state is in the way of its keys; null when it is not. */
    @Nullable
    String problem(PinState pin) {
        return switch (pin) {
            case OK -> null;
            case COUNT_LOW -> "The last PIN given to " + name + " was wrong. After a few more it is locked.";
            case FINAL_TRY -> "One more wrong PIN locks " + name + ". " + kind.remedy();
            case LOCKED -> locked().getMessage();
            case NOT_SET -> unset().getMessage();
        };
    }

    Failure locked() {
        return new Failure(
                Failure.Kind.PIN_LOCKED,
                "The PIN of " + name + " is locked, because it was wrong too often. " + kind.remedy());
    }

    Failure unset() {
        return new Failure(Failure.Kind.STORE_UNAVAILABLE, name + " has no PIN yet. " + kind.remedy());
    }

    private String secret() {
        return isSoftware() ? "password" : "PIN";
    }

    /** A database of a program, not a thing that can be taken out. */
    private boolean isSoftware() {
        return kind.secret() == SecretQuestion.Kind.PASSPHRASE;
    }

    Failure removed() {
        if (isSoftware()) {
            return new Failure(
                    Failure.Kind.TOKEN_REMOVED, name + " is not there any more. Was its folder moved or removed?");
        }
        return new Failure(
                Failure.Kind.TOKEN_REMOVED, name + " is not there, or was taken out. Put it in and try again.");
    }

    Failure noKey() {
        return new Failure(
                Failure.Kind.IDENTITY_NOT_FOUND,
                name + " holds the certificate, but no private key for it. Choose another identity.");
    }

    Failure otherKey() {
        return new Failure(
                Failure.Kind.IDENTITY_UNSUITABLE,
                "The key that " + name + " keeps with this certificate is not the certificate's. Whoever issued it has"
                        + " to put that right.");
    }

    /** The same sentence for the same cause, whatever was being done. */
    Failure failure(ModuleFailure failed) {
        return switch (failed.kind()) {
            case PIN_INCORRECT ->
                new Failure(
                        Failure.Kind.PIN_INCORRECT, "The " + secret() + " of " + name + " was not right. Try again.");
            case PIN_LOCKED -> locked();
            case PIN_CANCELLED ->
                new Failure(Failure.Kind.PIN_CANCELLED, "The PIN was not given at the reader of " + name + ".");
            case NOT_LOGGED_IN ->
                unavailable(
                        failed,
                        name + " wants its PIN again. Try again; if that does not help, take it out and put"
                                + " it back.");
            case TOKEN_REMOVED -> removed();
            case KEY_MISSING -> noKey();
            case HUNG ->
                unavailable(
                        failed,
                        "The module of " + name + " did not answer in time and was ended. Try again; if that"
                                + " does not help, take it out and put it back.");
            case CRASHED -> unavailable(failed, "The module of " + name + " crashed. Try again.");
            case UNSUPPORTED ->
                new Failure(
                        Failure.Kind.IDENTITY_UNSUITABLE,
                        name + " cannot do this with this key. Choose another algorithm or identity.",
                        failed);
            case NOT_LOADED -> unavailable(failed, "The module of " + name + " cannot be loaded.");
            case FAILED -> other(failed);
        };
    }

    private Failure other(ModuleFailure failed) {
        long value = failed.value().value();
        if (value == ReturnValue.PIN_EXPIRED) {
            return unavailable(failed, "The PIN of " + name + " has expired. " + kind.remedy());
        }
        if (value == ReturnValue.USER_PIN_NOT_INITIALIZED) {
            return unset();
        }
        String code = value == ReturnValue.OK ? "" : " (" + failed.value().name() + ")";
        return unavailable(failed, name + " could not do it" + code + ". Take it out, put it back and try again.");
    }

    private static Failure unavailable(ModuleFailure failed, String words) {
        return new Failure(Failure.Kind.STORE_UNAVAILABLE, words, failed);
    }
}
