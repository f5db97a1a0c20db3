package org.zegel.smime.verify;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ess.ESSCertID;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificate;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.smime.ber.Malformed;

/** The signingCertificate attributes (RFC 5035): which certificate the signer meant, by hash. */
final class SigningCertificateAttribute {
    private static final Finding MALFORMED = Finding.SIGNING_CERTIFICATE_MALFORMED;

    private final @Nullable ESSCertIDv2 second;
    private final byte @Nullable [] first;

    SigningCertificateAttribute(SignedAttributes attributes) throws Malformed {
        ASN1Encodable v2 = attributes.single(PKCSObjectIdentifiers.id_aa_signingCertificateV2, MALFORMED);
        ASN1Encodable v1 = attributes.single(PKCSObjectIdentifiers.id_aa_signingCertificate, MALFORMED);
        try {
            second = v2 == null ? null : SigningCertificateV2.getInstance(v2).getCerts()[0];
            ESSCertID[] identifiers =
                    v1 == null ? null : SigningCertificate.getInstance(v1).getCerts();
            first = identifiers == null ? null : identifiers[0].getCertHash();
        } catch (RuntimeException malformed) {
            throw new Malformed(MALFORMED, malformed);
        }
    }

    /** Whether every hash given is this certificate's; true when none is given. */
    boolean means(X509Certificate certificate) throws Malformed {
        try {
            byte[] encoded = certificate.getEncoded();
            if (first != null
                    && !Arrays.equals(first, DigestAlgorithms.create("SHA-1").digest(encoded))) {
                return false;
            }
            if (second == null) {
                return true;
            }
            String digest = DigestAlgorithms.name(second.getHashAlgorithm().getAlgorithm())
                    .orElseThrow(() -> new Malformed(MALFORMED));
            return Arrays.equals(
                    second.getCertHash(), DigestAlgorithms.create(digest).digest(encoded));
        } catch (CertificateEncodingException malformed) {
            throw new Malformed(MALFORMED, malformed);
        }
    }
}
