package org.zegel.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Files in memory. */
final class MemoryArchive implements AuditArchive {
    final TreeMap<Long, List<AuditEntry>> files = new TreeMap<>();
    boolean full;

    @Override
    public List<Span> spans() {
        return files.values().stream()
                .map(file -> new Span(file.getFirst().number(), file.getLast().number()))
                .toList();
    }

    @Override
    public void write(Span span, List<AuditEntry> entries) throws IOException {
        if (full) {
            throw new IOException("full");
        }
        files.put(span.first(), new ArrayList<>(entries));
    }

    @Override
    public void read(Span span, Reader reader) {
        files.get(span.first()).forEach(reader::accept);
    }

    @Override
    public void remove(Span span) {
        files.remove(span.first());
    }
}
