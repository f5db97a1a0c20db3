package org.zegel.store.macos;

/** A call of Security.framework failed: an OSStatus, or a CFError's domain and code. */
final class KeychainError extends Exception {
    private static final long serialVersionUID = 1L;

    static final String OS_STATUS = "NSOSStatusErrorDomain";
    static final String TOKEN = "CryptoTokenKit";
    static final String LOADING = "loading";

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
