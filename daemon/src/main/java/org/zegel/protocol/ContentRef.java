package org.zegel.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Bytes on the wire: exactly one of inline text (UTF-8), inline base64, or a content handle. Inline is limited to
 * {@value #MAX_INLINE} bytes.
 */
public record ContentRef(
        @Nullable String text,
        byte @Nullable [] base64,
        @Nullable String content) {
    /** Most bytes that travel inline. */
    public static final int MAX_INLINE = 512 * 1024;

    public ContentRef {
        int given = (text == null ? 0 : 1) + (base64 == null ? 0 : 1) + (content == null ? 0 : 1);
        if (given != 1) {
            throw new IllegalArgumentException("exactly one of text, base64 and content is needed");
        }
    }

    /** Which of the three it is; never the text, which is somebody's message. */
    @Override
    public String toString() {
        String kind = text != null ? "text" : base64 != null ? "base64" : "content " + content;
        return "ContentRef[" + kind + "]";
    }

    public static ContentRef ofText(String text) {
        return new ContentRef(text, null, null);
    }

    public static ContentRef ofBytes(byte[] bytes) {
        return new ContentRef(null, bytes, null);
    }

    public static ContentRef ofHandle(String handle) {
        return new ContentRef(null, null, handle);
    }
}
