package org.zegel.smime;

import java.security.cert.X509Certificate;
import java.util.List;
import org.zegel.model.ContentCipher;
import org.zegel.model.HeaderPolicy;

/**
 * How to encrypt one message to one set of recipients, who all learn of one another.
 *
 * @param oaep RSAES-OAEP with SHA-256 instead of PKCS#1 v1.5, for RSA recipients
 * @param headers for whole messages
 */
public record EncryptOptions(
        ContentCipher cipher, boolean oaep, List<X509Certificate> recipients, HeaderProtection headers) {
    public EncryptOptions {
        recipients = List.copyOf(recipients);
    }

    /** With header fields protected as is usual. */
    public EncryptOptions(ContentCipher cipher, boolean oaep, List<X509Certificate> recipients) {
        this(cipher, oaep, recipients, HeaderProtection.encrypting(HeaderPolicy.BASELINE, true));
    }
}
