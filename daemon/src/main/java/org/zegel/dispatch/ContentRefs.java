package org.zegel.dispatch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.content.Content;
import org.zegel.content.ContentHandles;
import org.zegel.model.Failure;
import org.zegel.operation.Call;
import org.zegel.protocol.ContentRef;

/** Contents on their way in and out of one call. What goes out inline is bounded for the whole answer. */
final class ContentRefs {
    /** Most certificates or other small contents in one list. */
    static final int MAX_LIST = 1000;

    private final ContentHandles handles;
    private final Call call;
    private long inlineLeft = ContentRef.MAX_INLINE;

    ContentRefs(ContentHandles handles, Call call) {
        this.handles = handles;
        this.call = call;
    }

    /** The content a client means; a handle keeps owning its own. */
    Content read(ContentRef ref) throws Failure {
        String handle = ref.content();
        if (handle != null) {
            return handles.open(call.client().id(), handle);
        }
        byte[] base64 = ref.base64();
        byte[] bytes = base64 != null ? base64 : utf8(ref.text());
        if (bytes.length > ContentRef.MAX_INLINE) {
            throw tooLarge();
        }
        return Content.of(bytes);
    }

    @Nullable
    Content readOptional(@Nullable ContentRef ref) throws Failure {
        return ref == null ? null : read(ref);
    }

    List<Content> readAll(String name, @Nullable List<ContentRef> refs) throws Failure {
        List<Content> contents = new ArrayList<>();
        if (refs != null) {
            if (refs.size() > MAX_LIST) {
                throw new Failure(
                        Failure.Kind.INVALID_PARAMETERS, name + " holds more than " + MAX_LIST + " contents.");
            }
            for (ContentRef ref : refs) {
                contents.add(read(ref));
            }
        }
        return contents;
    }

    /** Inline while the answer has room for it, otherwise under a handle that the client now owns. */
    ContentRef give(Content content) throws Failure, IOException {
        if (content.size() <= inlineLeft) {
            byte[] bytes = content.bytes(ContentRef.MAX_INLINE);
            inlineLeft -= bytes.length;
            return isSmallAsText(bytes)
                    ? ContentRef.ofText(new String(bytes, StandardCharsets.US_ASCII))
                    : ContentRef.ofBytes(bytes);
        }
        return ContentRef.ofHandle(
                handles.adopt(call.client().id(), call.workspace().keep(content)));
    }

    /** Plain ASCII without control characters, and no longer in JSON than base64 would be. */
    private static boolean isSmallAsText(byte[] bytes) {
        long escaped = 0;
        for (byte b : bytes) {
            if (b == '\r' || b == '\n' || b == '\t' || b == '"' || b == '\\') {
                escaped += 2;
            } else if (b >= ' ' && b < 0x7f) {
                escaped++;
            } else {
                return false;
            }
        }
        return escaped <= bytes.length / 3 * 4L + 4;
    }

    private static byte[] utf8(@Nullable String text) throws Failure {
        String given = text == null ? "" : text;
        if (given.length() > ContentRef.MAX_INLINE) {
            throw tooLarge();
        }
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(given));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException notText) {
            throw new Failure(Failure.Kind.INVALID_PARAMETERS, "A text holds half of a surrogate pair; send base64.");
        }
    }

    private static Failure tooLarge() {
        return new Failure(
                Failure.Kind.CONTENT_TOO_LARGE,
                "At most " + ContentRef.MAX_INLINE + " bytes travel inline. Use content.create for more.");
    }
}
