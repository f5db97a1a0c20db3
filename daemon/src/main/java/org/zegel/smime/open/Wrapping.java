package org.zegel.smime.open;

import org.zegel.model.Layer;

/**
 * Triple-wrapped messages (RFC 2634 section 1.1): signed, encrypted, signed again. The outer signature is that of a
 * gateway or a list and says nothing of who wrote the text; the inner one is the author's.
 */
final class Wrapping {
    private Wrapping() {}

    /** Whether this is one, by the layers that wrap the whole. */
    static boolean triple(Layer outermost) {
        boolean signed = false;
        boolean encrypted = false;
        Layer layer = outermost;
        while (layer.whole()) {
            if (encrypted && !layer.signers().isEmpty()) {
                return true;
            }
            signed |= !layer.signers().isEmpty();
            encrypted |= signed
                    && (layer.kind() == Layer.Kind.ENVELOPED_DATA || layer.kind() == Layer.Kind.AUTH_ENVELOPED_DATA);
            if (layer.children().size() != 1) {
                return false;
            }
            layer = layer.children().getFirst();
        }
        return false;
    }
}
