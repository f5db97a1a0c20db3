package org.zegel.smime.verify;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAlgorithmProtection;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.model.SecurityServices;
import org.zegel.smime.ber.Malformed;

/** What the attributes of one signer say, and what is wrong with them (RFC 5652 section 11, RFC 6211, RFC 8551). */
final class SignerAttributes {
    /** Most capabilities that are kept. */
    static final int MAX_CAPABILITIES = 100;
    /** Most time-stamp tokens that are kept. */
    static final int MAX_TIME_STAMPS = 8;

    /** RFC 5652 section 11 and RFC 6211: never among the unsigned ones. */
    private static final List<ASN1ObjectIdentifier> MUST_BE_SIGNED = List.of(
            CMSAttributes.contentType,
            CMSAttributes.messageDigest,
            CMSAttributes.signingTime,
            CMSAttributes.cmsAlgorithmProtect);

    static final SignerAttributes NONE = new SignerAttributes();

    private @Nullable SignedAttributes signed;
    private @Nullable SigningCertificateAttribute signingCertificate;
    private byte @Nullable [] messageDigest;
    private @Nullable Instant signingTime;
    private List<byte[]> timeStampTokens = List.of();
    private @Nullable SecurityServices services;
    private List<String> capabilities = List.of();
    private final List<Finding> unverifiable = new ArrayList<>();
    private final List<Finding> altered = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    private SignerAttributes() {}

    /** Those of a SignerInfo over content of this type; null for a countersignature. */
    static SignerAttributes of(SignerInfo info, @Nullable ASN1ObjectIdentifier contentType) throws IOException {
        SignerAttributes read = new SignerAttributes();
        read.unsigned(info.getUnauthenticatedAttributes());
        ASN1Set set = info.getAuthenticatedAttributes();
        if (set != null) {
            try {
                read.signed(set, info, contentType);
            } catch (Malformed malformed) {
                // What was signed could be read.
                read.altered.add(malformed.finding());
            }
        } else if (contentType != null && !contentType.equals(CMSObjectIdentifiers.data)) {
            read.unverifiable.add(Finding.SIGNED_ATTRIBUTES_MISSING);
        }
        return read;
    }

    private void step(Step step) throws IOException {
        try {
            step.run();
        } catch (Malformed malformed) {
            unverifiable.add(malformed.finding());
        }
    }

    private void signed(ASN1Set set, SignerInfo info, @Nullable ASN1ObjectIdentifier contentType) throws IOException {
        SignedAttributes attributes = new SignedAttributes(set);
        signed = attributes;
        if (attributes.repeats()) {
            findings.add(Finding.ATTRIBUTE_REPEATED);
        }
        step(() -> contentType(attributes, contentType));
        step(() -> messageDigest(attributes));
        step(() -> signingTime(attributes));
        step(() -> protection(attributes, info));
        step(() -> signingCertificate = new SigningCertificateAttribute(attributes));
        capabilities(attributes);
        services = SecurityServicesReader.read(attributes, findings);
    }

    private void contentType(SignedAttributes attributes, @Nullable ASN1ObjectIdentifier expected) throws Malformed {
        ASN1Encodable value = attributes.single(CMSAttributes.contentType, Finding.CONTENT_TYPE_ATTRIBUTE_MALFORMED);
        if (expected == null) {
            if (value != null) {
                throw new Malformed(Finding.CONTENT_TYPE_ATTRIBUTE_MALFORMED);
            }
            return;
        }
        if (value == null) {
            throw new Malformed(Finding.CONTENT_TYPE_ATTRIBUTE_MISSING);
        }
        if (!value.toASN1Primitive().equals(expected)) {
            altered.add(Finding.CONTENT_TYPE_MISMATCH);
        }
    }

    private void messageDigest(SignedAttributes attributes) throws Malformed {
        ASN1Encodable value = attributes.single(CMSAttributes.messageDigest, Finding.MESSAGE_DIGEST_MALFORMED);
        if (value == null) {
            throw new Malformed(Finding.MESSAGE_DIGEST_MISSING);
        }
        if (!(value.toASN1Primitive() instanceof ASN1OctetString octets)) {
            throw new Malformed(Finding.MESSAGE_DIGEST_MALFORMED);
        }
        messageDigest = octets.getOctets();
    }

    private void signingTime(SignedAttributes attributes) throws Malformed {
        ASN1Encodable value = attributes.single(CMSAttributes.signingTime, Finding.SIGNING_TIME_MALFORMED);
        if (value == null) {
            return;
        }
        try {
            signingTime = switch (value.toASN1Primitive()) {
                case ASN1UTCTime time -> time.getAdjustedDate().toInstant();
                case ASN1GeneralizedTime time -> time.getDate().toInstant();
                default -> throw new Malformed(Finding.SIGNING_TIME_MALFORMED);
            };
        } catch (ParseException | RuntimeException malformed) {
            throw new Malformed(Finding.SIGNING_TIME_MALFORMED, malformed);
        }
    }

