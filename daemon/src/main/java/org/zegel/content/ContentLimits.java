package org.zegel.content;

import java.time.Duration;

/**
 * How much the daemon holds, in bytes and counts; each limit is checked before anything is taken.
 *
 * @param maxContent longest content that a client may hand over
 * @param disk all spool files of this process together
 * @param clientBytes all contents that one client holds by handle
 * @param clientHandles contents that one client holds by handle at once
 * @param idle a handle that nobody used for this long is freed
 */
public record ContentLimits(long maxContent, long disk, long clientBytes, int clientHandles, Duration idle) {
    private static final long MEBIBYTE = 1L << 20;

    /** Longest content when nothing is configured: a message of 2 GiB and its headers. */
    public static final long MAX_CONTENT = 2048 * MEBIBYTE + 64 * MEBIBYTE;

    /** Most bytes in the spool directory at once. */
    public static final long MAX_DISK = 16 * 1024 * MEBIBYTE;

    /** Most bytes that one client holds by handle. */
    public static final long CLIENT_QUOTA = 4 * 1024 * MEBIBYTE;

    /** Most handles of one client. */
    public static final int CLIENT_HANDLES = 256;

    /** Idle time after which a handle is freed. */
    public static final Duration IDLE = Duration.ofMinutes(10);

    public static final ContentLimits DEFAULT =
            new ContentLimits(MAX_CONTENT, MAX_DISK, CLIENT_QUOTA, CLIENT_HANDLES, IDLE);

    public ContentLimits {
        if (maxContent <= 0 || disk < 0 || clientBytes <= 0 || clientHandles <= 0 || !idle.isPositive()) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /** Longest content that an operation may write: base64 and line ends make results longer than what came in. */
    public long maxResult() {
        return 2 * maxContent;
    }
}
