package org.zegel.store.macos;

import org.zegel.model.Failure;

/** Errors of macOS as failures with words that help. Numbers are those of SecBase.h and TKError.h. */
final class KeychainWords {
    private static final int USER_CANCELED = -128;
    private static final int NOT_AVAILABLE = -25_291;
    private static final int AUTH_FAILED = -25_293;
    private static final int NO_SUCH_KEYCHAIN = -25_294;
    private static final int ITEM_NOT_FOUND = -25_300;
    private static final int NO_DEFAULT_KEYCHAIN = -25_307;
    private static final int INTERACTION_NOT_ALLOWED = -25_308;
    private static final int INTERACTION_REQUIRED = -25_315;
    private static final int MISSING_ENTITLEMENT = -34_018;

    private static final int TOKEN_COMMUNICATION = -2;
    private static final int TOKEN_CANCELED = -4;
    private static final int TOKEN_AUTH_FAILED = -5;
    private static final int TOKEN_OBJECT_NOT_FOUND = -6;
    private static final int TOKEN_NOT_FOUND = -7;
    private static final int TOKEN_AUTH_NEEDED = -9;

    private static final String NO_KEY =
            "The keychain no longer has this certificate's key. If it is on a card, put the card in.";

    private KeychainWords() {}

    /** Of a use of a key that is no decryption, or of a listing. */
    static Failure failure(KeychainError error) {
        Failure.Kind kind = kind(error);
        return new Failure(kind, words(kind, error), error);
    }

    /** Of a decryption: what is not about the person, the card or the keychain says nothing of the cipher. */
    static Failure decryption(KeychainError error) {
        return kind(error) == Failure.Kind.INTERNAL ? cannotDecrypt() : failure(error);
    }

    static Failure cannotDecrypt() {
        return new Failure(Failure.Kind.CANNOT_DECRYPT, "The message cannot be decrypted with this key.");
    }

    static Failure otherKey() {
        return new Failure(
                Failure.Kind.IDENTITY_UNSUITABLE,
                "The key that the keychain keeps with this certificate is not the certificate's. Whoever issued it has to"
                        + " put that right.");
    }

    static Failure noKey() {
        return new Failure(Failure.Kind.IDENTITY_NOT_FOUND, NO_KEY);
    }

    private static Failure.Kind kind(KeychainError error) {
        return switch (error.domain()) {
            case KeychainError.OS_STATUS -> ofStatus(code(error));
            case KeychainError.TOKEN -> ofToken(code(error));
            case KeychainError.LOADING -> Failure.Kind.STORE_UNAVAILABLE;
            case KeychainError.SLOW -> Failure.Kind.BUSY;
            case KeychainError.UNANSWERED -> Failure.Kind.CONSENT_TIMEOUT;
            default -> Failure.Kind.INTERNAL;
        };
    }

    /** Zero, which is no error of either, where it does not fit. */
    private static int code(KeychainError error) {
        return error.code() == (int) error.code() ? (int) error.code() : 0;
    }

    private static Failure.Kind ofStatus(int code) {
        return switch (code) {
            case USER_CANCELED -> Failure.Kind.PIN_CANCELLED;
            case AUTH_FAILED -> Failure.Kind.PIN_INCORRECT;
            case ITEM_NOT_FOUND -> Failure.Kind.IDENTITY_NOT_FOUND;
            case INTERACTION_NOT_ALLOWED, INTERACTION_REQUIRED -> Failure.Kind.NO_PROMPT;
            case NOT_AVAILABLE, NO_SUCH_KEYCHAIN, NO_DEFAULT_KEYCHAIN, MISSING_ENTITLEMENT ->
                Failure.Kind.STORE_UNAVAILABLE;
            default -> Failure.Kind.INTERNAL;
        };
    }

    private static Failure.Kind ofToken(int code) {
        return switch (code) {
            case TOKEN_CANCELED -> Failure.Kind.PIN_CANCELLED;
            case TOKEN_AUTH_FAILED -> Failure.Kind.PIN_INCORRECT;
            case TOKEN_AUTH_NEEDED -> Failure.Kind.NO_PROMPT;
            case TOKEN_COMMUNICATION, TOKEN_NOT_FOUND -> Failure.Kind.TOKEN_REMOVED;
            case TOKEN_OBJECT_NOT_FOUND -> Failure.Kind.IDENTITY_NOT_FOUND;
            default -> Failure.Kind.INTERNAL;
        };
    }

    private static String words(Failure.Kind kind, KeychainError error) {
        return switch (kind) {
            case PIN_CANCELLED -> "The question of macOS for a password or PIN was cancelled. Nothing was done.";
            case PIN_INCORRECT ->
                "macOS was given a wrong password or PIN, or the use of this key was refused. Try again.";
            case TOKEN_REMOVED -> "The card does not answer. Put it in again, and try again.";
            case NO_PROMPT ->
                "macOS has to ask for a password or PIN, and cannot in this session. Log in at the screen and unlock the keychain.";
            case BUSY -> "The keychain does not answer. A question of macOS may stand open; answer it, and try again.";
            case CONSENT_TIMEOUT ->
                "macOS asked for a password or PIN and nobody answered, or the card does not answer. Try again.";
            case IDENTITY_NOT_FOUND -> NO_KEY;
            case STORE_UNAVAILABLE ->
                "macOS gives no access to the keychain. Log in at the screen, and look in Keychain Access whether it is there.";
            default ->
                "The keychain failed (" + error.getMessage()
                        + "). Look in Keychain Access whether the key can be used.";
        };
    }
}
