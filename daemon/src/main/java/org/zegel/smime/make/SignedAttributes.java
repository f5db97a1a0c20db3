package org.zegel.smime.make;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAlgorithmProtection;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.IssuerSerial;
import org.zegel.model.ContentCipher;
import org.zegel.smime.cms.CmsAlgorithms;

/** The signed attributes of a SignerInfo (RFC 5652 section 11, RFC 8551 section 2.5, RFC 5035, RFC 6211). */
final class SignedAttributes {
    private static final int FIRST_YEAR_OF_GENERALIZED_TIME = 2050;

    private SignedAttributes() {}

    static DERSet of(SigningKey key, Instant signingTime, byte[] contentDigest) {
        ASN1EncodableVector all = new ASN1EncodableVector();
        all.add(attribute(CMSAttributes.contentType, CMSObjectIdentifiers.data));
        all.add(attribute(CMSAttributes.messageDigest, new DEROctetString(contentDigest)));
        all.add(attribute(CMSAttributes.signingTime, time(signingTime)));
        all.add(attribute(PKCSObjectIdentifiers.pkcs_9_at_smimeCapabilities, capabilities()));
        all.add(attribute(PKCSObjectIdentifiers.id_aa_signingCertificateV2, signingCertificate(key.certificate())));
        all.add(attribute(
                CMSAttributes.cmsAlgorithmProtect,
                new CMSAlgorithmProtection(
                        CmsAlgorithms.digest(key.digest()),
                        CMSAlgorithmProtection.SIGNATURE,
                        CmsAlgorithms.signature(key.scheme()))));
        return new DERSet(all);
    }

    private static Attribute attribute(ASN1ObjectIdentifier type, ASN1Encodable value) {
        return new Attribute(type, new DERSet(value));
    }

    /** UTCTime through 2049, GeneralizedTime later (RFC 5652 section 11.3). */
    private static ASN1Encodable time(Instant instant) {
        ZonedDateTime utc = instant.atZone(ZoneOffset.UTC);
        return utc.getYear() < FIRST_YEAR_OF_GENERALIZED_TIME
                ? new DERUTCTime(DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT)
                        .format(utc))
                : new DERGeneralizedTime(DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT)
                        .format(utc));
    }

    /** What Zegel reads, best first: ciphers, then how a key may be sent. */
    private static DERSequence capabilities() {
        ASN1EncodableVector all = new ASN1EncodableVector();
        all.add(new DERSequence(CmsAlgorithms.cipher(ContentCipher.AES_256_GCM)));
        all.add(new DERSequence(CmsAlgorithms.cipher(ContentCipher.AES_128_GCM)));
        all.add(new DERSequence(CmsAlgorithms.cipher(ContentCipher.AES_256_CBC)));
        all.add(new DERSequence(CmsAlgorithms.cipher(ContentCipher.AES_128_CBC)));
        all.add(CmsAlgorithms.rsaOaep());
        all.add(agreement(SECObjectIdentifiers.dhSinglePass_stdDH_sha256kdf_scheme, 32));
        all.add(agreement(SECObjectIdentifiers.dhSinglePass_stdDH_sha256kdf_scheme, 16));
        all.add(agreement(PKCSObjectIdentifiers.dhSinglePass_stdDH_hkdf_sha256_scheme, 32));
        return new DERSequence(all);
    }

    private static DERSequence agreement(ASN1ObjectIdentifier scheme, int keyBytes) {
        return new DERSequence(new ASN1Encodable[] {scheme, CmsAlgorithms.keyWrap(keyBytes)});
    }

    private static SigningCertificateV2 signingCertificate(X509Certificate certificate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            X500Name issuer =
                    X500Name.getInstance(certificate.getIssuerX500Principal().getEncoded());
            return new SigningCertificateV2(
                    new ESSCertIDv2(hash, new IssuerSerial(issuer, certificate.getSerialNumber())));
        } catch (NoSuchAlgorithmException | CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
