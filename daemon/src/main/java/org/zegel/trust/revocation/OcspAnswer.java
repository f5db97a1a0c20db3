package org.zegel.trust.revocation;

import java.io.IOException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ocsp.BasicOCSPResponse;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.asn1.ocsp.OCSPResponseStatus;
import org.bouncycastle.asn1.ocsp.ResponderID;
import org.bouncycastle.asn1.ocsp.ResponseBytes;
import org.bouncycastle.asn1.ocsp.SingleResponse;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.jspecify.annotations.Nullable;

/** An OCSP answer as it was read (RFC 6960 section 4.2). Nothing of it is authentic until {@link #signedBy}. */
final class OcspAnswer {
    /** Most single responses in one answer. */
    static final int MAX_SINGLE = 64;
    /** Most certificates in one answer. */
    static final int MAX_CERTIFICATES = 8;

    private static final Set<String> UNDERSTOOD = Set.of(OCSPObjectIdentifiers.id_pkix_ocsp_nonce.getId());

    private final BasicOCSPResponse basic;
    private final byte[] tbs;

    private OcspAnswer(BasicOCSPResponse basic) throws IOException {
        this.basic = basic;
        this.tbs = basic.getTbsResponseData().getEncoded(ASN1Encoding.DER);
        if (basic.getTbsResponseData().getResponses().size() > MAX_SINGLE) {
            throw new IllegalArgumentException("too many responses");
        }
    }

    /** The responder said that it gives no answer. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;
    }

    /**
     * Reads an OCSPResponse, or the BasicOCSPResponse in one.
     *
     * @throws RefusedException when its status is another than successful
     * @throws IllegalArgumentException when it is malformed
     */
    static OcspAnswer read(byte[] der) throws RefusedException {
        try {
            ASN1Sequence sequence = ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(der));
            if (sequence.size() > 0 && sequence.getObjectAt(0) instanceof ASN1Sequence) {
                return new OcspAnswer(BasicOCSPResponse.getInstance(sequence));
            }
            OCSPResponse response = OCSPResponse.getInstance(sequence);
            if (response.getResponseStatus().getIntValue() != OCSPResponseStatus.SUCCESSFUL) {
                throw new RefusedException();
            }
            @Nullable ResponseBytes bytes = response.getResponseBytes();
            if (bytes == null || !bytes.getResponseType().equals(OCSPObjectIdentifiers.id_pkix_ocsp_basic)) {
                throw new IllegalArgumentException("not a basic response");
            }
            return new OcspAnswer(
                    BasicOCSPResponse.getInstance(bytes.getResponse().getOctets()));
        } catch (IOException | ClassCastException | IllegalStateException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    List<SingleResponse> responses() {
        List<SingleResponse> all = new ArrayList<>();
        for (var element : basic.getTbsResponseData().getResponses()) {
            all.add(SingleResponse.getInstance(element));
        }
        return all;
    }

    ResponderID responder() {
        return basic.getTbsResponseData().getResponderID();
    }

    Instant producedAt() {
        return instant(basic.getTbsResponseData().getProducedAt());
    }

    AlgorithmIdentifier algorithm() {
        return basic.getSignatureAlgorithm();
    }

    /** Whether no extension of the answer or of this response is critical and unknown. */
    boolean understood(SingleResponse response) {
        return understood(basic.getTbsResponseData().getResponseExtensions())
                && understood(response.getSingleExtensions());
    }

    /** The nonce it repeats; null when there is none. */
    byte @Nullable [] nonce() {
        @Nullable Extensions extensions = basic.getTbsResponseData().getResponseExtensions();
        @Nullable
        Extension nonce = extensions == null ? null : extensions.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
        if (nonce == null) {
            return null;
        }
        byte[] value = nonce.getExtnValue().getOctets();
        try {
            return ASN1OctetString.getInstance(value).getOctets();
        } catch (RuntimeException bare) {
            // Responders from before RFC 6960 put the bytes in bare.
            return value;
        }
    }

    /** Those it brings along that can be read. */
    List<X509Certificate> certificates() {
        List<X509Certificate> all = new ArrayList<>();
        if (basic.getCerts() != null) {
            for (var element : basic.getCerts()) {
                try {
                    if (all.size() < MAX_CERTIFICATES) {
                        all.add(new JcaX509CertificateConverter()
                                .getCertificate(new X509CertificateHolder(Certificate.getInstance(element))));
                    }
                } catch (CertificateException | RuntimeException unreadable) {
                    continue;
                }
            }
        }
        return all;
    }

    boolean signedBy(PublicKey signer) {
        return Signatures.verify(
                new Signatures.Slice(tbs),
                basic.getSignatureAlgorithm(),
                basic.getSignature().getOctets(),
                signer);
    }

    static Instant instant(ASN1GeneralizedTime time) {
        try {
            return time.getDate().toInstant();
        } catch (ParseException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    private static boolean understood(@Nullable Extensions extensions) {
        return extensions == null
                || Arrays.stream(extensions.getCriticalExtensionOIDs())
                        .allMatch(oid -> UNDERSTOOD.contains(oid.getId()));
    }
}
