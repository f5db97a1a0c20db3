package org.zegel.app.audit;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.zegel.app.system.OperatingSystem;
import org.zegel.audit.AuditArchive;
import org.zegel.audit.AuditEntry;

/** Compressed files (mode 0600) in a folder of their own (0700), with one JSON object a line. */
public final class ArchiveFiles implements AuditArchive {
    /** Longest line that is read back, in characters. */
    static final int MAX_LINE = 1 << 16;

    private static final Pattern NAME = Pattern.compile("audit-(\\d{1,18})-(\\d{1,18})\\.jsonl\\.gz");

    private final Path folder;

    public ArchiveFiles(Path folder) {
        this.folder = folder;
    }

    @Override
    public List<Span> spans() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> NAME.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(name -> new Span(Long.parseLong(name.group(1)), Long.parseLong(name.group(2))))
                    .sorted(Comparator.comparingLong(Span::first))
                    .toList();
        }
    }

    @Override
    public void write(Span span, List<AuditEntry> entries) throws IOException {
        Files.createDirectories(folder, mode("rwx------"));
        Path part = folder.resolve(span.fileName() + ".part");
        Files.deleteIfExists(part);
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(part, options, mode("rw-------"))) {
            OutputStream out = Channels.newOutputStream(channel);
            GZIPOutputStream zip = new GZIPOutputStream(out);
            BufferedWriter lines = new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8));
            for (AuditEntry entry : entries) {
                lines.write(ArchiveLine.write(entry));
                lines.write('\n');
            }
            lines.flush();
            zip.finish();
            channel.force(true);
        }
        Files.move(part, folder.resolve(span.fileName()), StandardCopyOption.ATOMIC_MOVE);
        syncFolder();
    }

    @Override
    public void read(Span span, Reader reader) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder.resolve(span.fileName()))), StandardCharsets.UTF_8))) {
            String line = line(lines);
            while (!line.isEmpty()) {
                reader.accept(ArchiveLine.read(line));
                line = line(lines);
            }
        }
    }

    @Override
    public void remove(Span span) throws IOException {
        Files.deleteIfExists(folder.resolve(span.fileName()));
    }

    /** The next line; nothing at the end. Its length is bounded before memory is taken for it. */
    private static String line(BufferedReader lines) throws IOException {
        StringBuilder line = new StringBuilder();
        int character = lines.read();
        while (character >= 0 && character != '\n') {
            if (line.length() == MAX_LINE) {
                throw new IOException("a line is too long");
            }
            line.append((char) character);
            character = lines.read();
        }
        return line.toString();
    }

    /** A new name is on disk only when its folder is; Windows has no such thing. */
    private void syncFolder() throws IOException {
        if (OperatingSystem.current() != OperatingSystem.WINDOWS) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private FileAttribute<?>[] mode(String permissions) {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
