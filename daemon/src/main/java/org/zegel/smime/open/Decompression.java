package org.zegel.smime.open;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.zegel.content.Content;
import org.zegel.content.ContentWriter;
import org.zegel.content.Workspace;
import org.zegel.model.Finding;
import org.zegel.smime.ber.BerHeader;
import org.zegel.smime.ber.BerInput;
import org.zegel.smime.ber.CmsBytes;
import org.zegel.smime.ber.ContentInfoReader;
import org.zegel.smime.ber.Malformed;

/** CompressedData (RFC 3274), with limits against compressed nothing that becomes everything. */
final class Decompression extends OutputStream {
    /** Most bytes that come out of one layer. */
    static final long MAX_SIZE = 1L << 30;
    /** Most bytes out for each byte in, once {@link #FREE} bytes are out. */
    static final int MAX_RATIO = 100;
    /** Bytes that may come out whatever the ratio. */
    static final long FREE = 1 << 20;

    private static final int BLOCK = 8 * 1024;
    private static final int MAX_ALGORITHM = 4 * 1024;

    private final Inflater inflater = new Inflater();
    private final OutputStream sink;
    private final byte[] block = new byte[BLOCK];

    private Decompression(OutputStream sink) {
        this.sink = sink;
    }

    /** The content; {@link Malformed} when it is broken or passes a limit, and then nothing is given. */
    static Content of(CmsBytes cms, Workspace workspace, List<Finding> findings) throws IOException {
        BerInput in = cms.reader();
        ContentInfoReader.enter(in);
        in.enter(in.expect(BerHeader.SEQUENCE));
        in.skip(in.expect(BerHeader.INTEGER));
        byte[] encoded = in.element(in.expect(BerHeader.SEQUENCE), MAX_ALGORITHM);
        AlgorithmIdentifier algorithm = ContentInfoReader.parse(encoded, AlgorithmIdentifier::getInstance);
        if (!algorithm.getAlgorithm().equals(CMSObjectIdentifiers.zlibCompress)) {
            throw new Malformed(Finding.COMPRESSION_UNSUPPORTED);
        }
        ContentInfoReader.enter(in);
        try (ContentWriter writer = workspace.writer();
                Decompression decompression = new Decompression(writer)) {
            in.octets(in.expect(BerHeader.OCTET_STRING), decompression);
            if (!decompression.inflater.finished()) {
                throw new Malformed(Finding.TRUNCATED);
            }
            in.leave();
            in.leave();
            in.leave();
            if (ContentInfoReader.leave(in)) {
                findings.add(Finding.TRAILING_DATA);
            }
            return writer.finish();
        }
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        inflater.setInput(bytes, offset, length);
        try {
            while (!inflater.finished() && !inflater.needsInput()) {
                int count = inflater.inflate(block);
                if (count == 0 && inflater.needsDictionary()) {
                    throw new Malformed(Finding.COMPRESSED_DATA_MALFORMED);
                }
                sink.write(block, 0, count);
                check();
            }
        } catch (DataFormatException malformed) {
            throw new Malformed(Finding.COMPRESSED_DATA_MALFORMED, malformed);
        }
    }

    private void check() throws Malformed {
        long out = inflater.getBytesWritten();
        if (out > MAX_SIZE || out > FREE && out / MAX_RATIO > inflater.getBytesRead()) {
            throw new Malformed(Finding.DECOMPRESSION_LIMIT);
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
