package org.zegel.smime.decrypt;

/** What a cipher promises about the clear text. */
public enum Strength {
    /** A change is noticed. */
    AUTHENTICATED,
    /** Secret against readers, open to changes (CBC, or a tag too short to rely on). */
    UNAUTHENTICATED,
    /** Too short a key or too small a block to be relied on (DES, 3DES, RC2, CAST5). */
    WEAK
}
