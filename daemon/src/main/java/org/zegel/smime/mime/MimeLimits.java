package org.zegel.smime.mime;

/** What a message may ask of the scanner. At the limit a message is read, one past it is refused. */
public final class MimeLimits {
    /** Header fields of one entity. */
    public static final int MAX_HEADER_FIELDS = 10_000;

    /** Header fields of all entities together. */
    public static final int MAX_ALL_FIELDS = 100_000;

    /** Bytes of one header field, name and folding included, line ends not. */
    public static final int MAX_FIELD_LENGTH = 1 << 20;

    /** Bytes of all header fields of all entities together. */
    public static final int MAX_HEADER_BYTES = 4 << 20;

    /** Depth of multiparts and attached messages; the outermost entity has depth 1. */
    public static final int MAX_NESTING = 50;

    /** Entities of one message, itself included. */
    public static final int MAX_PARTS = 10_000;

    /** Characters of a boundary parameter. RFC 2046 allows 70; real messages use more. */
    public static final int MAX_BOUNDARY_LENGTH = 250;

    private MimeLimits() {}
}
