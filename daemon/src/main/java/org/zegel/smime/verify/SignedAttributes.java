package org.zegel.smime.verify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.Attribute;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.smime.ber.Malformed;

/** A set of attributes (RFC 5652 section 5.3), signed or not. */
final class SignedAttributes {
    /** Most attributes in one set. */
    static final int MAX_ATTRIBUTES = 100;

    private final ASN1Set set;
    private final List<Attribute> attributes = new ArrayList<>();

    SignedAttributes(ASN1Set set) throws Malformed {
        this.set = set;
        if (set.size() > MAX_ATTRIBUTES) {
            throw new Malformed(Finding.TOO_MANY_ATTRIBUTES);
        }
        try {
            for (ASN1Encodable element : set) {
                attributes.add(Attribute.getInstance(element));
            }
        } catch (RuntimeException malformed) {
            throw new Malformed(Finding.ATTRIBUTES_MALFORMED, malformed);
        }
    }

    boolean isEmpty() {
        return attributes.isEmpty();
    }

    /** What is signed: the DER of the SET, its elements sorted. */
    byte[] der() throws IOException {
        return set.getEncoded(ASN1Encoding.DER);
    }

    /** The SET with its elements in the order they came in, which some signers sign. */
    byte[] asReceived() throws IOException {
        return set.getEncoded(ASN1Encoding.DL);
    }

    boolean has(ASN1ObjectIdentifier type) {
        return attributes.stream().anyMatch(attribute -> attribute.getAttrType().equals(type));
    }

    List<Attribute> all(ASN1ObjectIdentifier type) {
        return attributes.stream()
                .filter(attribute -> attribute.getAttrType().equals(type))
                .toList();
    }

    /** Whether a type comes more than once: what one reader takes from the first, another takes from the last. */
    boolean repeats() {
        return attributes.stream().map(Attribute::getAttrType).distinct().count() < attributes.size();
    }

    /**
     * The one value of the one attribute of this type, null when there is none.
     *
     * @throws Malformed with the finding when there are several attributes or not exactly one value
     */
    @Nullable
    ASN1Encodable single(ASN1ObjectIdentifier type, Finding finding) throws Malformed {
        Attribute found = null;
        for (Attribute attribute : attributes) {
            if (attribute.getAttrType().equals(type)) {
                if (found != null) {
                    throw new Malformed(finding);
                }
                found = attribute;
            }
        }
        if (found == null) {
            return null;
        }
        if (found.getAttrValues().size() != 1) {
            throw new Malformed(finding);
        }
        return found.getAttrValues().getObjectAt(0);
    }
}
