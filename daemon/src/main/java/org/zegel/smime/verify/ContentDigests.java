package org.zegel.smime.verify;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.zegel.smime.mime.CanonicalLineEnds;

/**
 * Digests of the signed content, in one pass: as the bytes are and, for detached content, also with canonical line
 * ends. The second is forked off at the first bare LF, so content that is canonical already costs nothing more.
 */
public final class ContentDigests extends OutputStream {
    private static final int PREFIX = 16;

    private final Map<String, MessageDigest> exact = new LinkedHashMap<>();
    private final boolean canonicalToo;
    private @Nullable Map<String, MessageDigest> canonical;
    private @Nullable OutputStream canonicalSink;
    private boolean afterCarriageReturn;
    private final byte[] prefix = new byte[PREFIX];
    private int prefixLength;
    private @Nullable Map<String, byte[]> exactValues;
    private @Nullable Map<String, byte[]> canonicalValues;

    /** {@code names} are JCA names; {@code canonicalToo} for content whose line ends transport may have changed. */
    public ContentDigests(Collection<String> names, boolean canonicalToo) {
        names.forEach(name -> exact.put(name, DigestAlgorithms.create(name)));
        this.canonicalToo = canonicalToo;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return;
        }
        keepPrefix(bytes, offset, length);
        int fork = offset + length;
        if (canonicalToo && canonicalSink == null) {
            int bare = CanonicalLineEnds.bareLineFeed(bytes, offset, offset + length, afterCarriageReturn);
            if (bare >= 0) {
                fork = bare;
            }
        }
        if (canonicalSink != null) {
            update(exact, bytes, offset, length);
            canonicalSink.write(bytes, offset, length);
        } else {
            update(exact, bytes, offset, fork - offset);
            if (fork < offset + length) {
                OutputStream sink = fork();
                update(exact, bytes, fork, offset + length - fork);
                sink.write(bytes, fork, offset + length - fork);
            }
        }
        afterCarriageReturn = bytes[offset + length - 1] == '\r';
    }

    private OutputStream fork() {
        Map<String, MessageDigest> copies = new LinkedHashMap<>();
        exact.forEach((name, digest) -> copies.put(name, copy(digest)));
        canonical = copies;
        OutputStream sink = new CanonicalLineEnds(new OutputStream() {
            @Override
            public void write(int octet) {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                update(copies, bytes, offset, length);
            }
        });
        canonicalSink = sink;
        return sink;
    }

    private void keepPrefix(byte[] bytes, int offset, int length) {
        int count = Math.min(PREFIX - prefixLength, length);
        System.arraycopy(bytes, offset, prefix, prefixLength, count);
        prefixLength += count;
    }

    private static void update(Map<String, MessageDigest> digests, byte[] bytes, int offset, int length) {
        digests.values().forEach(digest -> digest.update(bytes, offset, length));
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Ends the digests; nothing can be written afterwards. */
    public void finish() throws IOException {
        if (canonicalSink != null) {
            canonicalSink.flush();
        }
        exactValues = finish(exact);
        canonicalValues = canonical == null ? null : finish(canonical);
    }

    private static Map<String, byte[]> finish(Map<String, MessageDigest> digests) {
        Map<String, byte[]> values = new LinkedHashMap<>();
        digests.forEach((name, digest) -> values.put(name, digest.digest()));
        return values;
    }

    /** Whether a digest of this name was made. */
    boolean has(String name) {
        return exact.containsKey(name);
    }

    /** The digest of the bytes as they are. */
    byte[] exact(String name) {
        return value(exactValues, name);
    }

    /** The digest with canonical line ends, equal to the exact one where all line ends were canonical. */
    byte[] canonical(String name) {
        return canonicalValues == null ? exact(name) : value(canonicalValues, name);
    }

    /** Whether transport may have changed the content's line ends. */
    boolean detached() {
        return canonicalToo;
    }

    /**
     * Whether the content looks like DER of signed attributes: a SET of SEQUENCEs that begin with an object identifier.
     * A signature made over attributes could be passed off as one made without attributes over such content.
     */
    boolean looksLikeSignedAttributes() {
        if (prefixLength < PREFIX || prefix[0] != 0x31) {
            return false;
        }
        int sequence = afterLength(1);
        if (prefix[sequence] != 0x30) {
            return false;
        }
        int identifier = afterLength(sequence + 1);
        return prefix[identifier] == 0x06;
    }

    /** Where the contents begin whose length octets stand here; at most four follow the first (X.690 section 8.1.3). */
    private int afterLength(int at) {
        int more = prefix[at] & 0xff;
        return at + 1 + (more > 0x80 && more <= 0x84 ? more - 0x80 : 0);
    }

    private static byte[] value(@Nullable Map<String, byte[]> values, String name) {
        byte[] value = values == null ? null : values.get(name);
        if (value == null) {
            throw new IllegalStateException("no such digest, or not finished");
        }
        return value;
    }
}
