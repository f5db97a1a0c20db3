package org.zegel.app.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.zegel.app.client.Backend;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.SessionRequest;
import org.zegel.protocol.SessionResult;

/**
 * Copies of lines in another log, held against the lines that Zegel has: who wrote the whole log anew, or put an old
 * one back, could not change the copies.
 */
final class AuditCopies {
    /** Most copies that are looked at: the newest. */
    static final int MAX = 100_000;

    private static final int PAGE = 1000;
    private static final Pattern COPY = Pattern.compile("\\bline (\\d{1,18}) at .* hash=([0-9a-f]{64})\\b");

    private final TreeMap<Long, String> copies = new TreeMap<>();
    private @Nullable Long contradicted;

    private AuditCopies() {}

    /** Reads a log as text: one line each, with whatever the other log puts before ours. */
    static AuditCopies read(Path file) throws CommandError {
        AuditCopies read = new AuditCopies();
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(Files.newInputStream(file), decoder))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                read.add(line);
            }
        } catch (IOException unreadable) {
            throw new CommandError("file-unreadable", file + " cannot be read.");
        }
        if (read.copies.isEmpty()) {
            throw new CommandError("file-unreadable", file + " has no line of Zegel's audit log in it.");
        }
        return read;
    }

    int size() {
        return copies.size();
    }

    private void add(String line) {
        Matcher copy = COPY.matcher(line);
        if (copy.find()) {
            Long number = Long.valueOf(copy.group(1));
            String other = copies.putIfAbsent(number, copy.group(2));
            if (other != null && !other.equals(copy.group(2))) {
                // Who writes the log anew can add copies, but not take the first ones back.
                contradicted = contradicted == null ? number : Long.valueOf(Math.min(contradicted, number));
            }
            if (copies.size() > MAX) {
                copies.pollFirstEntry();
            }
        }
    }

    /** The number of a line of which there are two different copies, or else the oldest that is not as its copy is or
     * that Zegel has no more; null when all agree. */
    @Nullable
    Long firstDifference(Backend backend) throws RequestError {
        if (contradicted != null) {
            return contradicted;
        }
        TreeMap<Long, String> left = new TreeMap<>(copies);
        Long before = copies.lastKey() + 1;
        Long different = null;
        while (before != null) {
            List<SessionResult.AuditEntry> page = backend.call(
                            SessionResult.Audit.class, new SessionRequest.ListAudit(null, null, null, before, PAGE))
                    .entries();
            for (SessionResult.AuditEntry entry : page) {
                String copy = left.remove(entry.number());
                if (copy != null && !copy.equals(entry.hash())) {
                    different = entry.number();
                }
            }
            long oldest = page.isEmpty() ? 0 : page.getLast().number();
            boolean more = page.size() == PAGE && oldest > copies.firstKey();
            if (!more) {
                // What rotation took out cannot be compared; what is newer than all there is was cut off.
                left.keySet().removeIf(number -> number < oldest);
            }
            before = more ? oldest : null;
        }
        Long missing = left.isEmpty() ? null : left.firstKey();
        return missing == null || (different != null && different < missing) ? different : missing;
    }
}
