package org.zegel.store.windows;

import org.zegel.model.Failure;
import org.zegel.store.windows.WindowsCode.Meaning;

/** Errors of Windows as failures with words that help. */
final class WindowsWords {
    private static final String NO_KEY =
            "Windows no longer has this certificate's key. If it is on a card, put the card in.";

    private WindowsWords() {}

    /** Of a use of a key that is no decryption, or of a listing. */
    static Failure failure(WindowsException error) {
        return WindowsCode.meaning(error.code())
                .map(meaning -> new Failure(kind(meaning), words(meaning), error))
                .orElseGet(() -> new Failure(
                        Failure.Kind.INTERNAL,
                        "Windows could not use the key or the store (" + error.getMessage()
                                + "). Look in \"Manage user certificates\" whether it is there.",
                        error));
    }

    /** Of a decryption: what is not about the person, the card or the store says nothing of the cipher. */
    static Failure decryption(WindowsException error) {
        return WindowsCode.meaning(error.code()).isEmpty() ? cannotDecrypt() : failure(error);
    }

    static Failure cannotDecrypt() {
        return new Failure(Failure.Kind.CANNOT_DECRYPT, "The message cannot be decrypted with this key.");
    }

    static Failure otherKey() {
        return new Failure(
                Failure.Kind.IDENTITY_UNSUITABLE,
                "The key that Windows keeps with this certificate is not the certificate's. Import both again, or ask"
                        + " whoever issued the certificate.");
    }

    static Failure noKey() {
        return new Failure(Failure.Kind.IDENTITY_NOT_FOUND, NO_KEY);
    }

    private static Failure.Kind kind(Meaning meaning) {
        return switch (meaning) {
            case CANCELLED -> Failure.Kind.PIN_CANCELLED;
            case WRONG_PIN -> Failure.Kind.PIN_INCORRECT;
            case BLOCKED -> Failure.Kind.PIN_LOCKED;
            case CARD_GONE -> Failure.Kind.TOKEN_REMOVED;
            case NO_CARD_SERVICE, PROVIDER_MISSING -> Failure.Kind.STORE_UNAVAILABLE;
            case BUSY -> Failure.Kind.BUSY;
            case UNANSWERED -> Failure.Kind.CONSENT_TIMEOUT;
            case KEY_GONE -> Failure.Kind.IDENTITY_NOT_FOUND;
            case NOT_ALLOWED -> Failure.Kind.IDENTITY_UNSUITABLE;
            case NO_DESKTOP -> Failure.Kind.NO_PROMPT;
            case UNSUPPORTED -> Failure.Kind.UNSUPPORTED;
        };
    }

    private static String words(Meaning meaning) {
        return switch (meaning) {
            case CANCELLED ->
                "The question of Windows for a PIN, a password or a card was cancelled. Nothing was done.";
            case WRONG_PIN -> "Windows was given a wrong PIN or password. Try again; a card counts wrong PINs.";
            case BLOCKED -> "The card's PIN is blocked. Whoever gave out the card can unblock it, often with a PUK.";
            case CARD_GONE -> "The card or its reader does not answer. Put the card in, and try again.";
            case NO_CARD_SERVICE ->
                "The service \"Smart Card\" of Windows is not running. Connect the reader or start the service, and try again.";
            case PROVIDER_MISSING ->
                "Windows lacks the program that reaches this key. Install the card's or the key's software again.";
            case BUSY -> "Another program is using the card. Wait until it is done, and try again.";
            case UNANSWERED ->
                "Windows asked for a PIN, a password or a card and nobody answered, or the card does not answer. Try again.";
            case KEY_GONE -> NO_KEY;
            case NOT_ALLOWED -> "Windows does not allow this use of the key. Choose another identity.";
            case NO_DESKTOP ->
                "Windows has to ask for a PIN or password, and cannot in this session. Log in at the screen.";
            case UNSUPPORTED ->
                "The key's provider in Windows cannot do this. Choose another algorithm or another identity.";
        };
    }
}
