package org.zegel.smime.open;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.content.Content;
import org.zegel.content.Workspace;
import org.zegel.model.AddressFields;
import org.zegel.model.Failure;
import org.zegel.model.Finding;
import org.zegel.model.Layer;
import org.zegel.model.MessageFacts;
import org.zegel.model.Progress;
import org.zegel.model.Verdict;
import org.zegel.smime.DecryptionKeys;
import org.zegel.smime.OpenedMessage;
import org.zegel.smime.decrypt.KeyRing;
import org.zegel.smime.mime.HeaderField;
import org.zegel.smime.mime.MimeEntity;
import org.zegel.smime.mime.MimeScanner;

/** Opens whole messages: decrypts, verifies, and gives the clear message where the release rules allow. */
public final class MessageOpener {
    private MessageOpener() {}

    /**
     * Opens a message in bounded memory. Whatever is wrong with it is told by the facts.
     *
     * @param known certificates for signers whose own is not in the message
     * @return the clear message belongs to the workspace, or is the message itself when there was nothing to open
     * @throws Failure {@code MESSAGE_MALFORMED} when this is no message at all; refusals and PIN errors of the keys
     */
    public static OpenedMessage open(
            Content message,
            DecryptionKeys keys,
            Collection<X509Certificate> known,
            Workspace workspace,
            Progress progress)
            throws Failure, IOException {
        MimeEntity entity = MimeScanner.message(message);
        Part root = new Part(message, entity, true);
        Meter meter = new Meter(progress);
        try (KeyRing ring = new KeyRing(keys)) {
            Walk walk = new Walk(ring, known, workspace, meter);
            Layer layer = walk.read(root, true, 0).layer();
            Found found = walk.found();
            if (Wrapping.triple(layer)) {
                found.finding(Finding.TRIPLE_WRAPPED);
            }
            return new OpenedMessage(facts(root, layer, found), clear(root, found, workspace, meter));
        }
    }

    private static @Nullable Content clear(Part root, Found found, Workspace workspace, Meter meter)
            throws IOException {
        Part payload = found.payload();
        if (found.lock() == Verdict.Lock.FAILED || payload == null) {
            return null;
        }
        return payload.root() ? root.scanned() : ClearMessage.of(root, payload, workspace, meter);
    }

    private static MessageFacts facts(Part root, Layer layer, Found found) {
        return new MessageFacts(
                EncryptedThenSigned.mark(found.signers(), layer),
                found.lock(),
                List.of(layer),
                headers(values(root, "From"), protectedFrom(found)),
                values(root, "From"),
                protectedFrom(found),
                addresses(root, found),
                found.decryptedWith(),
                found.findings());
    }

    /** Only From is compared so far; other fields of a protected header are neither restored nor reported. */
    private static Verdict.Headers headers(List<String> outer, @Nullable List<String> inner) {
        if (inner == null) {
            return Verdict.Headers.NONE;
        }
        List<Verdict.HeaderDifference> differences = outer.equals(inner)
                ? List.of()
                : List.of(new Verdict.HeaderDifference("From", joined(outer), joined(inner)));
        return new Verdict.Headers(List.of("From"), differences);
    }

    private static @Nullable String joined(List<String> values) {
        return values.isEmpty() ? null : String.join(", ", values);
    }

    /** From fields in the header of what the layers around the whole protect (RFC 9788 section 2). */
    private static @Nullable List<String> protectedFrom(Found found) {
        Part payload = found.payload();
        if (payload == null || payload.root() || found.lock() == Verdict.Lock.FAILED) {
            return null;
        }
        List<String> from = values(payload, "From");
        return from.isEmpty() ? null : from;
    }

    /** Of the header that From is taken from. */
    private static AddressFields addresses(Part root, Found found) {
        Part payload = found.payload();
        Part named = payload == null || protectedFrom(found) == null ? root : payload;
        List<String> to = new ArrayList<>(values(named, "To"));
        to.addAll(values(named, "Cc"));
        return new AddressFields(values(named, "Sender"), values(named, "Reply-To"), values(named, "Resent-From"), to);
    }

    private static List<String> values(Part part, String name) {
        return part.entity().header().all(name).stream().map(HeaderField::value).toList();
    }
}
