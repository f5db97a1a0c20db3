package org.zegel.smime.make;

import java.io.IOException;
import java.io.OutputStream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.zegel.smime.mime.BlockOutputStream;

/** Writes CMS structures of unknown length around a stream of bytes: BER, indefinite length. */
final class BerWriter {
    static final int SEQUENCE = 0x30;
    static final int CONSTRUCTED_OCTETS = 0x24;
    /** Constructed and context-specific. */
    static final int CONTEXT_0 = 0xa0;

    private static final int INDEFINITE = 0x80;
    private static final byte[] END = {0, 0};

    private final OutputStream out;
    private int open;

    BerWriter(OutputStream out) {
        this.out = out;
    }

    /** A ContentInfo up to the version of what it holds. */
    void begin(ASN1ObjectIdentifier contentType, int version) throws IOException {
        start(SEQUENCE);
        write(contentType);
        start(CONTEXT_0);
        start(SEQUENCE);
        write(new ASN1Integer(version));
    }

    void start(int tag) throws IOException {
        out.write(new byte[] {(byte) tag, (byte) INDEFINITE});
        open++;
    }

    void end() throws IOException {
        out.write(END);
        open--;
    }

    /** Ends whatever is still open. */
    void endAll() throws IOException {
        while (open > 0) {
            end();
        }
    }

    void write(ASN1Encodable value) throws IOException {
        out.write(value.toASN1Primitive().getEncoded(ASN1Encoding.DER));
    }

    /** A stream whose bytes become the pieces of the constructed octet string just started. */
    Pieces pieces() {
        return new Pieces(out);
    }

    /** Octet strings of up to 16 KiB. Closing it writes the last one and leaves the target open. */
    static final class Pieces extends BlockOutputStream {
        private static final int PIECE = 16 * 1024;
        private static final int OCTET_STRING = 4;
        private static final byte LONG_FORM_OF_2 = (byte) 0x82;

        private final OutputStream out;

        private Pieces(OutputStream out) {
            super(PIECE);
            this.out = out;
        }

        @Override
        protected void pass(int length) throws IOException {
            byte[] header = length < INDEFINITE
                    ? new byte[] {OCTET_STRING, (byte) length}
                    : new byte[] {OCTET_STRING, LONG_FORM_OF_2, (byte) (length >>> 8), (byte) length};
            out.write(header);
            out.write(block, 0, length);
        }

        @Override
        public void close() throws IOException {
            passRest();
        }
    }
}
