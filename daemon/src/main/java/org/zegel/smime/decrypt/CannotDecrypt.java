package org.zegel.smime.decrypt;

/** One try to decrypt came to nothing. It never says why: the reason must not reach whoever sent the message. */
final class CannotDecrypt extends Exception {
    private static final long serialVersionUID = 1L;

    CannotDecrypt() {
        super("cannot decrypt", null, false, false);
    }
}
