package org.zegel.model;

/** Content-encryption algorithms for new messages. */
public enum ContentCipher {
    AES_128_CBC("aes128-cbc", 16, false),
    AES_256_CBC("aes256-cbc", 32, false),
    AES_128_GCM("aes128-gcm", 16, true),
    AES_256_GCM("aes256-gcm", 32, true);

    private final String word;
    private final int keyBytes;
    private final boolean authenticated;

    ContentCipher(String word, int keyBytes, boolean authenticated) {
        this.word = word;
        this.keyBytes = keyBytes;
        this.authenticated = authenticated;
    }

    /** The name in protocol, configuration and command line, for instance {@code aes256-gcm}. */
    public String word() {
        return word;
    }

    public int keyBytes() {
        return keyBytes;
    }

    /** Whether it makes AuthEnvelopedData (RFC 5083) instead of EnvelopedData. */
    public boolean authenticated() {
        return authenticated;
    }
}
