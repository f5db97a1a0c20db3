package org.zegel.smime.decrypt;

/** What a cipher promises about the clear text. */
public enum Strength {
    /** A change is noticed. */
    AUTHENTICATED,
    /** Secret against readers, open to changes (CBC). */
    UNAUTHENTICATED,
    /** Too short a key (DES, RC2). */
    WEAK
}
