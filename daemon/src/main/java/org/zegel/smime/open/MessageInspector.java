package org.zegel.smime.open;

import java.io.IOException;
import java.util.List;
import org.zegel.content.Content;
import org.zegel.content.Workspace;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.Layer;
import org.zegel.model.Progress;
import org.zegel.smime.DecryptionKeys;
import org.zegel.smime.decrypt.Decryption;
import org.zegel.store.BoundKey;

/** Tells the structure of a message without any key; what is encrypted stays closed. */
public final class MessageInspector {
    private static final DecryptionKeys NONE = new DecryptionKeys() {
        @Override
        public List<Identity> identities() {
            return List.of();
        }

        @Override
        public BoundKey bind(Identity identity) {
            throw new IllegalStateException("there are no keys");
        }
    };

    private MessageInspector() {}

    /** The layers, outermost first. Throws Failure {@code MESSAGE_MALFORMED} when this is no message at all. */
    public static List<Layer> inspect(Content message, Workspace workspace) throws Failure, IOException {
        return MessageOpener.open(message, NONE, List.of(), workspace, Progress.NONE).facts().layers().stream()
                .map(MessageInspector::withoutKeys)
                .toList();
    }

    /** That no identity matches says nothing when none was there. */
    private static Layer withoutKeys(Layer layer) {
        return new Layer(
                layer.kind(),
                layer.mediaType(),
                layer.algorithm(),
                layer.whole(),
                layer.signers(),
                layer.findings().stream()
                        .filter(finding -> !finding.equals(Decryption.NO_MATCH))
                        .toList(),
                layer.children().stream().map(MessageInspector::withoutKeys).toList());
    }
}
