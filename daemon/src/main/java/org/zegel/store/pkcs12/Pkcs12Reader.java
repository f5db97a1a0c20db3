package org.zegel.store.pkcs12;

import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.CertBag;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.SafeBag;
import org.zegel.model.Failure;

/** Reads a PKCS#12 file (RFC 7292) as OpenSSL, Windows, NSS, the JDK and others write it. */
final class Pkcs12Reader {
    /** How deep safe contents may hold safe contents. */
    private static final int MAX_DEPTH = 4;

    private final Passphrase passphrase;

    Pkcs12Reader(Passphrase passphrase) {
        this.passphrase = passphrase;
    }

    Contents read(Pfx pfx) throws Failure {
        byte[] content = authenticatedSafe(pfx.getAuthSafe());
        MacData mac = pfx.getMacData();
        if (mac != null) {
            return readSafe(content, verified(mac, content));
        }
        if (!isEncrypted(content)) {
            return readSafe(content, new byte[0]);
        }
        return tryForms(content);
    }

    private static byte[] authenticatedSafe(ContentInfo safe) throws Failure {
        if (!PKCSObjectIdentifiers.data.equals(safe.getContentType())) {
            // Public-key integrity (signedData): nobody writes it, and there is no key to check it with.
            throw ImportProblem.UNKNOWN_ALGORITHM.failure();
        }
        return ASN1OctetString.getInstance(safe.getContent()).getOctets();
    }

    /** The form of the passphrase that the MAC confirms. */
    private byte[] verified(MacData mac, byte[] content) throws Failure {
        PasswordKeys keys = passphrase.keys();
        for (byte[] form : keys.bmpForms()) {
            if (PasswordMac.verify(mac, content, keys, form)) {
                return form;
            }
            Arrays.fill(form, (byte) 0);
        }
        throw ImportProblem.WRONG_PASSPHRASE.failure();
    }

    /** Without a MAC the right form is the one that decrypts. */
    private Contents tryForms(byte[] content) throws Failure {
        Failure wrong = ImportProblem.WRONG_PASSPHRASE.failure();
        for (byte[] form : passphrase.keys().bmpForms()) {
            try {
                return readSafe(content, form);
            } catch (Failure failed) {
                if (!ImportProblem.WRONG_PASSPHRASE.is(failed)) {
                    throw failed;
                }
                wrong = failed;
            }
        }
        throw wrong;
    }

    private static boolean isEncrypted(byte[] content) {
        for (Object element : ASN1Sequence.getInstance(content)) {
            ContentInfo info = ContentInfo.getInstance(element);
            if (!PKCSObjectIdentifiers.data.equals(info.getContentType())) {
                return true;
            }
            byte[] bags = ASN1OctetString.getInstance(info.getContent()).getOctets();
            for (Object bag : ASN1Sequence.getInstance(bags)) {
                if (PKCSObjectIdentifiers.pkcs8ShroudedKeyBag.equals(
                        SafeBag.getInstance(bag).getBagId())) {
                    return true;
                }
            }
        }
        return false;
    }

    private Contents readSafe(byte[] content, byte[] form) throws Failure {
        Contents found = new Contents();
        try {
            for (Object element : ASN1Sequence.getInstance(content)) {
                found.count();
                readInfo(ContentInfo.getInstance(element), form, found);
            }
            return found;
        } catch (Failure | RuntimeException failed) {
            found.wipe();
            throw failed;
        } finally {
            Arrays.fill(form, (byte) 0);
        }
    }

    private void readInfo(ContentInfo info, byte[] form, Contents found) throws Failure {
        if (PKCSObjectIdentifiers.data.equals(info.getContentType())) {
            readBags(
                    ASN1Sequence.getInstance(
                            ASN1OctetString.getInstance(info.getContent()).getOctets()),
                    form,
                    found,
                    0);
        } else if (PKCSObjectIdentifiers.encryptedData.equals(info.getContentType())) {
            EncryptedData data = EncryptedData.getInstance(info.getContent());
            byte[] clear = new PasswordDecryption(passphrase.keys(), form)
                    .decrypt(data.getEncryptionAlgorithm(), data.getContent().getOctets());
            try {
                readBags(decrypted(clear), form, found, 0);
            } finally {
                Arrays.fill(clear, (byte) 0);
            }
        } else {
            // Encrypted to a public key (envelopedData): the rest of the file may still be of use.
            found.passOver(ImportProblem.UNKNOWN_ALGORITHM.failure());
        }
    }

    private void readBags(ASN1Sequence bags, byte[] form, Contents found, int depth) throws Failure {
        for (Object element : bags) {
            found.count();
            readBag(SafeBag.getInstance(element), form, found, depth);
        }
    }

    private void readBag(SafeBag bag, byte[] form, Contents found, int depth) throws Failure {
        if (PKCSObjectIdentifiers.keyBag.equals(bag.getBagId())) {
            found.addKey(PrivateKeyInfo.getInstance(bag.getBagValue()));
        } else if (PKCSObjectIdentifiers.pkcs8ShroudedKeyBag.equals(bag.getBagId())) {
            found.addKey(unshroud(EncryptedPrivateKeyInfo.getInstance(bag.getBagValue()), form));
        } else if (PKCSObjectIdentifiers.certBag.equals(bag.getBagId())) {
            CertBag certificate = CertBag.getInstance(bag.getBagValue());
            if (PKCSObjectIdentifiers.x509Certificate.equals(certificate.getCertId())) {
                found.addCertificate(
                        ASN1OctetString.getInstance(certificate.getCertValue()).getOctets());
            }
        } else if (PKCSObjectIdentifiers.safeContentsBag.equals(bag.getBagId())) {
            if (depth >= MAX_DEPTH) {
                throw ImportProblem.DAMAGED.failure();
            }
            readBags(ASN1Sequence.getInstance(bag.getBagValue()), form, found, depth + 1);
        }
        // CRLs and secrets are of no use here and are passed over.
    }

    private PrivateKeyInfo unshroud(EncryptedPrivateKeyInfo shrouded, byte[] form) throws Failure {
        return unshroud(shrouded, new PasswordDecryption(passphrase.keys(), form));
    }

    /** Opens an encrypted PKCS#8 key (RFC 5958 section 3). */
    static PrivateKeyInfo unshroud(EncryptedPrivateKeyInfo shrouded, PasswordDecryption decryption) throws Failure {
        byte[] clear = decryption.decrypt(shrouded.getEncryptionAlgorithm(), shrouded.getEncryptedData());
        try {
            return PrivateKeyInfo.getInstance(decrypted(clear).getEncoded());
        } catch (IOException | IllegalArgumentException garbage) {
            throw ImportProblem.WRONG_PASSPHRASE.failure();
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    /** A wrong key may give padding that fits by chance, but not a structure. */
    private static ASN1Sequence decrypted(byte[] clear) throws Failure {
        try {
            return ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(clear));
        } catch (IOException | RuntimeException garbage) {
            throw ImportProblem.WRONG_PASSPHRASE.failure();
        }
    }
}
