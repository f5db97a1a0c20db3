package org.zegel.smime.verify;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ess.ESSCertID;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificate;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.IssuerSerial;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.smime.ber.Malformed;

/** The signingCertificate attributes (RFC 5035): which certificate the signer meant, by hash. */
final class SigningCertificateAttribute {
    private static final Finding MALFORMED = Finding.SIGNING_CERTIFICATE_MALFORMED;

    /** A certificate by hash, and by issuer and serial number where the signer gave them too. */
    private record Named(
            String digest, byte[] hash, @Nullable IssuerSerial issuerSerial) {
        boolean is(X509Certificate certificate) throws CertificateEncodingException {
            return Arrays.equals(hash, DigestAlgorithms.create(digest).digest(certificate.getEncoded()))
                    && (issuerSerial == null || issuerSerial.getSerial().hasValue(certificate.getSerialNumber()));
        }
    }

    private final List<Named> named = new ArrayList<>();

    SigningCertificateAttribute(SignedAttributes attributes) throws Malformed {
        ASN1Encodable v2 = attributes.single(PKCSObjectIdentifiers.id_aa_signingCertificateV2, MALFORMED);
        ASN1Encodable v1 = attributes.single(PKCSObjectIdentifiers.id_aa_signingCertificate, MALFORMED);
        try {
            if (v1 != null) {
                ESSCertID first = SigningCertificate.getInstance(v1).getCerts()[0];
                named.add(new Named("SHA-1", first.getCertHash(), first.getIssuerSerial()));
            }
            if (v2 != null) {
                ESSCertIDv2 first = SigningCertificateV2.getInstance(v2).getCerts()[0];
                String digest = DigestAlgorithms.name(first.getHashAlgorithm().getAlgorithm())
                        .orElseThrow(() -> new Malformed(MALFORMED));
                named.add(new Named(digest, first.getCertHash(), first.getIssuerSerial()));
            }
        } catch (RuntimeException malformed) {
            throw new Malformed(MALFORMED, malformed);
        }
    }

    boolean present() {
        return !named.isEmpty();
    }

    /** Whether all that is said names this certificate; true when nothing is said. */
    boolean means(X509Certificate certificate) throws Malformed {
        try {
            for (Named one : named) {
                if (!one.is(certificate)) {
                    return false;
                }
            }
            return true;
        } catch (CertificateEncodingException malformed) {
            throw new Malformed(MALFORMED, malformed);
        }
    }
}
