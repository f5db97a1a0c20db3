package org.zegel.smime.verify;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.content.Content;
import org.zegel.model.Finding;
import org.zegel.model.SignerFacts;
import org.zegel.model.Verdict.Integrity;

/**
 * Checks the signers of one SignedData (RFC 5652 sections 5.4 to 5.6). Whatever is wrong with a signer becomes its
 * integrity and findings, never an error.
 */
public final class SignerCheck {
    private final SignedMaterial material;

    /**
     * @param digests of the content, finished; null when there is no content
     * @param content what is signed; null when there is none
     * @param known certificates for signers whose own is not in the message
     */
    public SignerCheck(
            SignedData data,
            @Nullable ContentDigests digests,
            @Nullable Content content,
            Collection<X509Certificate> known) {
        this.material = new SignedMaterial(data, digests, content, known);
    }

    /**
     * The facts about each signer, in order. Fails only when the content itself cannot be read.
     *
     * @param structure what is wrong around the signers, which makes every one unverifiable
     * @param odd findings about the whole that every signer is to carry
     */
    public List<SignerFacts> all(boolean whole, Collection<Finding> structure, Collection<Finding> odd)
            throws IOException {
        List<SignerFacts> facts = new ArrayList<>();
        for (byte[] encoded : material.data().signerInfos()) {
            OneSigner signer = new OneSigner(material, material.data().contentType(), structure, odd);
            facts.add(signer.check(encoded, whole));
        }
        return facts;
    }

    /**
     * The facts of a signature that cannot be read at all. It counts as altered: nobody signed it as it is now, and a
     * changed length must not be judged more mildly than a changed letter.
     */
    public static SignerFacts unreadable(Finding finding, boolean whole) {
        return new SignerFacts(
                Integrity.ALTERED,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                false,
                null,
                List.of(),
                new byte[0],
                whole,
                List.of(),
                null,
                List.of(finding));
    }
}
