package org.zegel.audit;

import java.io.IOException;
import java.util.List;

/** Files of lines that were taken out of the log. */
public interface AuditArchive {
    /** A log that never had lines taken out, or where they are not kept. */
    AuditArchive NONE = new AuditArchive() {
        @Override
        public List<Span> spans() {
            return List.of();
        }

        @Override
        public void write(Span span, List<AuditEntry> entries) throws IOException {
            throw new IOException("nothing is kept");
        }

        @Override
        public void read(Span span, Reader reader) throws IOException {
            throw new IOException("nothing was kept");
        }

        @Override
        public void remove(Span span) {
            // There is none.
        }
    };

    /** The lines of one file: their first and last number. */
    record Span(long first, long last) {
        /** The name of the file. */
        public String fileName() {
            return "audit-" + first + "-" + last + ".jsonl.gz";
        }
    }

    /** Takes the lines of a file, one at a time. */
    @FunctionalInterface
    interface Reader {
        void accept(AuditEntry entry);
    }

    /** The files that are there, the oldest lines first. */
    List<Span> spans() throws IOException;

    /** Writes a file, whole, for the person's eyes only; it is on disk when this returns. */
    void write(Span span, List<AuditEntry> entries) throws IOException;

    /** @throws IOException when the file is missing, damaged, or has what is no line in it */
    void read(Span span, Reader reader) throws IOException;

    void remove(Span span) throws IOException;
}
