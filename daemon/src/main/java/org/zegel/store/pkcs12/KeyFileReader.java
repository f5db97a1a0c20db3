package org.zegel.store.pkcs12;

import java.io.IOException;
import java.util.List;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.zegel.model.Failure;

/** Reads the identities of a key file: PKCS#12 or PEM. */
public final class KeyFileReader {
    /** Largest file read, in bytes. */
    public static final int MAX_FILE_BYTES = 8 << 20;

    private static final int SEQUENCE = 0x30;

    private KeyFileReader() {}

    /**
     * All identities of the file, at least one; the caller closes them.
     *
     * @throws Failure {@code IMPORT_FAILED} with a {@code reason} of {@link ImportProblem}, or what the source throws
     */
    public static List<ImportedIdentity> read(byte[] file, PassphraseSource source) throws Failure {
        if (file.length > MAX_FILE_BYTES) {
            throw ImportProblem.TOO_LARGE.failure();
        }
        try (Passphrase passphrase = new Passphrase(source)) {
            return read(file, passphrase).identities();
        }
    }

    private static Contents read(byte[] file, Passphrase passphrase) throws Failure {
        if (file.length > 0 && file[0] == SEQUENCE) {
            return readPkcs12(file, passphrase);
        }
        if (PemKeyReader.looksLikePem(file)) {
            return new PemKeyReader(passphrase).read(file);
        }
        throw ImportProblem.NOT_A_KEY_FILE.failure();
    }

    static Contents readPkcs12(byte[] file, Passphrase passphrase) throws Failure {
        try {
            return new Pkcs12Reader(passphrase).read(pfx(file));
        } catch (RuntimeException malformed) {
            // The parser says so in many ways.
            throw ImportProblem.DAMAGED.failure();
        }
    }

    static Pfx pfx(byte[] file) throws Failure {
        ASN1Sequence sequence;
        try {
            sequence = ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(file));
        } catch (IOException | RuntimeException malformed) {
            throw ImportProblem.DAMAGED.failure();
        }
        if (Contents.isCertificate(file)) {
            throw ImportProblem.NO_PRIVATE_KEY.failure();
        }
        if (sequence.size() < 2 || !(sequence.getObjectAt(0) instanceof ASN1Integer)) {
            throw ImportProblem.NOT_A_KEY_FILE.failure();
        }
        return Pfx.getInstance(sequence);
    }
}
