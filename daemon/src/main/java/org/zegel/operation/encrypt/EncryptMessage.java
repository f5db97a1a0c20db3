package org.zegel.operation.encrypt;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.zegel.content.Content;
import org.zegel.model.ContentCipher;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;
import org.zegel.model.Finding;
import org.zegel.model.HeaderPolicy;
import org.zegel.model.Identity;
import org.zegel.model.IdentityId;
import org.zegel.operation.Call;
import org.zegel.operation.MessageSigning;
import org.zegel.operation.RecipientCertificates;
import org.zegel.operation.SenderCertificate;
import org.zegel.operation.SignatureForm;
import org.zegel.smime.EncryptOptions;
import org.zegel.smime.HeaderProtection;
import org.zegel.smime.MessageEnvelope;
import org.zegel.smime.make.MessageEncryptor;
import org.zegel.smime.make.MessageEnvelopeReader;

/**
 * Encrypts a message (RFC 8551 section 3.3), signing it first when asked: one message for To and Cc, one for each Bcc
 * recipient, each readable by the sender as well.
 */
public final class EncryptMessage {
    /** The sender has no certificate to encrypt to, and named recipients' certificates nonetheless. */
    public static final Finding SENDER_CANNOT_READ = Finding.SENDER_CANNOT_READ;

    private final RecipientCertificates lookup;
    private final SenderCertificate senders;
    private final MessageSigning signing;

    public EncryptMessage(RecipientCertificates lookup, SenderCertificate senders, MessageSigning signing) {
        this.lookup = lookup;
        this.senders = senders;
        this.signing = signing;
    }

    /**
     * What to encrypt and to whom.
     *
     * @param to instead of the message's own recipients; null for those
     * @param certificates recipients' certificate files, used as they are
     * @param sign how to sign first; null does not sign
     * @param cipher null chooses by what the recipients read
     */
    public record Parameters(
            Content message,
            @Nullable List<EmailAddress> to,
            List<Content> certificates,
            @Nullable Signature sign,
            @Nullable ContentCipher cipher,
            boolean oaep,
            Headers headers) {}

    /**
     * What is hidden of the header.
     *
     * @param legacyDisplay whether the text repeats it for readers that do not know header protection
     */
    public record Headers(HeaderPolicy policy, boolean legacyDisplay) {}

    /** {@code identity}: null chooses by the From address. */
    public record Signature(@Nullable IdentityId identity, SignatureForm form) {}

    public record Addressed(List<String> recipients, Content message) {}

    public record Result(List<Addressed> messages, ContentCipher cipher, List<Finding> findings) {}

    /**
     * Encrypts. All certificates are looked up and chosen, the sender's too, before the person is asked to sign.
     *
     * @throws Failure {@code NO_RECIPIENT_CERTIFICATE} naming each address without one and why
     */
    public Result run(Parameters parameters, Call call) throws Failure, IOException {
        MessageEnvelope envelope = MessageEnvelopeReader.read(parameters.message());
        Recipients recipients = Recipients.of(parameters, envelope, lookup, call.client());
        Signature wished = parameters.sign();
        Identity signer = wished == null ? null : signing.signer(call, wished.identity(), envelope);
        Optional<X509Certificate> sender = senders.find(envelope.from(), signer);
        requireSender(sender, envelope, !parameters.certificates().isEmpty());
        // Hidden outside, the header of a message whose payload is out of reach would be lost.
        Headers wanted = envelope.closed() ? new Headers(HeaderPolicy.OFF, false) : parameters.headers();
        Content message = parameters.message();
        HeaderProtection headers = HeaderProtection.encrypting(wanted.policy(), wanted.legacyDisplay());
        if (wished != null && signer != null) {
            HeaderProtection inside = HeaderProtection.signingToEncrypt(wanted.policy(), wanted.legacyDisplay());
            message = signing.sign(call, message, envelope, signer, wished.form(), inside);
            headers = HeaderProtection.encryptingSigned(wanted.policy());
        }
        ContentCipher given = parameters.cipher();
        ContentCipher cipher = given == null ? recipients.cipher() : given;
        List<Addressed> messages = new ArrayList<>();
        for (Recipients.Group group : recipients.groups()) {
            List<X509Certificate> certificates = Stream.concat(group.certificates().stream(), sender.stream())
                    .distinct()
                    .toList();
            EncryptOptions options = new EncryptOptions(cipher, parameters.oaep(), certificates, headers);
            Content encrypted = MessageEncryptor.encrypt(message, options, call.workspace(), call.progress());
            messages.add(new Addressed(group.addresses(), encrypted));
        }
        return new Result(messages, cipher, findings(sender.isPresent(), envelope, parameters.headers()));
    }

    private static List<Finding> findings(boolean senderReads, MessageEnvelope envelope, Headers wished) {
        List<Finding> findings = new ArrayList<>();
        if (!senderReads) {
            findings.add(SENDER_CANNOT_READ);
        }
        boolean hides = wished.policy() == HeaderPolicy.BASELINE || wished.policy() == HeaderPolicy.SHY;
        if (envelope.closed() && hides) {
            findings.add(Finding.HEADER_NOT_HIDDEN);
        }
        return List.copyOf(findings);
    }

    private static void requireSender(Optional<X509Certificate> sender, MessageEnvelope envelope, boolean mayBeAbsent)
            throws Failure {
        if (sender.isPresent() || mayBeAbsent) {
            return;
        }
        if (envelope.from().isEmpty()) {
            throw new Failure(
                    Failure.Kind.MESSAGE_MALFORMED,
                    "The message has no From address, so it cannot be encrypted to its sender as well.");
        }
        String from = envelope.from().getFirst().toString();
        throw new Failure(
                Failure.Kind.NO_RECIPIENT_CERTIFICATE,
                "There is no identity for the sender, " + from + ", who could not read this message afterwards. "
                        + "Import one, or name the recipients' certificates to send without a copy of your own.",
                Map.of("recipients", List.of(Map.of("address", from, "reason", "sender-without-identity"))));
    }
}
