package org.zegel.smime.make;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientIdentifier;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.zegel.model.Failure;
import org.zegel.model.Failure.Kind;
import org.zegel.smime.EncryptOptions;
import org.zegel.smime.cms.CmsAlgorithms;

/** The content-encryption key, sent to each recipient in the way of their key (RFC 5652 section 6.2). */
final class Recipients {
    private static final OAEPParameterSpec OAEP_SHA256 =
            new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);

    private final ASN1EncodableVector infos = new ASN1EncodableVector();
    private boolean agreed;

    /** Encrypts the key to all recipients of the options. */
    Recipients(EncryptOptions options, byte[] contentKey) throws Failure {
        if (options.recipients().isEmpty()) {
            throw new Failure(Kind.INVALID_PARAMETERS, "A message cannot be encrypted to nobody.");
        }
        for (X509Certificate recipient : options.recipients()) {
            infos.add(info(recipient, options.oaep(), contentKey));
        }
    }

    DERSet infos() {
        return new DERSet(infos);
    }

    /** The version of an EnvelopedData with these recipients (RFC 5652 section 6.1). */
    int envelopedDataVersion() {
        return agreed ? 2 : 0;
    }

    private RecipientInfo info(X509Certificate recipient, boolean oaep, byte[] contentKey) throws Failure {
        IssuerAndSerialNumber id = new IssuerAndSerialNumber(SignedDataMaker.structure(recipient));
        try {
            String algorithm = recipient.getPublicKey().getAlgorithm();
            return switch (algorithm) {
                case "RSA" -> transport(id, standard("RSA", recipient), oaep, contentKey);
                case "EC", "ECDSA", "ECDH" -> {
                    agreed = true;
                    yield KeyAgreementInfo.elliptic(id, standard("EC", recipient), contentKey);
                }
                case "XDH", "X25519" -> {
                    agreed = true;
                    yield KeyAgreementInfo.x25519(id, standard("X25519", recipient), contentKey);
                }
                default -> throw unsuitable(recipient);
            };
        } catch (GeneralSecurityException unusable) {
            throw unsuitable(recipient);
        }
    }

    private static RecipientInfo transport(IssuerAndSerialNumber id, PublicKey key, boolean oaep, byte[] contentKey)
            throws GeneralSecurityException {
        Cipher cipher;
        if (oaep) {
            cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, OAEP_SHA256);
        } else {
            cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            cipher.init(Cipher.ENCRYPT_MODE, key);
        }
        return new RecipientInfo(new KeyTransRecipientInfo(
                new RecipientIdentifier(id),
                oaep ? CmsAlgorithms.rsaOaep() : CmsAlgorithms.rsaPkcs1(),
                new DEROctetString(cipher.doFinal(contentKey))));
    }

    /** The key as the JDK's own provider has it, whoever parsed the certificate. */
    private static PublicKey standard(String algorithm, X509Certificate certificate) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm)
                .generatePublic(
                        new X509EncodedKeySpec(certificate.getPublicKey().getEncoded()));
    }

    private static Failure unsuitable(X509Certificate recipient) {
        String subject = recipient.getSubjectX500Principal().getName();
        return new Failure(
                Kind.NO_RECIPIENT_CERTIFICATE,
                "A recipient's certificate cannot be used for encryption; ask for another one.",
                Map.of("subject", subject, "reason", "key-not-usable"));
    }
}
