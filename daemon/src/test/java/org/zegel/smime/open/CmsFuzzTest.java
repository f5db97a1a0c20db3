package org.zegel.smime.open;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.zegel.content.Content;
import org.zegel.content.ContentLimits;
import org.zegel.content.EncryptedSpool;
import org.zegel.content.Workspace;
import org.zegel.model.Failure;
import org.zegel.model.Progress;
import org.zegel.model.Verdict;

/** Whatever comes in as CMS, opening gives facts or a documented failure, and never a signature that nobody made. */
class CmsFuzzTest {
    private static final EncryptedSpool SPOOL = spool();

    @FuzzTest(maxDuration = "30s")
    void givesFactsOrADocumentedFailure(byte[] input) throws IOException {
        try (Workspace workspace = SPOOL.open()) {
            var opened = CmsOpener.open(Content.of(input), null, CmsFuzzKeys.KEYS, List.of(), workspace, Progress.NONE);
            if (opened.facts().lock() == Verdict.Lock.FAILED && opened.clear() != null) {
                throw new AssertionError("clear text of a layer that failed");
            }
        } catch (Failure refused) {
            switch (refused.kind()) {
                case MESSAGE_MALFORMED, UNSUPPORTED, CONTENT_TOO_LARGE -> {}
                default -> throw new AssertionError(refused);
            }
        }
    }

    private static EncryptedSpool spool() {
        try {
            return new EncryptedSpool(Files.createTempDirectory("cms-fuzz"), ContentLimits.DEFAULT);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
