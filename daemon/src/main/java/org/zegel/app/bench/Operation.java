package org.zegel.app.bench;

/** What is measured. */
public enum Operation {
    /** A clear signature over the message. */
    SIGN,
    /** Opening a message with a clear signature, its chain and revocation included. */
    VERIFY,
    /** Encrypting the message to one recipient. */
    ENCRYPT,
    /** Opening an encrypted message. */
    DECRYPT,
    /** Opening a message that was signed and then encrypted. */
    OPEN;

    /** Whether a cipher for the content plays a part. */
    boolean hasCipher() {
        return this == ENCRYPT || this == DECRYPT || this == OPEN;
    }
}
