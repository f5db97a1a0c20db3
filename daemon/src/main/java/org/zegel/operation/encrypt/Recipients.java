package org.zegel.operation.encrypt;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.zegel.content.Content;
import org.zegel.model.Capabilities;
import org.zegel.model.CertificateAddresses;
import org.zegel.model.Client;
import org.zegel.model.ContentCipher;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;
import org.zegel.operation.CertificateFiles;
import org.zegel.operation.RecipientCertificates;
import org.zegel.operation.RecipientLookup;
import org.zegel.smime.MessageEnvelope;

/**
 * Who gets which message: those in To and Cc share one, everyone who is only in Bcc gets one alone.
 *
 * @param cipher what all of them are known to read
 */
record Recipients(List<Group> groups, ContentCipher cipher) {
    /** The recipients of one message; addresses as text, or the subject of a certificate that names none. */
    record Group(List<String> addresses, List<X509Certificate> certificates) {}

    /** One recipient, before grouping. */
    private record One(
            String name,
            X509Certificate certificate,
            @Nullable Capabilities capabilities,
            boolean hidden) {}

    static Recipients of(
            EncryptMessage.Parameters parameters, MessageEnvelope envelope, RecipientCertificates lookup, Client client)
            throws Failure, IOException {
        List<One> all = new ArrayList<>();
        for (Content file : parameters.certificates()) {
            for (X509Certificate certificate : CertificateFiles.read(file)) {
                all.add(given(certificate, envelope));
            }
        }
        for (RecipientLookup.Found found : lookup.require(client, addresses(parameters, envelope))) {
            all.add(new One(
                    found.address().toString(),
                    found.certificate(),
                    found.capabilities(),
                    isHidden(List.of(found.address()), envelope)));
        }
        if (all.isEmpty()) {
            throw new Failure(
                    Failure.Kind.INVALID_PARAMETERS,
                    "There is nobody to encrypt to: the message has no To, Cc or Bcc address. Give to or recipients.");
        }
        List<@Nullable Capabilities> known = new ArrayList<>();
        all.forEach(one -> known.add(one.capabilities()));
        return new Recipients(group(all), lookup.cipher(known));
    }

    private static List<EmailAddress> addresses(EncryptMessage.Parameters parameters, MessageEnvelope envelope)
            throws Failure {
        List<EmailAddress> to = parameters.to();
        if (to != null) {
            return to;
        }
        if (!parameters.certificates().isEmpty()) {
            return List.of();
        }
        if (!envelope.unreadable().isEmpty()) {
            throw new Failure(
                    Failure.Kind.MESSAGE_MALFORMED,
                    "A To, Cc or Bcc field holds something that is not an address. Correct it, or give to.");
        }
        return Stream.of(envelope.to(), envelope.cc(), envelope.bcc())
                .flatMap(List::stream)
                .toList();
    }

    private static One given(X509Certificate certificate, MessageEnvelope envelope) {
        List<EmailAddress> addresses = CertificateAddresses.of(certificate);
        String name = addresses.isEmpty()
                ? certificate.getSubjectX500Principal().getName()
                : addresses.getFirst().toString();
        return new One(name, certificate, null, isHidden(addresses, envelope));
    }

    private static boolean isHidden(List<EmailAddress> names, MessageEnvelope envelope) {
        return isAmong(names, envelope.bcc()) && !isAmong(names, envelope.to()) && !isAmong(names, envelope.cc());
    }

    private static boolean isAmong(List<EmailAddress> names, List<EmailAddress> field) {
        return names.stream().anyMatch(name -> field.stream().anyMatch(name::matches));
    }

    private static List<Group> group(List<One> all) {
        List<One> open = all.stream().filter(one -> !one.hidden()).toList();
        List<Group> groups = new ArrayList<>();
        if (!open.isEmpty()) {
            groups.add(new Group(
                    open.stream().map(One::name).distinct().toList(),
                    open.stream().map(One::certificate).distinct().toList()));
        }
        all.stream()
                .filter(One::hidden)
                .forEach(one -> groups.add(new Group(List.of(one.name()), List.of(one.certificate()))));
        return groups;
    }
}
