package org.zegel.smime.verify;

import java.io.IOException;
import java.io.OutputStream;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.smime.ber.BerHeader;
import org.zegel.smime.ber.BerInput;
import org.zegel.smime.ber.ContentInfoReader;
import org.zegel.smime.ber.Malformed;

/** Reads one SignedData in one pass, its content straight into digests and a sink; the rest within named limits. */
public final class SignedDataReader {
    /** Most digest algorithms listed. */
    public static final int MAX_DIGEST_ALGORITHMS = 32;
    /** Most certificates that are kept; those after them are passed over, with a finding. */
    public static final int MAX_CERTIFICATES = 500;
    /** Most CRLs that are kept. */
    public static final int MAX_CRLS = 50;
    /** Most signers. */
    public static final int MAX_SIGNERS = 50;
    /** Most bytes of certificates, of CRLs and of signers, each. */
    public static final int MAX_BYTES = 4 * 1024 * 1024;

    /** Most OCSP responses that are kept. */
    public static final int MAX_OCSP_RESPONSES = 16;

    /** Largest OCSP response, in bytes. */
    private static final int MAX_OCSP_BYTES = 64 * 1024;

    private static final int MAX_ALGORITHM = 4 * 1024;
    private static final int NEWER_ATTRIBUTE_CERTIFICATE = 2;
    private static final int OTHER_CERTIFICATE = 3;

    private final BerInput in;
    private final OutputStream contentSink;
    private final List<Finding> findings = new ArrayList<>();
    private final List<X509Certificate> certificates = new ArrayList<>();
    private final List<X509CRL> crls = new ArrayList<>();
    private final List<byte[]> ocspResponses = new ArrayList<>();
    private final List<byte[]> signerInfos = new ArrayList<>();

    private boolean attributeCertificates;
    private boolean newerAttributeCertificates;
    private boolean otherFormats;

    private SignedDataReader(BerInput in, OutputStream contentSink) {
        this.in = in;
        this.contentSink = contentSink;
    }

    /** Reads the SignedData that begins at the next header; the encapsulated content goes to the sink. */
    public static SignedData read(BerInput in, OutputStream contentSink) throws IOException {
        return new SignedDataReader(in, contentSink).read();
    }

    private SignedData read() throws IOException {
        in.enter(in.expect(BerHeader.SEQUENCE));
        int version = version();
        Set<String> names = digestAlgorithms();
        ContentDigests digests = new ContentDigests(names, false);
        in.enter(in.expect(BerHeader.SEQUENCE));
        ASN1ObjectIdentifier contentType = ContentInfoReader.objectIdentifier(in);
        boolean encapsulated = in.more();
        if (encapsulated) {
            content(digests);
        }
        in.leave();
        digests.finish();
        BerHeader next = header();
        if (next.isContext(0)) {
            certificates(next);
            next = header();
        }
        if (next.isContext(1)) {
            crls(next);
            next = header();
        }
        signers(next);
        in.leave();
        checkVersion(version, contentType);
        return new SignedData(
                List.copyOf(names),
                contentType,
                encapsulated,
                digests,
                certificates,
                crls,
                ocspResponses,
                signerInfos,
                findings);
    }

    private int version() throws IOException {
        byte[] encoded = in.element(in.expect(BerHeader.INTEGER), MAX_ALGORITHM);
        ASN1Integer version = ContentInfoReader.parse(encoded, ASN1Integer::getInstance);
        return version.getValue().bitLength() < Integer.SIZE ? version.intValueExact() : -1;
    }

    /** RFC 5652 section 5.1. Programs differ here, so it is told and no more. */
    private void checkVersion(int version, ASN1ObjectIdentifier contentType) {
        boolean three = attributeCertificates
                || !contentType.equals(CMSObjectIdentifiers.data)
                || signerInfos.stream().anyMatch(SignedDataReader::byKeyIdentifier);
        int expected = otherFormats ? 5 : newerAttributeCertificates ? 4 : three ? 3 : 1;
        if (version != expected) {
            found(Finding.SIGNED_DATA_VERSION);
        }
    }

    /** A SignerInfo of version 3. */
    private static boolean byKeyIdentifier(byte[] signerInfo) {
        try {
            return ASN1Integer.getInstance(ASN1Sequence.getInstance(signerInfo).getObjectAt(0))
                    .hasValue(3);
        } catch (RuntimeException malformed) {
            return false;
        }
    }

    private BerHeader header() throws IOException {
        if (!in.more()) {
            throw new Malformed(Finding.ASN1_MISSING_ELEMENT);
        }
        return in.header();
    }

