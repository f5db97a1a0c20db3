package org.zegel.operation.cms;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.content.Content;
import org.zegel.model.Capabilities;
import org.zegel.model.ContentCipher;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;
import org.zegel.operation.Call;
import org.zegel.operation.CertificateFiles;
import org.zegel.operation.RecipientCertificates;
import org.zegel.operation.RecipientLookup;
import org.zegel.smime.EncryptOptions;
import org.zegel.smime.make.CmsEncryptor;

/** Makes EnvelopedData or AuthEnvelopedData over bytes. The caller names every recipient, its own sender included. */
public final class EncryptCms {
    private final RecipientCertificates recipients;

    public EncryptCms(RecipientCertificates recipients) {
        this.recipients = recipients;
    }

    /** {@code cipher}: null chooses by what the recipients read. */
    public record Parameters(
            Content content,
            List<EmailAddress> to,
            List<Content> certificates,
            @Nullable ContentCipher cipher,
            boolean oaep) {}

    /**
     * The ContentInfo.
     *
     * @throws Failure {@code NO_RECIPIENT_CERTIFICATE} naming each address without one and why
     */
    public Content run(Parameters parameters, Call call) throws Failure, IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        List<@Nullable Capabilities> known = new ArrayList<>();
        for (Content file : parameters.certificates()) {
            for (X509Certificate certificate : CertificateFiles.read(file)) {
                certificates.add(certificate);
                known.add(null);
            }
        }
        for (RecipientLookup.Found found : recipients.require(call.client(), parameters.to())) {
            certificates.add(found.certificate());
            known.add(found.capabilities());
        }
        if (certificates.isEmpty()) {
            throw new Failure(Failure.Kind.INVALID_PARAMETERS, "There is nobody to encrypt to. Give to or recipients.");
        }
        ContentCipher given = parameters.cipher();
        EncryptOptions options = new EncryptOptions(
                given == null ? recipients.cipher(known) : given,
                parameters.oaep(),
                certificates.stream().distinct().toList());
        return CmsEncryptor.encrypt(parameters.content(), options, call.workspace(), call.progress());
    }
}
