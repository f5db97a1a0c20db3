package org.zegel.smime.open;

import java.util.List;
import org.zegel.model.SignerFacts;
import org.zegel.model.Verdict.Integrity;

/** What the signatures around a whole entity say about its bytes. */
enum SignatureState {
    /** None, or none that can be checked. */
    NONE,
    INTACT,
    ALTERED;

    /** One intact signature suffices to know the content as signed. */
    static SignatureState of(List<SignerFacts> signers) {
        if (signers.stream().anyMatch(signer -> signer.integrity() == Integrity.INTACT)) {
            return INTACT;
        }
        return signers.stream().anyMatch(signer -> signer.integrity() == Integrity.ALTERED) ? ALTERED : NONE;
    }

    /**
     * Of two layers, each around the whole. An intact outer one knows every byte inside, also of a signature that was
     * altered before; otherwise an altered one counts most.
     */
    SignatureState with(SignatureState inner) {
        return this == INTACT || compareTo(inner) >= 0 ? this : inner;
    }
}
