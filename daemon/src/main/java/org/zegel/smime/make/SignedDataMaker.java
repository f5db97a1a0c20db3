package org.zegel.smime.make;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.x509.Certificate;
import org.zegel.model.Failure;
import org.zegel.smime.SignOptions;
import org.zegel.smime.cms.CmsAlgorithms;
import org.zegel.store.BoundKey;

/** Makes SignedData with one signer (RFC 5652 section 5), the content digested once as it streams by. */
final class SignedDataMaker {
    private final SigningKey key;
    private final Instant signingTime;
    private final MessageDigest digest;

    /** Checks that the key can sign as asked, before anything is read. */
    SignedDataMaker(BoundKey bound, SignOptions options) throws Failure {
        key = SigningKey.of(bound, options);
        signingTime = options.signingTime();
        try {
            digest = MessageDigest.getInstance(key.digest().algorithm());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    SigningKey key() {
        return key;
    }

    /** A stream that digests what passes on to the target; closing it leaves the target open. */
    OutputStream digesting(OutputStream target) {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                digest.update((byte) value);
                target.write(value);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                digest.update(bytes, offset, length);
                target.write(bytes, offset, length);
            }
        };
    }

    /** A ContentInfo in DER without the content, which has gone through {@link #digesting}. */
    byte[] detached() throws Failure, IOException {
        SignedData signed = new SignedData(
                digestAlgorithms(),
                new ContentInfo(CMSObjectIdentifiers.data, null),
                certificates(),
                null,
                new DERSet(signerInfo()));
        return new ContentInfo(CMSObjectIdentifiers.signedData, signed).getEncoded(ASN1Encoding.DER);
    }

    /** What writes the content of {@link #encapsulated}. */
    @FunctionalInterface
    interface Source {
        void writeTo(OutputStream target) throws Failure, IOException;
    }

    /** Writes a ContentInfo in BER around the content. */
    void encapsulated(Source content, OutputStream out) throws Failure, IOException {
        BerWriter ber = new BerWriter(out);
        ber.begin(CMSObjectIdentifiers.signedData, 1);
        ber.write(digestAlgorithms());
        ber.start(BerWriter.SEQUENCE);
        ber.write(CMSObjectIdentifiers.data);
        ber.start(BerWriter.CONTEXT_0);
        ber.start(BerWriter.CONSTRUCTED_OCTETS);
        try (OutputStream pieces = ber.pieces()) {
            content.writeTo(digesting(pieces));
        }
        ber.end();
        ber.end();
        ber.end();
        ber.write(new DERTaggedObject(false, 0, certificates()));
        ber.write(new DERSet(signerInfo()));
        ber.endAll();
    }

    private SignerInfo signerInfo() throws Failure, IOException {
        DERSet attributes = SignedAttributes.of(key, signingTime, digest.digest());
        byte[] signature = key.key().sign(key.scheme(), attributes.getEncoded(ASN1Encoding.DER));
        return new SignerInfo(
                new SignerIdentifier(new IssuerAndSerialNumber(structure(key.certificate()))),
                CmsAlgorithms.digest(key.digest()),
                attributes,
                CmsAlgorithms.signature(key.scheme()),
                new DEROctetString(signature),
                null);
    }

    private ASN1Set digestAlgorithms() {
        return new DERSet(CmsAlgorithms.digest(key.digest()));
    }

    private ASN1Set certificates() {
        ASN1EncodableVector all = new ASN1EncodableVector();
        key.certificates().forEach(certificate -> all.add(structure(certificate)));
        return new DERSet(all);
    }

    static Certificate structure(X509Certificate certificate) {
        try {
            return Certificate.getInstance(certificate.getEncoded());
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
