package org.zegel.smime.open;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAttributeTableGenerator;
import org.bouncycastle.cms.CMSAuthEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSCompressedDataGenerator;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.RecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.ZlibCompressor;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.zegel.fixtures.TestIdentity;

/** Makes messages with Bouncy Castle's own generators, for tests of reading. */
final class Messages {
    static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();
    static final String HEADER =
            "From: Alice <alice@example.org>\r\nTo: bob@example.org\r\nSubject: Hello\r\n" + "MIME-Version: 1.0\r\n";
    static final String ENTITY = "Content-Type: text/plain; charset=utf-8\r\n\r\nHello Bob,\r\nthe text.\r\n";

    private Messages() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Bytes as text, a character a byte. */
    static String string(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static byte[] signedData(byte[] content, boolean encapsulated, TestIdentity signer, String algorithm)
            throws Exception {
        return signedData(
                content,
                encapsulated,
                new AttributeTable(new org.bouncycastle.asn1.ASN1EncodableVector()),
                signer,
                algorithm);
    }

    static byte[] signedData(
            byte[] content, boolean encapsulated, AttributeTable more, TestIdentity signer, String algorithm)
            throws Exception {
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        CMSAttributeTableGenerator attributes = new DefaultSignedAttributeTableGenerator(more);
        add(generator, attributes, signer, algorithm);
        return generator
                .generate(new CMSProcessableByteArray(content), encapsulated)
                .getEncoded();
    }

    static void add(
            CMSSignedDataGenerator generator,
            CMSAttributeTableGenerator attributes,
            TestIdentity signer,
            String algorithm)
            throws Exception {
        JcaSignerInfoGeneratorBuilder builder =
                new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder()
                        .setProvider(BOUNCY_CASTLE)
                        .build());
        builder.setSignedAttributeGenerator(attributes);
        generator.addSignerInfoGenerator(builder.build(
                new JcaContentSignerBuilder(algorithm)
                        .setProvider(BOUNCY_CASTLE)
                        .build(signer.privateKey()),
                signer.certificate()));
        List<X509Certificate> all = new ArrayList<>(List.of(signer.certificate()));
        all.addAll(signer.intermediates());
        generator.addCertificates(new JcaCertStore(all));
    }

    static byte[] enveloped(byte[] content, ASN1ObjectIdentifier cipher, TestIdentity... recipients) throws Exception {
        CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
        for (TestIdentity recipient : recipients) {
            generator.addRecipientInfoGenerator(transport(recipient));
        }
        return generator
                .generate(
                        new CMSProcessableByteArray(content),
                        new JceCMSContentEncryptorBuilder(cipher)
                                .setProvider(BOUNCY_CASTLE)
                                .build())
                .getEncoded();
    }

    static byte[] authEnveloped(byte[] content, CMSAttributeTableGenerator attributes, RecipientInfoGenerator recipient)
            throws Exception {
        CMSAuthEnvelopedDataGenerator generator = new CMSAuthEnvelopedDataGenerator();
        generator.addRecipientInfoGenerator(recipient);
        if (attributes != null) {
            generator.setAuthenticatedAttributeGenerator(attributes);
        }
        return generator
                .generate(new CMSProcessableByteArray(content), (OutputAEADEncryptor)
                        new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_GCM)
                                .setProvider(BOUNCY_CASTLE)
                                .build())
                .getEncoded();
    }

    static RecipientInfoGenerator transport(TestIdentity recipient) throws Exception {
        return new JceKeyTransRecipientInfoGenerator(recipient.certificate()).setProvider(BOUNCY_CASTLE);
    }

    static byte[] compressed(byte[] content) throws Exception {
        return new CMSCompressedDataGenerator()
                .generate(new CMSProcessableByteArray(content), new ZlibCompressor())
                .getEncoded();
    }

    /** An application/pkcs7-mime entity. */
    static String entity(String smimeType, byte[] cms) {
        return "Content-Type: application/pkcs7-mime; smime-type=" + smimeType + "; name=smime.p7m\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\n" + base64(cms) + "\r\n";
    }

    /** A multipart/signed entity around the signed one. */
    static String multipart(String signed, byte[] signature) {
        return "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256;"
                + " boundary=\"outer\"\r\n\r\n--outer\r\n" + signed
                + "\r\n--outer\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\n" + base64(signature) + "\r\n--outer--\r\n";
    }

    static String signedMessage(String entity, TestIdentity signer) throws Exception {
        return HEADER + multipart(entity, signedData(bytes(entity), false, signer, "SHA256withRSA"));
    }

    static String base64(byte[] bytes) {
        return Base64.getMimeEncoder(64, new byte[] {'\r', '\n'}).encodeToString(bytes);
    }

    static byte[] concatenated(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
