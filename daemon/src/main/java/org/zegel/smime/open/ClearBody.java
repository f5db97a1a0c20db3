package org.zegel.smime.open;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.zegel.smime.headers.LegacyDisplay;
import org.zegel.smime.headers.LegacyDisplay.Place;
import org.zegel.smime.headers.MainBodies;
import org.zegel.smime.mime.Base64Lines;
import org.zegel.smime.mime.ContentSlice;
import org.zegel.smime.mime.HeaderField;
import org.zegel.smime.mime.MimeEntity;
import org.zegel.smime.mime.ParameterEdit;
import org.zegel.smime.mime.QuotedPrintableLines;
import org.zegel.smime.mime.TransferEncoding;

/** Writes the body of a clear entity: byte for byte, but for legacy display elements, which are left out. */
final class ClearBody {
    private static final int BLOCK = 16 * 1024;

    private final Part part;
    private final Map<MimeEntity, Place> cuts;
    private final Meter meter;
    private final OutputStream out;
    private final Ranges ranges;

    /** Takes over the bytes [start, end) of what was scanned, as they are. */
    @FunctionalInterface
    interface Ranges {
        void take(long start, long end) throws IOException;
    }

    /**
     * For one message.
     *
     * @param out where other bytes go, in their order with the ranges
     */
    ClearBody(Part part, LegacyCuts cuts, Meter meter, OutputStream out, Ranges ranges) {
        this.part = part;
        this.cuts = cuts.places();
        this.meter = meter;
        this.out = out;
        this.ranges = ranges;
    }

    /** Everything goes into one stream. */
    static ClearBody copying(Part part, LegacyCuts cuts, Meter meter, OutputStream out) {
        return new ClearBody(part, cuts, meter, out, (start, end) -> {
            try (InputStream in = meter.watch(new ContentSlice(part.scanned(), start, end).open())) {
                copy(in, out);
            }
        });
    }

    void write() throws IOException {
        MimeEntity entity = part.entity();
        long at = entity.bodyStart();
        for (MimeEntity body : MainBodies.of(entity)) {
            Place cut = cuts.get(body);
            if (cut != null) {
                if (body != entity) {
                    ranges.take(at, body.headerStart());
                    header(body);
                }
                leaf(body, cut);
                at = body.end();
            }
        }
        ranges.take(at, entity.end());
    }

    private void header(MimeEntity body) throws IOException {
        long at = body.headerStart();
        List<HeaderField> fields = body.header().all("Content-Type");
        for (HeaderField field : fields) {
            ranges.take(at, field.start());
            out.write(type(text(part, field), Set.of(LegacyDisplay.PARAMETER)).getBytes(StandardCharsets.ISO_8859_1));
            at = field.end();
        }
        ranges.take(at, body.bodyStart());
    }

    /** A Content-Type field without some parameters, its line end kept. */
    static String type(String field, Set<String> remove) {
        String kept = field.stripTrailing();
        return ParameterEdit.apply(kept, Map.of(), remove) + field.substring(kept.length());
    }

    /** A field as it was written, its line end too; a character a byte. */
    static String text(Part part, HeaderField field) throws IOException {
        try (InputStream in = new ContentSlice(part.scanned(), field.start(), field.end()).open()) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private void leaf(MimeEntity body, Place cut) throws IOException {
        if (body.encoding().isIdentity()) {
            ranges.take(body.bodyStart(), body.bodyStart() + cut.start());
            ranges.take(body.bodyStart() + cut.end(), body.end());
            return;
        }
        boolean base64 = body.encoding() == TransferEncoding.BASE64;
        try (InputStream in = body.encoding()
                        .decode(meter.watch(body.body(part.scanned()).open()));
                OutputStream encoder = base64 ? new Base64Lines(out) : new QuotedPrintableLines(out)) {
            encoder.write(in.readNBytes(cut.start()));
            in.skipNBytes(cut.end() - cut.start());
            copy(in, encoder);
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] block = new byte[BLOCK];
        for (int count = in.read(block); count >= 0; count = in.read(block)) {
            out.write(block, 0, count);
        }
    }
}
