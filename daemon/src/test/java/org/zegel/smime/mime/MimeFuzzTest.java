package org.zegel.smime.mime;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import org.zegel.content.Content;
import org.zegel.model.Failure;

/** Whatever comes in, the scanner gives parts that lie inside the message, or says that it is malformed. */
class MimeFuzzTest {
    @FuzzTest(maxDuration = "25s")
    void givesPartsInsideTheMessage(byte[] input) throws IOException {
        try {
            check(MimeScanner.message(Content.of(input)), 0, input.length);
        } catch (Failure malformed) {
            if (malformed.kind() != Failure.Kind.MESSAGE_MALFORMED) {
                throw new AssertionError(malformed);
            }
        }
    }

    private static void check(MimeEntity entity, long from, long to) {
        if (entity.headerStart() < from || entity.bodyStart() < entity.headerStart() || entity.end() > to) {
            throw new AssertionError("a part outside of its parent" + " " + entity + " in " + from + ".." + to);
        }
        entity.contentType();
        entity.header().fields().forEach(HeaderField::decoded);
        entity.children().forEach(child -> check(child, entity.bodyStart(), entity.end()));
    }
}
