package org.zegel.smime.verify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.jspecify.annotations.Nullable;
import org.zegel.content.Content;
import org.zegel.model.Finding;
import org.zegel.model.SignerFacts;
import org.zegel.model.Verdict.Integrity;
import org.zegel.smime.ber.Malformed;

/**
 * Countersignatures (RFC 5652 section 11.4): signatures over a signature value, in its unsigned attributes. They are
 * checked and told; they say nothing about the message itself and never help or harm its seal.
 */
final class CounterSignatures {
    /** Most countersignatures of one signer that are checked. */
    static final int MAX = 8;

    private CounterSignatures() {}

    /** Adds what was found. */
    static void check(SignerInfo info, SignedMaterial around, Collection<Finding> findings) throws IOException {
        @Nullable ASN1Set unsigned = info.getUnauthenticatedAttributes();
        if (unsigned == null) {
            return;
        }
        SignedMaterial value = over(info.getEncryptedDigest().getOctets(), around);
        for (ASN1Encodable counter : counterSigners(unsigned)) {
            OneSigner signer = new OneSigner(value, null, List.of(), List.of());
            SignerFacts facts = signer.check(counter.toASN1Primitive().getEncoded(), false);
            findings.add(
                    facts.integrity() == Integrity.INTACT
                            ? Finding.COUNTERSIGNED
                            : Finding.COUNTERSIGNATURE_NOT_INTACT);
        }
    }

    private static List<ASN1Encodable> counterSigners(ASN1Set unsigned) {
        List<ASN1Encodable> counters = new ArrayList<>();
        try {
            for (Attribute attribute : new SignedAttributes(unsigned).all(CMSAttributes.counterSignature)) {
                for (ASN1Encodable counter : attribute.getAttrValues()) {
                    if (counters.size() < MAX) {
                        counters.add(counter);
                    }
                }
            }
        } catch (Malformed | RuntimeException malformed) {
            return List.of();
        }
        return counters;
    }

    private static SignedMaterial over(byte[] value, SignedMaterial around) throws IOException {
        ContentDigests none = new ContentDigests(List.of(), false);
        none.write(value);
        none.finish();
        return new SignedMaterial(around.data(), none, Content.of(value), around.known());
    }
}
