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
import org.zegel.model.SignerFacts;
import org.zegel.model.Verdict;
import org.zegel.smime.DecryptionKeys;
import org.zegel.smime.OpenedMessage;
import org.zegel.smime.decrypt.KeyRing;
import org.zegel.smime.mime.Header;
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
            return new Opening(root, found, workspace, meter).opened(layer);
        }
    }

    /** What is made of a message once its layers are read. */
    private record Opening(Part root, Found found, Workspace workspace, Meter meter) {
        OpenedMessage opened(Layer layer) throws IOException {
            List<SignerFacts> signers = EncryptedThenSigned.mark(found.signers(), layer);
            ProtectedFields guarded = ProtectedFields.of(root, found, signers).orElse(null);
            Part payload = found.payload();
            if (payload == null || payload.root() || found.lock() == Verdict.Lock.FAILED) {
                Content clear = found.lock() == Verdict.Lock.FAILED ? null : root.scanned();
                return new OpenedMessage(facts(layer, signers, null), clear);
            }
            LegacyCuts cuts = guarded == null ? LegacyCuts.NONE : LegacyCuts.of(guarded);
            if (cuts.kept()) {
                found.finding(Finding.LEGACY_DISPLAY_KEPT);
            }
            Part shown = guarded == null ? payload : guarded.part();
            ClearMessage clear = new ClearMessage(root, shown, guarded, cuts);
            boolean otherSender = guarded != null
                    && HeaderReport.otherSender(guarded, root.entity().header());
            return new OpenedMessage(
                    facts(layer, signers, guarded),
                    clear.write(false, workspace, meter),
                    otherSender ? () -> clear.write(true, workspace, meter) : null);
        }

        private MessageFacts facts(Layer layer, List<SignerFacts> signers, @Nullable ProtectedFields guarded) {
            Header outer = root.entity().header();
            Verdict.Headers headers = Verdict.Headers.NONE;
            List<String> from = List.of();
            if (guarded != null) {
                HeaderReport report = HeaderReport.of(guarded, outer);
                headers = report.headers();
                from = guarded.values("From");
                report.findings().forEach(found::finding);
            }
            return new MessageFacts(
                    signers,
                    found.lock(),
                    List.of(layer),
                    headers,
                    values(outer, "From"),
                    from.isEmpty() ? null : from,
                    addresses(
                            from.isEmpty() || guarded == null
                                    ? outer
                                    : guarded.part().entity().header(),
                            outer),
                    found.decryptedWith(),
                    found.findings());
        }

        /** Of the header that From is taken from; who sends a message on says so outside. */
        private static AddressFields addresses(Header named, Header outer) {
            List<String> to = new ArrayList<>(values(named, "To"));
            to.addAll(values(named, "Cc"));
            return new AddressFields(
                    values(named, "Sender"), values(named, "Reply-To"), values(outer, "Resent-From"), to);
        }

        private static List<String> values(Header header, String name) {
            return header.all(name).stream().map(HeaderField::value).toList();
        }
    }
}
