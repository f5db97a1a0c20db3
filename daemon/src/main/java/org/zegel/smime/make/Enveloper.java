package org.zegel.smime.make;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.GCMParameters;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.zegel.model.ContentCipher;
import org.zegel.model.Failure;
import org.zegel.smime.EncryptOptions;
import org.zegel.smime.cms.CmsAlgorithms;
import org.zegel.smime.mime.BlockOutputStream;

/** Makes EnvelopedData (RFC 5652 section 6) or AuthEnvelopedData (RFC 5083, RFC 5084), streaming. */
final class Enveloper {
    private static final int BLOCK = 16;
    private static final int NONCE = 12;
    private static final int TAG = 16;

    private final ContentCipher kind;
    private final Cipher cipher;
    private final AlgorithmIdentifier algorithm;
    private final Recipients recipients;

    /** Makes a key for this one message and encrypts it to all recipients, before anything is read. */
    Enveloper(EncryptOptions options) throws Failure {
        kind = options.cipher();
        SecureRandom random = new SecureRandom();
        byte[] key = random(random, kind.keyBytes());
        byte[] iv = random(random, kind.authenticated() ? NONCE : BLOCK);
        recipients = new Recipients(options, key);
        ASN1Encodable parameters = kind.authenticated() ? new GCMParameters(iv, TAG) : new DEROctetString(iv);
        algorithm = new AlgorithmIdentifier(CmsAlgorithms.cipher(kind), parameters);
        try {
            cipher = Cipher.getInstance(kind.authenticated() ? "AES/GCM/NoPadding" : "AES/CBC/PKCS5Padding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(key, "AES"),
                    kind.authenticated() ? new GCMParameterSpec(TAG * 8, iv) : new IvParameterSpec(iv));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
        Arrays.fill(key, (byte) 0);
    }

    /** The smime-type parameter of RFC 8551 section 3.2.2. */
    static String smimeType(ContentCipher cipher) {
        return cipher.authenticated() ? "authEnveloped-data" : "enveloped-data";
    }

    /** Writes a ContentInfo in BER with the content encrypted. */
    void write(SignedDataMaker.Source content, OutputStream out) throws Failure, IOException {
        BerWriter ber = new BerWriter(out);
        ber.begin(
                kind.authenticated() ? CMSObjectIdentifiers.authEnvelopedData : CMSObjectIdentifiers.envelopedData,
                kind.authenticated() ? 0 : recipients.envelopedDataVersion());
        ber.write(recipients.infos());
        ber.start(BerWriter.SEQUENCE);
        ber.write(CMSObjectIdentifiers.data);
        ber.write(algorithm);
        ber.start(BerWriter.CONTEXT_0);
        byte[] tag;
        try (BerWriter.Pieces pieces = ber.pieces()) {
            EncryptingStream encrypting = new EncryptingStream(pieces);
            content.writeTo(encrypting);
            tag = encrypting.finish();
        }
        ber.end();
        ber.end();
        if (kind.authenticated()) {
            ber.write(new DEROctetString(tag));
        }
        ber.endAll();
    }

    private static byte[] random(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Encrypts in blocks of at most 16 KiB a call, where the JDK's ciphers are fastest. */
    private final class EncryptingStream extends BlockOutputStream {
        private final OutputStream out;
        private final byte[] encrypted = new byte[Meter.BLOCK + 2 * BLOCK];

        EncryptingStream(OutputStream out) {
            super(Meter.BLOCK);
            this.out = out;
        }

        @Override
        protected void pass(int length) throws IOException {
            try {
                out.write(encrypted, 0, cipher.update(block, 0, length, encrypted, 0));
            } catch (GeneralSecurityException impossible) {
                throw new IOException(impossible);
            }
        }

        /** Writes the rest; gives the authentication tag, empty for a cipher without one. */
        byte[] finish() throws IOException {
            try {
                passRest();
                byte[] last = cipher.doFinal();
                Arrays.fill(block, (byte) 0);
                int tagLength = kind.authenticated() ? TAG : 0;
                out.write(last, 0, last.length - tagLength);
                return Arrays.copyOfRange(last, last.length - tagLength, last.length);
            } catch (GeneralSecurityException impossible) {
                throw new IOException(impossible);
            }
        }
    }
}
