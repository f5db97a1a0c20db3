package org.zegel.store.macos;

/** A call of Security.framework failed: an OSStatus, a CFError's domain and code, or a domain of our own. */
final class KeychainError extends Exception {
    private static final long serialVersionUID = 1L;

    static final String OS_STATUS = "NSOSStatusErrorDomain";
    static final String TOKEN = "CryptoTokenKit";
    static final String LOADING = "loading";

    /** A listing took too long. */
    static final String SLOW = "slow";

    /** The use of a key took too long: nobody answered what macOS asked, or a card hangs. */
    static final String UNANSWERED = "unanswered";

    private final String domain;
    private final long code;

    KeychainError(String domain, long code) {
        super(domain + " " + code);
        this.domain = domain;
        this.code = code;
    }

    static KeychainError status(int status) {
        return new KeychainError(OS_STATUS, status);
    }

    String domain() {
        return domain;
    }

    long code() {
        return code;
    }
}
