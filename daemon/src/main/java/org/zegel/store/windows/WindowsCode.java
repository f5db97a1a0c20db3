package org.zegel.store.windows;

import java.util.Optional;

/** Codes of Windows that mean something to a person, or to this package; as in winerror.h. */
enum WindowsCode {
    ERROR_CANCELLED(0x000004C7, Meaning.CANCELLED),
    HRESULT_CANCELLED(0x800704C7, Meaning.CANCELLED),
    NTE_USER_CANCELLED(0x80090036, Meaning.CANCELLED),
    SCARD_E_CANCELLED(0x80100002, Meaning.CANCELLED),
    SCARD_W_CANCELLED_BY_USER(0x8010006E, Meaning.CANCELLED),

    NTE_INCORRECT_PASSWORD(0x80090033, Meaning.WRONG_PIN),
    SCARD_E_INVALID_CHV(0x8010002A, Meaning.WRONG_PIN),
    SCARD_W_WRONG_CHV(0x8010006B, Meaning.WRONG_PIN),
    SCARD_W_CHV_BLOCKED(0x8010006C, Meaning.BLOCKED),

    NTE_DEVICE_NOT_READY(0x80090030, Meaning.CARD_GONE),
    NTE_DEVICE_NOT_FOUND(0x80090035, Meaning.CARD_GONE),
    SCARD_E_NO_SMARTCARD(0x8010000C, Meaning.CARD_GONE),
    SCARD_E_READER_UNAVAILABLE(0x80100017, Meaning.CARD_GONE),
    SCARD_E_NO_READERS_AVAILABLE(0x8010002E, Meaning.CARD_GONE),
    SCARD_W_UNRESPONSIVE_CARD(0x80100066, Meaning.CARD_GONE),
    SCARD_W_UNPOWERED_CARD(0x80100067, Meaning.CARD_GONE),
    SCARD_W_RESET_CARD(0x80100068, Meaning.CARD_GONE),
    SCARD_W_REMOVED_CARD(0x80100069, Meaning.CARD_GONE),

    SCARD_E_NO_SERVICE(0x8010001D, Meaning.NO_CARD_SERVICE),
    SCARD_E_SERVICE_STOPPED(0x8010001E, Meaning.NO_CARD_SERVICE),

    SCARD_E_TIMEOUT(0x8010000A, Meaning.BUSY),
    SCARD_E_SHARING_VIOLATION(0x8010000B, Meaning.BUSY),

    ERROR_TIMEOUT(0x000005B4, Meaning.UNANSWERED),

    NTE_NO_KEY(0x8009000D, Meaning.KEY_GONE),
    NTE_NOT_FOUND(0x80090011, Meaning.KEY_GONE),
    NTE_BAD_KEYSET(0x80090016, Meaning.KEY_GONE),
    NTE_KEYSET_NOT_DEF(0x80090019, Meaning.KEY_GONE),
    CRYPT_E_NOT_FOUND(0x80092004, Meaning.KEY_GONE),
    CRYPT_E_NO_KEY_PROPERTY(0x8009200B, Meaning.KEY_GONE),

    ERROR_MOD_NOT_FOUND(0x0000007E, Meaning.PROVIDER_MISSING),
    NTE_BAD_PROVIDER(0x80090013, Meaning.PROVIDER_MISSING),
    NTE_PROV_TYPE_NOT_DEF(0x80090017, Meaning.PROVIDER_MISSING),
    NTE_PROV_DLL_NOT_FOUND(0x8009001E, Meaning.PROVIDER_MISSING),
    NTE_PROVIDER_DLL_FAIL(0x8009001D, Meaning.PROVIDER_MISSING),

    NTE_PERM(0x80090010, Meaning.NOT_ALLOWED),
    SCARD_W_SECURITY_VIOLATION(0x8010006A, Meaning.NOT_ALLOWED),
    SCARD_W_CARD_NOT_AUTHENTICATED(0x8010006F, Meaning.NOT_ALLOWED),

    NTE_SILENT_CONTEXT(0x80090022, Meaning.NO_DESKTOP),
    NTE_UI_REQUIRED(0x8009002E, Meaning.NO_DESKTOP),

    NTE_BAD_ALGID(0x80090008, Meaning.UNSUPPORTED),
    NTE_BAD_FLAGS(0x80090009, Meaning.UNSUPPORTED),
    NTE_BAD_TYPE(0x8009000A, Meaning.UNSUPPORTED),
    NTE_NOT_SUPPORTED(0x80090029, Meaning.UNSUPPORTED),
    SCARD_E_UNSUPPORTED_FEATURE(0x80100022, Meaning.UNSUPPORTED);

    /** What a code comes down to. */
    enum Meaning {
        CANCELLED,
        WRONG_PIN,
        BLOCKED,
        CARD_GONE,
        NO_CARD_SERVICE,
        BUSY,
        UNANSWERED,
        KEY_GONE,
        PROVIDER_MISSING,
        NOT_ALLOWED,
        NO_DESKTOP,
        UNSUPPORTED
    }

    private final int value;
    private final Meaning meaning;

    WindowsCode(long value, Meaning meaning) {
        this.value = (int) value;
        this.meaning = meaning;
    }

    int value() {
        return value;
    }

    /** What the code means, where it is a known one. */
    static Optional<Meaning> meaning(int code) {
        for (WindowsCode known : values()) {
            if (known.value == code) {
                return Optional.of(known.meaning);
            }
        }
        return Optional.empty();
    }
}
