package org.zegel.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.model.Layer;
import org.zegel.model.Verdict;

/** Answers to {@link MessageRequest} and {@link CmsRequest}. */
public sealed interface MessageResult extends Result {
    record Message(ContentRef message) implements MessageResult {}

    /** One encrypted message and the addresses it is for. */
    record Addressed(List<String> recipients, ContentRef message) {}

    /** {@code findings}: {@code sender-cannot-read} when the sender has no certificate to encrypt to. */
    record Messages(List<Addressed> messages, String cipher, List<Finding> findings) implements MessageResult {}

    /** {@code content}: the clear MIME message, null when it must not be shown. */
    record Opened(@Flat Verdict verdict, @Nullable ContentRef content) implements MessageResult {}

    record Inspected(List<Layer> layers) implements MessageResult {}

    record Cms(ContentRef cms) implements MessageResult {}
}
