package org.zegel.smime.open;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.zegel.content.Content;
import org.zegel.content.Workspace;
import org.zegel.model.Failure;
import org.zegel.model.Finding;
import org.zegel.model.Layer;
import org.zegel.smime.decrypt.KeyRing;
import org.zegel.smime.mime.MimeEntity;
import org.zegel.smime.mime.MimeScanner;

/**
 * Goes down the layers of one message. On the way through layers that wrap all of it everything is opened; beside
 * clear parts signatures are checked and nothing is decrypted (EFAIL).
 */
final class Walk {
    /** Most cryptographic layers within one another. */
    static final int MAX_LAYERS = 20;
    /** Most parts and layers within one another, of all kinds together: every client can read the answer. */
    static final int MAX_DEPTH = 100;
    /** Most signatures that are checked in one message. */
    static final int MAX_SIGNATURES = 100;

    /** Most parts and layers of one message that are looked at and told of: the answer passes every door. */
    static final int MAX_TOLD = 1_000;

    /** Most text parts that are looked into for OpenPGP. */
    private static final int MAX_TEXTS = 100;

    private static final byte[] OPENPGP_ARMOUR = "-----BEGIN PGP ".getBytes(StandardCharsets.US_ASCII);

    private final Found found = new Found();
    private final KeyRing keys;
    private final Collection<X509Certificate> known;
    private final Workspace workspace;
    private final Meter meter;
    private int signatures;
    private int level;
    private int told;
    private int texts;

    Walk(KeyRing keys, Collection<X509Certificate> known, Workspace workspace, Meter meter) {
        this.keys = keys;
        this.known = known;
        this.workspace = workspace;
        this.meter = meter;
    }

    Found found() {
        return found;
    }

    KeyRing keys() {
        return keys;
    }

    Collection<X509Certificate> known() {
        return known;
    }

    Workspace workspace() {
        return workspace;
    }

    Meter meter() {
        return meter;
    }

    /** Whether one more signature may be checked. */
    boolean takesSignature() {
        if (signatures == MAX_SIGNATURES || found.signers().size() >= MAX_SIGNATURES) {
            found.finding(Finding.TOO_MANY_SIGNATURES);
            return false;
        }
        signatures++;
        return true;
    }

    /**
     * Reads a part.
     *
     * @param whole whether it is all that the layers around it hold
     * @param depth number of cryptographic layers around it
     */
    Reading read(Part part, boolean whole, int depth) throws IOException, Failure {
        level++;
        try {
            return readAtLevel(part, whole, depth);
        } finally {
            level--;
        }
    }

    private Reading readAtLevel(Part part, boolean whole, int depth) throws IOException, Failure {
        told++;
        if (whole) {
            found.payload(part);
        }
        MimeEntity entity = part.entity();
        PartKind kind = PartKind.of(entity);
        boolean cryptographic = kind == PartKind.SIGNED || kind == PartKind.CMS;
        if (level > MAX_DEPTH || (cryptographic && depth == MAX_LAYERS)) {
            found.finding(Finding.TOO_MANY_LAYERS);
            return Reading.of(plain(part, Layer.Kind.PART, whole, List.of()));
        }
        return switch (kind) {
            case SIGNED -> noted(part, kind, new SignedLayers(this).detached(part, whole, depth), whole);
            case CMS -> noted(part, kind, new CmsLayers(this).read(part, whole, depth), whole);
            case OPENPGP -> Reading.of(plain(part, Layer.Kind.OPENPGP, whole, List.of()));
            case MULTIPART -> Reading.of(plain(part, Layer.Kind.MULTIPART, whole, children(part, depth)));
            case MESSAGE -> Reading.of(plain(part, Layer.Kind.MESSAGE, whole, children(part, depth)));
            case PLAIN -> Reading.of(plain(part, ofText(part), whole, List.of()));
        };
    }

    /** What can be read in several ways around the whole message lowers its seal; elsewhere it is the part's alone. */
    private Reading noted(Part part, PartKind kind, Reading reading, boolean whole) throws IOException {
        Set<Finding> notes = StructureNotes.ofLayer(part, kind, reading.layer());
        if (whole) {
            notes.stream()
                    .filter(note -> note.weight() == Finding.Weight.LOWERS)
                    .forEach(found::finding);
        }
        return new Reading(StructureNotes.with(reading.layer(), notes), reading.signature());
    }

    /** OpenPGP without MIME is text that begins with its own armour. */
    private Layer.Kind ofText(Part part) throws IOException {
        boolean looked = part.entity().contentType().is("text/plain") && texts++ < MAX_TEXTS;
        return looked && part.begins(OPENPGP_ARMOUR) ? Layer.Kind.OPENPGP : Layer.Kind.PART;
    }

    /** Reads what a layer held: an entity of its own. */
    Reading inner(Content clear, boolean whole, int depth) throws IOException, Failure {
        MimeEntity entity;
        try {
            entity = MimeScanner.entity(clear);
        } catch (Failure malformed) {
            if (malformed.kind() != Failure.Kind.MESSAGE_MALFORMED) {
                throw malformed;
            }
            found.finding(Finding.INNER_MALFORMED);
            return Reading.of(new Layer(
                    Layer.Kind.PART, "", null, whole, List.of(), List.of(Finding.INNER_MALFORMED), List.of()));
        }
        return read(new Part(clear, entity, false), whole, depth);
    }

    private List<Layer> children(Part part, int depth) throws IOException, Failure {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < part.entity().children().size(); i++) {
            if (told >= MAX_TOLD) {
                found.finding(Finding.TOO_MANY_PARTS);
                break;
            }
            layers.add(read(part.child(i), false, depth).layer());
        }
        return layers;
    }

    private Layer plain(Part part, Layer.Kind kind, boolean whole, List<Layer> children) {
        MimeEntity entity = part.entity();
        Set<Finding> notes = StructureNotes.ofPart(entity);
        if (notes.contains(Finding.EXTERNAL_BODY)) {
            found.finding(Finding.EXTERNAL_BODY);
        }
        return new Layer(kind, entity.contentType().mediaType(), null, whole, List.of(), List.copyOf(notes), children);
    }
}