    private void protection(SignedAttributes attributes, SignerInfo info) throws Malformed {
        ASN1Encodable value =
                attributes.single(CMSAttributes.cmsAlgorithmProtect, Finding.ALGORITHM_PROTECTION_MALFORMED);
        if (value == null) {
            return;
        }
        CMSAlgorithmProtection named;
        try {
            named = CMSAlgorithmProtection.getInstance(value);
        } catch (RuntimeException malformed) {
            throw new Malformed(Finding.ALGORITHM_PROTECTION_MALFORMED, malformed);
        }
        boolean same = AlgorithmIdentifiers.same(named.getDigestAlgorithm(), info.getDigestAlgorithm())
                && named.getSignatureAlgorithm() != null
                && AlgorithmIdentifiers.same(named.getSignatureAlgorithm(), info.getDigestEncryptionAlgorithm());
        if (!same) {
            altered.add(Finding.ALGORITHM_PROTECTION_MISMATCH);
        }
    }

    /** Capabilities that cannot be read are no reason to doubt the signature. */
    private void capabilities(SignedAttributes attributes) {
        try {
            ASN1Encodable value = attributes.single(
                    PKCSObjectIdentifiers.pkcs_9_at_smimeCapabilities, Finding.CAPABILITIES_MALFORMED);
            if (value == null) {
                return;
            }
            List<String> found = new ArrayList<>();
            for (ASN1Encodable capability : ASN1Sequence.getInstance(value)) {
                if (found.size() == MAX_CAPABILITIES) {
                    break;
                }
                found.add(ASN1ObjectIdentifier.getInstance(
                                ASN1Sequence.getInstance(capability).getObjectAt(0))
                        .getId());
            }
            capabilities = List.copyOf(found);
        } catch (Malformed | RuntimeException malformed) {
            findings.add(Finding.CAPABILITIES_MALFORMED);
        }
    }

    /** Unsigned attributes prove nothing; a time-stamp among them is judged elsewhere. */
    private void unsigned(@Nullable ASN1Set set) {
        if (set == null) {
            return;
        }
        List<byte[]> tokens = new ArrayList<>();
        try {
            SignedAttributes attributes = new SignedAttributes(set);
            if (MUST_BE_SIGNED.stream().anyMatch(attributes::has)) {
                unverifiable.add(Finding.ATTRIBUTE_NOT_SIGNED);
            }
            for (Attribute attribute : attributes.all(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken)) {
                for (ASN1Encodable token : attribute.getAttrValues()) {
                    if (tokens.size() < MAX_TIME_STAMPS) {
                        tokens.add(token.toASN1Primitive().getEncoded());
                    }
                }
            }
        } catch (IOException | RuntimeException malformed) {
            findings.add(Finding.UNSIGNED_ATTRIBUTES_MALFORMED);
        }
        timeStampTokens = List.copyOf(tokens);
    }

    byte[] der() throws IOException {
        return required().der();
    }

    byte[] asReceived() throws IOException {
        return required().asReceived();
    }

    private SignedAttributes required() throws Malformed {
        if (signed == null || signed.isEmpty()) {
            throw new Malformed(Finding.ATTRIBUTES_MALFORMED);
        }
        return signed;
    }

    /** Whether this is the certificate that the signer meant (RFC 5035). */
    boolean means(X509Certificate certificate) throws Malformed {
        return signingCertificate == null || signingCertificate.means(certificate);
    }

    byte @Nullable [] messageDigest() {
        return messageDigest;
    }

    @Nullable
    Instant signingTime() {
        return signingTime;
    }

    List<byte[]> timeStampTokens() {
        return timeStampTokens;
    }

    @Nullable
    SecurityServices services() {
        return services;
    }

    /** Whether the signer names its own certificate by hash. */
    boolean namesCertificate() {
        return signingCertificate != null && signingCertificate.present();
    }

    /** What is odd, and says nothing against the signature by itself. */
    List<Finding> findings() {
        return findings;
    }

    List<String> capabilities() {
        return capabilities;
    }

    /** Why the signature cannot be relied on. */
    List<Finding> unverifiable() {
        return unverifiable;
    }

    /** What shows that the message is not what was signed. */
    List<Finding> altered() {
        return altered;
    }

    /** One step of reading. */
    private interface Step {
        void run() throws IOException;
    }
}
