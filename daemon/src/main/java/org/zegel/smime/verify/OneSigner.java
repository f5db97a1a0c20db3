package org.zegel.smime.verify;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
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

/** The check of one SignerInfo. */
final class OneSigner {
    /** Longest content that a signature without signed attributes may cover when its scheme takes it all at once. */
    static final int MAX_PURE_CONTENT = 8 * 1024 * 1024;

    private final SignedMaterial material;
    private final @Nullable ASN1ObjectIdentifier contentType;
    private final Set<Finding> findings = new LinkedHashSet<>();
    private boolean altered;
    private boolean unverifiable;
    private @Nullable String digest;
    private @Nullable VerificationScheme scheme;
    private List<X509Certificate> fitting = List.of();
    private SignerAttributes attributes = SignerAttributes.NONE;

    /**
     * @param contentType of what is signed; null for a countersignature, which names none (RFC 5652 section 11.4)
     * @param structure what is wrong around it, which makes every signer unverifiable
     */
    OneSigner(
            SignedMaterial material,
            @Nullable ASN1ObjectIdentifier contentType,
            Collection<Finding> structure,
            Collection<Finding> odd) {
        this.material = material;
        this.contentType = contentType;
        findings.addAll(odd);
        structure.forEach(this::cannotTell);
    }

    SignerFacts check(byte[] encoded, boolean whole) throws IOException {
        SignerInfo info;
        try {
            info = ContentInfoReader.parse(encoded, SignerInfo::getInstance);
        } catch (Malformed malformed) {
            return SignerCheck.unreadable(Finding.SIGNER_MALFORMED, whole);
        }
        step(() -> version(info));
        step(() -> algorithms(info));
        step(() -> attributes(info));
        step(() -> contentDigest(info));
        step(() -> signature(info));
        if (contentType != null) {
            // Those of a countersignature are not looked at: they could be nested without end.
            CounterSignatures.check(info, material, findings);
        }
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

    /** RFC 5652 section 5.3: 1 with issuer and serial number, 3 with a subject key identifier. */
    private void version(SignerInfo info) {
        if (!info.getVersion().hasValue(info.getSID().isTagged() ? 3 : 1)) {
            findings.add(Finding.SIGNER_VERSION);
        }
    }

    private void algorithms(SignerInfo info) throws Malformed {
        String named = DigestAlgorithms.name(info.getDigestAlgorithm().getAlgorithm())
                .orElseThrow(() -> new Malformed(Finding.DIGEST_UNSUPPORTED));
        digest = named;
        if (!material.data().digestNames().contains(named)) {
            findings.add(Finding.DIGEST_NOT_LISTED);
        }
        VerificationScheme used = VerificationScheme.of(info.getDigestEncryptionAlgorithm(), named);
        scheme = used;
        if (!used.goesWith(named)) {
            findings.add(used.pure() ? Finding.DIGEST_UNUSUAL : Finding.DIGEST_MISMATCH);
        }
    }

    private void attributes(SignerInfo info) throws IOException {
        attributes = SignerAttributes.of(info, contentType);
        findings.addAll(attributes.findings());
        attributes.unverifiable().forEach(this::cannotTell);
        attributes.altered().forEach(this::isAltered);
    }

    private void contentDigest(SignerInfo info) throws IOException {
        if (material.content().isEmpty()) {
            throw new Malformed(Finding.CONTENT_MISSING);
        }
        if (info.getAuthenticatedAttributes() == null) {
            if (material.looksLikeSignedAttributes()) {
                throw new Malformed(Finding.CONTENT_IS_SIGNED_ATTRIBUTES);
            }
            return;
        }
        byte[] expected = attributes.messageDigest();
        if (expected == null || digest == null) {
            return;
        }
        Optional<LineEnds> form = material.formWith(digest, expected);
        if (form.isEmpty()) {
            isAltered(Finding.CONTENT_ALTERED);
        } else {
            signedIn(form.get());
        }
    }

    private void signedIn(LineEnds form) {
        if (form != material.forms().getFirst()) {
            findings.add(Finding.LINE_ENDS_NOT_CANONICAL);
        }
    }

    private void signature(SignerInfo info) throws IOException {
        List<X509Certificate> candidates = SignerCertificates.named(
                identifier(info.getSID()), material.data().certificates(), material.known());
        if (candidates.isEmpty()) {
            throw new Malformed(Finding.SIGNER_CERTIFICATE_MISSING);
        }
        fitting = candidates;
        if (scheme == null) {
            return;
        }
        List<X509Certificate> signed = new ArrayList<>();
        List<X509Certificate> meant = new ArrayList<>();
        Malformed unusable = null;
        for (X509Certificate candidate : candidates) {
            try {
                if (fits(candidate, info, scheme)) {
                    signed.add(candidate);
                    if (attributes.means(candidate)) {
                        meant.add(candidate);
                    }
                }
            } catch (Malformed cannotBe) {
                unusable = cannotBe;
            }
        }
        conclude(candidates, signed, meant, unusable);
    }

    private void conclude(
            List<X509Certificate> candidates,
            List<X509Certificate> signed,
            List<X509Certificate> meant,
            @Nullable Malformed unusable)
            throws Malformed {
        fitting = !meant.isEmpty() ? meant : !signed.isEmpty() ? signed : candidates;
        if (!meant.isEmpty()) {
            if (candidates.size() > 1) {
                findings.add(Finding.SIGNER_CERTIFICATE_LOOK_ALIKE);
            }
            if (meant.stream().noneMatch(material.data().certificates()::contains)) {
                findings.add(Finding.SIGNER_CERTIFICATE_NOT_INCLUDED);
            }
        } else if (!signed.isEmpty()) {
            isAltered(Finding.SIGNING_CERTIFICATE_MISMATCH);
        } else if (unusable != null) {
            throw unusable;
        } else {
            isAltered(Finding.SIGNATURE_ALTERED);
        }
    }

    private boolean fits(X509Certificate candidate, SignerInfo info, VerificationScheme known) throws IOException {
        SignatureValue value = new SignatureValue(
                known, candidate.getPublicKey(), info.getEncryptedDigest().getOctets());
        if (info.getAuthenticatedAttributes() == null) {
            return fitsContent(value, known);
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

    private boolean fitsContent(SignatureValue value, VerificationScheme known) throws IOException {
        Optional<Content> content = material.content();
        if (content.isEmpty()) {
            throw new Malformed(Finding.CONTENT_MISSING);
        }
        if (known.pure() && content.get().size() > MAX_PURE_CONTENT) {
            throw new Malformed(Finding.CONTENT_TOO_LARGE_FOR_ALGORITHM);
        }
        for (LineEnds form : material.forms()) {
            if (value.fits(material, form)) {
                signedIn(form);
                return true;
            }
        }
        return false;
    }

    private SignerFacts facts(SignerInfo info, boolean whole) {
        boolean weak = digest != null && DigestAlgorithms.weak(digest) || scheme != null && scheme.weak();
        return new SignerFacts(
                altered ? Integrity.ALTERED : unverifiable ? Integrity.UNVERIFIABLE : Integrity.INTACT,
                fitting.isEmpty() ? null : fitting.getFirst(),
                fitting,
                material.data().certificates(),
                material.data().crls(),
                material.data().ocspResponses(),
                digest,
                scheme == null ? null : scheme.name(),
                weak,
                attributes.signingTime(),
                attributes.timeStampTokens(),
                info.getEncryptedDigest().getOctets(),
                whole,
                attributes.capabilities(),
                attributes.services(),
                List.copyOf(findings));
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
