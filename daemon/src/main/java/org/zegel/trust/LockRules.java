package org.zegel.trust;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.model.Layer;
import org.zegel.model.MessageFacts;
import org.zegel.model.Verdict.Lock;

/** From the state of decryption to the one padlock: a cipher that the policy does not accept never closes it. */
record LockRules(AlgorithmPolicy policy) {
    Lock decide(MessageFacts facts) {
        return facts.lock() == Lock.CLOSED && weak(facts.layers()) ? Lock.WEAK : facts.lock();
    }

    List<Finding> findings(MessageFacts facts) {
        return weak(facts.layers()) ? List.of(Finding.CIPHER_WEAK) : List.of();
    }

    private boolean weak(List<Layer> layers) {
        return layers.stream().anyMatch(layer -> weak(layer) || weak(layer.children()));
    }

    private boolean weak(Layer layer) {
        @Nullable String cipher = layer.algorithm();
        return switch (layer.kind()) {
            case ENVELOPED_DATA, AUTH_ENVELOPED_DATA -> cipher != null && !policy.acceptsCipher(cipher);
            case MULTIPART_SIGNED, SIGNED_DATA, COMPRESSED_DATA, CERTS_ONLY, OPENPGP, MULTIPART, MESSAGE, PART -> false;
        };
    }
}
