package org.zegel.smime;

import java.security.cert.X509Certificate;
import java.util.List;
import org.zegel.model.ContentCipher;

/**
 * How to encrypt one message to one set of recipients, who all learn of one another.
 *
 * @param oaep RSAES-OAEP with SHA-256 instead of PKCS#1 v1.5, for RSA recipients
 */
public record EncryptOptions(ContentCipher cipher, boolean oaep, List<X509Certificate> recipients) {
    public EncryptOptions {
        recipients = List.copyOf(recipients);
    }
}
