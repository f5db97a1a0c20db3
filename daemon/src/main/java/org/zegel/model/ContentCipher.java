package org.zegel.model;

/** Content-encryption algorithms for new messages. */
public enum ContentCipher {
    AES_128_CBC(16, false),
    AES_256_CBC(32, false),
    AES_128_GCM(16, true),
    AES_256_GCM(32, true);

    private final int keyBytes;
    private final boolean authenticated;

    ContentCipher(int keyBytes, boolean authenticated) {
        this.keyBytes = keyBytes;
        this.authenticated = authenticated;
    }

    public int keyBytes() {
        return keyBytes;
    }

    /** Whether it makes AuthEnvelopedData (RFC 5083) instead of EnvelopedData. */
    public boolean authenticated() {
        return authenticated;
    }
}
