package org.zegel.store.pkcs12;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Failure;

/** Reads keys and certificates from PEM text (RFC 7468, and OpenSSL's older encrypted form), in any order. */
final class PemKeyReader {
    private static final byte[] MARK = "-----BEGIN ".getBytes(StandardCharsets.US_ASCII);

    private final Passphrase passphrase;
    private @Nullable ASN1Encodable curve;

    PemKeyReader(Passphrase passphrase) {
        this.passphrase = passphrase;
    }

    static boolean looksLikePem(byte[] file) {
        for (int i = 0; i + MARK.length <= file.length; i++) {
            if (file[i] == '-' && Arrays.equals(file, i, i + MARK.length, MARK, 0, MARK.length)) {
                return true;
            }
        }
        return false;
    }

    Contents read(byte[] file) throws Failure {
        Contents found = new Contents();
        // Base64 of keys passes through the reader's own buffers here, which cannot be wiped.
        try (PemReader reader = new PemReader(new StringReader(new String(file, StandardCharsets.ISO_8859_1)))) {
            for (PemObject object = reader.readPemObject(); object != null; object = reader.readPemObject()) {
                found.count();
                read(object, found);
            }
            return found;
        } catch (IOException | RuntimeException malformed) {
            found.wipe();
            throw ImportProblem.DAMAGED.failure();
        } catch (Failure failed) {
            found.wipe();
            throw failed;
        }
    }

    private void read(PemObject object, Contents found) throws Failure, IOException {
        byte[] content = object.getContent();
        switch (object.getType()) {
            case "CERTIFICATE", "X509 CERTIFICATE" -> found.addCertificate(content);
            case "TRUSTED CERTIFICATE" -> found.addCertificate(first(content));
            case "PRIVATE KEY" -> found.addKey(PrivateKeyInfo.getInstance(content));
            case "ENCRYPTED PRIVATE KEY" -> found.addKey(unshroud(EncryptedPrivateKeyInfo.getInstance(content)));
            case "RSA PRIVATE KEY" -> found.addKey(rsa(clear(object)));
            case "EC PRIVATE KEY" -> found.addKey(ec(clear(object)));
            case "EC PARAMETERS" -> curve = ASN1Primitive.fromByteArray(content);
            default -> {
                // Requests, parameters, CRLs: not for this reader.
            }
        }
        Arrays.fill(content, (byte) 0);
    }

    private static byte[] first(byte[] content) throws IOException {
        try (ASN1InputStream in = new ASN1InputStream(content)) {
            return in.readObject().getEncoded();
        }
    }

    private PrivateKeyInfo unshroud(EncryptedPrivateKeyInfo shrouded) throws Failure {
        PasswordKeys keys = passphrase.keys();
        Failure wrong = ImportProblem.WRONG_PASSPHRASE.failure();
        for (byte[] form : keys.bmpForms()) {
            try {
                return Pkcs12Reader.unshroud(shrouded, new PasswordDecryption(keys, form));
            } catch (Failure failed) {
                if (!ImportProblem.WRONG_PASSPHRASE.is(failed)) {
                    throw failed;
                }
                wrong = failed;
            } finally {
                Arrays.fill(form, (byte) 0);
            }
        }
        throw wrong;
    }

    private ASN1Primitive clear(PemObject object) throws Failure, IOException {
        if (!PemEncryption.isEncrypted(object)) {
            return ASN1Primitive.fromByteArray(object.getContent());
        }
        byte[] clear = PemEncryption.decrypt(object, passphrase.keys());
        try {
            return ASN1Primitive.fromByteArray(clear);
        } catch (IOException garbage) {
            throw ImportProblem.WRONG_PASSPHRASE.failure();
        }
    }

    private static PrivateKeyInfo rsa(ASN1Primitive key) throws IOException {
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
        return new PrivateKeyInfo(algorithm, RSAPrivateKey.getInstance(key));
    }

    /** RFC 5915; the curve may stand in the key or in a block of its own before it. */
    private PrivateKeyInfo ec(ASN1Primitive key) throws IOException {
        ECPrivateKey ec = ECPrivateKey.getInstance(key);
        ASN1Encodable named = ec.getParametersObject();
        AlgorithmIdentifier algorithm =
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, named != null ? named : curve);
        return new PrivateKeyInfo(algorithm, ec);
    }
}
