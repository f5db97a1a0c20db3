package org.zegel.store.pkcs12;

import java.security.SecureRandom;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PBMAC1Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.zegel.model.Failure;

/** What PBKDF2-HMAC-SHA-256 is given in a file of Zegel's own: one salt for encryption, one for the MAC. */
record Salts(byte[] encryption, byte[] mac, int iterations) {
    /** Iterations of new files (OWASP's figure of 2023 for this PRF). */
    static final int ITERATIONS = 600_000;

    private static final int SALT_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final String PRF = "SHA256";

    static Salts fresh(int iterations) {
        SecureRandom random = new SecureRandom();
        byte[] encryption = new byte[SALT_BYTES];
        byte[] mac = new byte[SALT_BYTES];
        random.nextBytes(encryption);
        random.nextBytes(mac);
        return new Salts(encryption, mac, iterations);
    }

    byte[] encryptionKey(PasswordKeys keys) throws Failure {
        return keys.pbkdf2(PRF, encryption, iterations, KEY_BYTES);
    }

    byte[] macKey(PasswordKeys keys) throws Failure {
        return keys.pbkdf2(PRF, mac, iterations, KEY_BYTES);
    }

    PBKDF2Params encryptionParameters() {
        return new PBKDF2Params(encryption, iterations, KEY_BYTES, Pkcs12Writer.HMAC_SHA256);
    }

    PBKDF2Params macParameters() {
        return new PBKDF2Params(mac, iterations, KEY_BYTES, Pkcs12Writer.HMAC_SHA256);
    }

    /** Those of a file, so that it can be written again with the keys at hand; empty where it is not as ours are. */
    static Optional<Salts> of(Pfx pfx, int leastIterations) {
        try {
            AlgorithmIdentifier macAlgorithm = pfx.getMacData().getMac().getAlgorithmId();
            PBKDF2Params mac = PBKDF2Params.getInstance(PBMAC1Params.getInstance(macAlgorithm.getParameters())
                    .getKeyDerivationFunc()
                    .getParameters());
            byte[] safe =
                    ASN1OctetString.getInstance(pfx.getAuthSafe().getContent()).getOctets();
            ContentInfo first =
                    ContentInfo.getInstance(ASN1Sequence.getInstance(safe).getObjectAt(0));
            AlgorithmIdentifier scheme =
                    EncryptedData.getInstance(first.getContent()).getEncryptionAlgorithm();
            PBKDF2Params encryption = PBKDF2Params.getInstance(PBES2Parameters.getInstance(scheme.getParameters())
                    .getKeyDerivationFunc()
                    .getParameters());
            Salts found = new Salts(
                    encryption.getSalt(), mac.getSalt(), mac.getIterationCount().intValueExact());
            boolean ours = PKCSObjectIdentifiers.id_PBMAC1.equals(macAlgorithm.getAlgorithm())
                    && found.iterations() >= leastIterations
                    && found.encryptionParameters().equals(encryption)
                    && found.macParameters().equals(mac);
            return ours ? Optional.of(found) : Optional.empty();
        } catch (RuntimeException madeElsewhere) {
            return Optional.empty();
        }
    }
}
