package org.zegel.model;

import java.util.Locale;

/** Which header fields of an encrypted message its outside shows: the policies of RFC 9788 section 3.2. */
public enum HeaderPolicy {
    /** Subject becomes {@code [...]}, Comments and Keywords go; the default. */
    BASELINE,
    /** As baseline, and addresses lose their names, the date its time zone. */
    SHY,
    /** All is copied inside, and stays readable outside. */
    NONE,
    /** Nothing is copied inside: header fields are not protected at all. */
    OFF;

    /** As it is written in the protocol. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
