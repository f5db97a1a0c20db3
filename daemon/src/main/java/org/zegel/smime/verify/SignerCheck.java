package org.zegel.smime.verify;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.jspecify.annotations.Nullable;
import org.zegel.content.Content;
import org.zegel.model.Finding;
import org.zegel.model.SignerFacts;
import org.zegel.model.Verdict.Integrity;
import org.zegel.smime.ber.ContentInfoReader;
import org.zegel.smime.ber.Malformed;

/**
 * Checks the signers of one SignedData (RFC 5652 sections 5.4 to 5.6). Whatever is wrong with a signer becomes its
 * integrity and findings, never an error.
 */
public final class SignerCheck {
    /** Longest content that a signature without signed attributes may cover when its scheme takes it all at once. */
    static final int MAX_PURE_CONTENT = 8 * 1024 * 1024;

    private final SignedData data;
    private final @Nullable ContentDigests digests;
    private final @Nullable Content content;
    private final Collection<X509Certificate> known;

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
        this.data = data;
        this.digests = digests;
        this.content = content;
        this.known = known;
    }

    /** The facts about each signer, in order. Fails only when the content itself cannot be read. */
    public List<SignerFacts> all(boolean whole, Collection<Finding> structure) throws IOException {
        List<SignerFacts> facts = new ArrayList<>();
        for (byte[] encoded : data.signerInfos()) {
            facts.add(new One(structure).check(encoded, whole));
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
                null,
                null,
                false,
                null,
                null,
                new byte[0],
                whole,
                List.of(),
                List.of(finding));
    }

    /** The check of one signer. */
    private final class One {
        private final Set<Finding> findings = new LinkedHashSet<>();
        private boolean altered;
        private boolean unverifiable;
        private @Nullable String digest;
        private @Nullable VerificationScheme scheme;
        private @Nullable X509Certificate certificate;
        private SignerAttributes attributes = SignerAttributes.NONE;

        /** What is wrong with the structure around makes every signer unverifiable. */
        One(Collection<Finding> structure) {
            structure.forEach(this::cannotTell);
        }

        SignerFacts check(byte[] encoded, boolean whole) throws IOException {
            SignerInfo info;
            try {
                info = ContentInfoReader.parse(encoded, SignerInfo::getInstance);
            } catch (Malformed malformed) {
                return unreadable(Finding.SIGNER_MALFORMED, whole);
            }
            step(() -> digest(info));
            step(() -> attributes(info));
            step(() -> contentDigest(info));
            step(() -> signature(info));
            return facts(info, whole);
        }

        private void step(Step step) throws IOException {
            try {
                step.run();
            } catch (Malformed malformed) {
                cannotTell(malformed.finding());
            } catch (RuntimeException malformed) {
                // Bouncy Castle and the JDK parse lazily: what a hostile SignerInfo holds may come to light late.
                isAltered(Finding.SIGNER_MALFORMED);
            }
        }

        private void cannotTell(Finding finding) {
            unverifiable = true;
            findings.add(finding);
        }

        private void isAltered(Finding finding) {
            altered = true;
            findings.add(finding);
        }

        private void digest(SignerInfo info) throws Malformed {
            String name = DigestAlgorithms.name(info.getDigestAlgorithm().getAlgorithm())
                    .orElseThrow(() -> new Malformed(Finding.DIGEST_UNSUPPORTED));
            digest = name;
            scheme = VerificationScheme.of(info.getDigestEncryptionAlgorithm(), name);
            if (!data.digestNames().contains(name)) {
                throw new Malformed(Finding.DIGEST_NOT_LISTED);
            }
        }

        private void attributes(SignerInfo info) throws IOException {
            attributes = SignerAttributes.of(info, data.contentType());
            attributes.unverifiable().forEach(this::cannotTell);
            attributes.altered().forEach(this::isAltered);
        }

        private void contentDigest(SignerInfo info) throws Malformed {
            if (digests == null || content == null) {
                throw new Malformed(Finding.CONTENT_MISSING);
            }
            if (info.getAuthenticatedAttributes() == null) {
                if (digests.looksLikeSignedAttributes()) {
                    throw new Malformed(Finding.CONTENT_IS_SIGNED_ATTRIBUTES);
                }
                return;
            }
            byte[] expected = attributes.messageDigest();
            if (expected == null || digest == null || !digests.has(digest)) {
                return;
            }
            if (Arrays.equals(expected, digests.canonical(digest))) {
                return;
            }
            if (Arrays.equals(expected, digests.exact(digest))) {
                findings.add(Finding.LINE_ENDS_NOT_CANONICAL);
            } else {
                isAltered(Finding.CONTENT_ALTERED);
            }
        }

        private void signature(SignerInfo info) throws IOException {
            List<X509Certificate> candidates =
                    SignerCertificates.named(identifier(info.getSID()), data.certificates(), known);
            if (candidates.isEmpty()) {
                throw new Malformed(Finding.SIGNER_CERTIFICATE_MISSING);
            }
            certificate = candidates.getFirst();
            VerificationScheme known = scheme;
            if (known == null) {
                return;
            }
            boolean fits = false;
            for (X509Certificate candidate : candidates) {
                byte[] value = info.getEncryptedDigest().getOctets();
                if (fits(new SignatureValue(known, candidate.getPublicKey(), value), info, known)) {
                    fits = true;
                    certificate = candidate;
                    if (attributes.means(candidate)) {
                        return;
                    }
                }
            }
            isAltered(fits ? Finding.SIGNING_CERTIFICATE_MISMATCH : Finding.SIGNATURE_ALTERED);
        }

        private boolean fits(SignatureValue value, SignerInfo info, VerificationScheme known) throws IOException {
            if (info.getAuthenticatedAttributes() == null) {
                return content != null && digests != null && fitsContent(value, known, content, digests);
            }
            byte[] der = attributes.der();
            if (value.fits(der)) {
                return true;
            }
            byte[] received = attributes.asReceived();
            if (!Arrays.equals(der, received) && value.fits(received)) {
                findings.add(Finding.SIGNED_ATTRIBUTES_NOT_DER);
                return true;
            }
            return false;
        }

        private boolean fitsContent(SignatureValue value, VerificationScheme known, Content signed, ContentDigests made)
                throws IOException {
            if (known.pure() && signed.size() > MAX_PURE_CONTENT) {
                throw new Malformed(Finding.CONTENT_TOO_LARGE_FOR_ALGORITHM);
            }
            if (value.fits(signed, made.lineEndsDiffer())) {
                return true;
            }
            if (made.lineEndsDiffer() && value.fits(signed, false)) {
                findings.add(Finding.LINE_ENDS_NOT_CANONICAL);
                return true;
            }
            return false;
        }

        private SignerFacts facts(SignerInfo info, boolean whole) {
            Integrity integrity =
                    altered ? Integrity.ALTERED : unverifiable ? Integrity.UNVERIFIABLE : Integrity.INTACT;
            boolean weak = digest != null && DigestAlgorithms.weak(digest) || scheme != null && scheme.weak();
            return new SignerFacts(
                    integrity,
                    certificate,
                    data.certificates(),
                    data.crls(),
                    digest,
                    scheme == null ? null : scheme.name(),
                    weak,
                    attributes.signingTime(),
                    attributes.timeStampToken(),
                    info.getEncryptedDigest().getOctets(),
                    whole,
                    attributes.capabilities(),
                    List.copyOf(findings));
        }
    }

    private static SignerCertificates.Identifier identifier(SignerIdentifier identifier) throws Malformed {
        try {
            return identifier.isTagged()
                    ? new SignerCertificates.ByKey(
                            ASN1OctetString.getInstance(identifier.getId()).getOctets())
                    : SignerCertificates.ByIssuer.of(IssuerAndSerialNumber.getInstance(identifier.getId()));
        } catch (RuntimeException malformed) {
            throw new Malformed(Finding.IDENTIFIER_MALFORMED, malformed);
        }
    }

    /** One step of the check. */
    private interface Step {
        void run() throws IOException;
    }
}
