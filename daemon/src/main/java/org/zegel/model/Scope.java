package org.zegel.model;

/** What a paired client may do. */
public enum Scope {
    CERTIFICATES,
    VERIFY,
    ENCRYPT,
    SIGN,
    DECRYPT,
    /** Bytes whose meaning cannot be shown to the person ({@code cms.*}); asked for and shown apart. */
    RAW_CMS,
    MANAGE
}