    private Set<String> digestAlgorithms() throws IOException {
        Set<String> names = new LinkedHashSet<>();
        in.enter(in.expect(BerHeader.SET));
        for (int count = 0; in.more(); count++) {
            if (count == MAX_DIGEST_ALGORITHMS) {
                throw new Malformed(Finding.TOO_MANY_DIGEST_ALGORITHMS);
            }
            byte[] encoded = in.element(in.expect(BerHeader.SEQUENCE), MAX_ALGORITHM);
            AlgorithmIdentifier algorithm = ContentInfoReader.parse(encoded, AlgorithmIdentifier::getInstance);
            DigestAlgorithms.name(algorithm.getAlgorithm()).ifPresent(names::add);
        }
        in.leave();
        return names;
    }

    private void content(ContentDigests digests) throws IOException {
        BerHeader explicit = in.header();
        if (!explicit.isContext(0)) {
            throw new Malformed(Finding.ASN1_UNEXPECTED_ELEMENT);
        }
        in.enter(explicit);
        in.octets(in.expect(BerHeader.OCTET_STRING), new Tee(digests, contentSink));
        in.leave();
    }

    private void certificates(BerHeader header) throws IOException {
        elements(
                header,
                MAX_CERTIFICATES,
                Finding.TOO_MANY_CERTIFICATES,
                Finding.CERTIFICATE_CHOICE_SKIPPED,
                element -> {
                    @Nullable
                    X509Certificate certificate =
                            CertificateReader.certificate(element).orElse(null);
                    if (certificate == null) {
                        found(Finding.CERTIFICATE_MALFORMED);
                    } else {
                        certificates.add(certificate);
                    }
                });
    }

    private void crls(BerHeader header) throws IOException {
        elements(header, MAX_CRLS, Finding.TOO_MANY_CRLS, Finding.REVOCATION_CHOICE_SKIPPED, element -> {
            @Nullable X509CRL crl = CertificateReader.crl(element).orElse(null);
            if (crl == null) {
                found(Finding.CRL_MALFORMED);
            } else {
                crls.add(crl);
            }
        });
    }

    private void signers(BerHeader header) throws IOException {
        if (!header.isUniversal(BerHeader.SET)) {
            throw new Malformed(Finding.ASN1_UNEXPECTED_ELEMENT);
        }
        elements(header, MAX_SIGNERS, Finding.TOO_MANY_SIGNERS, Finding.SIGNER_MALFORMED, signerInfos::add);
    }

    /** A choice other than the plain SEQUENCE (RFC 5652 section 10.2): attribute certificates, other formats. */
    private void choice(BerHeader element, Finding skipped) throws IOException {
        if (skipped == Finding.SIGNER_MALFORMED) {
            throw new Malformed(skipped);
        }
        if (element.isContext(OTHER_CERTIFICATE) || skipped == Finding.REVOCATION_CHOICE_SKIPPED) {
            otherFormats = true;
        } else {
            attributeCertificates = true;
            newerAttributeCertificates |= element.isContext(NEWER_ATTRIBUTE_CERTIFICATE);
        }
        if (skipped == Finding.REVOCATION_CHOICE_SKIPPED
                && element.isContext(1)
                && element.length() <= MAX_OCSP_BYTES) {
            otherRevocation(in.element(element, MAX_OCSP_BYTES));
            return;
        }
        found(skipped);
        in.skip(element);
    }

    /** OtherRevocationInfoFormat: an OCSP response (RFC 5940 section 2), or something else. */
    private void otherRevocation(byte[] encoded) {
        Optional<byte[]> response = CertificateReader.ocspResponse(encoded);
        if (response.isPresent() && ocspResponses.size() < MAX_OCSP_RESPONSES) {
            ocspResponses.add(response.get());
        } else {
            found(response.isPresent() ? Finding.TOO_MANY_CRLS : Finding.REVOCATION_CHOICE_SKIPPED);
        }
    }

    private void elements(BerHeader header, int most, Finding tooMany, Finding skipped, Taker taker)
            throws IOException {
        in.enter(header);
        int left = MAX_BYTES;
        int count = 0;
        while (in.more()) {
            BerHeader element = in.header();
            if (!element.isUniversal(BerHeader.SEQUENCE)) {
                choice(element, skipped);
                continue;
            }
            if (count == most || element.length() > left) {
                found(tooMany);
                in.skip(element);
                continue;
            }
            byte[] encoded = in.element(element, MAX_BYTES);
            count++;
            left -= Math.min(left, encoded.length);
            taker.take(encoded);
        }
        in.leave();
    }

    private void found(Finding finding) {
        if (!findings.contains(finding)) {
            findings.add(finding);
        }
    }

    /** Takes one encoded element. */
    private interface Taker {
        void take(byte[] encoded);
    }

    /** Two sinks as one. */
    private static final class Tee extends OutputStream {
        private final OutputStream first;
        private final OutputStream second;

        Tee(OutputStream first, OutputStream second) {
            this.first = first;
            this.second = second;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            first.write(bytes, offset, length);
            second.write(bytes, offset, length);
        }
    }
}
