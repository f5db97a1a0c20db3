package org.zegel.smime.open;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.zegel.model.Finding;
import org.zegel.model.Layer;
import org.zegel.model.SignerFacts;

/**
 * Signatures around encryption. They cover cipher text: anybody can take such a signature off a message that others
 * wrote and put on their own, without having read it. They do not tell who wrote the clear text.
 */
final class EncryptedThenSigned {
    private EncryptedThenSigned() {}

    /** The signers, those around an encrypted layer of the whole message marked as such. */
    static List<SignerFacts> mark(List<SignerFacts> signers, Layer outermost) {
        Set<Integer> outside = outside(outermost);
        if (outside.isEmpty()) {
            return signers;
        }
        List<SignerFacts> marked = new ArrayList<>();
        for (int i = 0; i < signers.size(); i++) {
            marked.add(outside.contains(i) ? signers.get(i).with(Finding.ENCRYPTED_THEN_SIGNED) : signers.get(i));
        }
        return List.copyOf(marked);
    }

    private static Set<Integer> outside(Layer outermost) {
        Set<Integer> around = new HashSet<>();
        Set<Integer> outside = new HashSet<>();
        Layer layer = outermost;
        while (true) {
            if (layer.kind() == Layer.Kind.ENVELOPED_DATA || layer.kind() == Layer.Kind.AUTH_ENVELOPED_DATA) {
                outside.addAll(around);
            }
            around.addAll(layer.signers());
            if (!layer.whole() || layer.children().size() != 1) {
                return outside;
            }
            layer = layer.children().getFirst();
        }
    }
}
