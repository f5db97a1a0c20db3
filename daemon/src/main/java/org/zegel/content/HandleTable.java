package org.zegel.content;

import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Failure;

/** All handles of this daemon, in memory. Quotas are counted before bytes are taken. Safe for use by several threads. */
public final class HandleTable implements ContentHandles, AutoCloseable {
    private static final int HANDLE_BYTES = 24;
    private static final int BLOCK = 16 * 1024;

    private final Workspaces spool;
    private final ContentLimits limits;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, HandleEntry> entries = new HashMap<>();
    private final Map<String, Long> clientBytes = new HashMap<>();

    public HandleTable(Workspaces spool, ContentLimits limits, Clock clock) {
        this.spool = spool;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public String create(String client) throws Failure {
        expire();
        Workspace workspace = spool.open();
        try {
            return add(HandleEntry.empty(client, workspace, clock.instant()), 0);
        } catch (ContentLimitException full) {
            workspace.close();
            throw full.toFailure();
        } catch (IOException failed) {
            workspace.close();
            throw new Failure(
                    Failure.Kind.INTERNAL, "The content could not be stored. Is the disk full or read-only?", failed);
        } catch (Failure refused) {
            workspace.close();
            throw refused;
        }
    }

    @Override
    public String adopt(String client, Content content) throws Failure {
        expire();
        HandleEntry entry = HandleEntry.finished(client, spool.open(), content, clock.instant());
        try {
            return add(entry, content.size());
        } catch (Failure refused) {
            entry.close();
            throw refused;
        }
    }

    @Override
    public long append(String client, String handle, byte[] bytes) throws Failure, IOException {
        HandleEntry entry = find(client, handle);
        entry.checkAppendable();
        checkSize(entry, bytes.length);
        count(entry, bytes.length);
        return write(handle, entry, bytes, bytes.length);
    }

    @Override
    public long append(String client, String handle, InputStream bytes, long declaredSize) throws Failure, IOException {
        HandleEntry entry = find(client, handle);
        entry.checkAppendable();
        if (declaredSize > 0) {
            checkSize(entry, declaredSize);
            checkQuota(entry, declaredSize);
        }
        boolean complete = false;
        try {
            byte[] block = new byte[BLOCK];
            long size = entry.size();
            for (int read = bytes.read(block); read >= 0; read = bytes.read(block)) {
                checkSize(entry, read);
                count(entry, read);
                size = write(handle, entry, block, read);
                entry.touch(clock.instant());
            }
            complete = true;
            return size;
        } finally {
            if (!complete) {
                remove(handle);
            }
        }
    }

    @Override
    public Content open(String client, String handle) throws Failure {
        HandleEntry entry = find(client, handle);
        try {
            return new HandleContent(entry, entry.seal(), clock);
        } catch (IOException failed) {
            remove(handle);
            throw failed instanceof ContentLimitException limit
                    ? limit.toFailure()
                    : new Failure(Failure.Kind.INTERNAL, "The content could not be stored. Is the disk full?", failed);
        }
    }

    @Override
    public void close(String client, String handle) throws Failure {
        find(client, handle);
        remove(handle);
    }

    @Override
    public void closeAll(String client) {
        removeAll(entry -> entry.client.equals(client));
    }

    /** Frees handles that were idle too long; also done whenever one is made or asked for. */
    public void expire() {
        Instant oldest = clock.instant().minus(limits.idle());
        removeAll(entry -> entry.lastUsed().isBefore(oldest));
    }

    @Override
    public synchronized int count() {
        return entries.size();
    }

    @Override
    public void close() {
        removeAll(entry -> true);
    }

    static Failure unknown() {
        return new Failure(
                Failure.Kind.CONTENT_NOT_FOUND,
                "There is no such content. It was closed, expired, or never existed: create it again.");
    }

    private long write(String handle, HandleEntry entry, byte[] bytes, int length) throws Failure, IOException {
        try {
            return entry.append(bytes, length);
        } catch (ContentLimitException full) {
            remove(handle);
            throw full.toFailure();
        } catch (IOException failed) {
            remove(handle);
            throw failed;
        }
    }

    private HandleEntry find(String client, String handle) throws Failure {
        expire();
        HandleEntry entry = get(handle);
        if (entry == null || !entry.client.equals(client)) {
            throw unknown();
        }
        entry.touch(clock.instant());
        return entry;
    }

    private synchronized @Nullable HandleEntry get(String handle) {
        return entries.get(handle);
    }

    private synchronized String add(HandleEntry entry, long size) throws Failure {
        long handles = entries.values().stream()
                .filter(other -> other.client.equals(entry.client))
                .count();
        if (handles >= limits.clientHandles()) {
            throw new Failure(
                    Failure.Kind.QUOTA_EXCEEDED,
                    "This client holds " + handles + " contents, the most it may. Close some first.",
                    Map.of("limit", limits.clientHandles()));
        }
        count(entry, size);
        byte[] name = new byte[HANDLE_BYTES];
        random.nextBytes(name);
        String handle = Base64.getUrlEncoder().withoutPadding().encodeToString(name);
        entries.put(handle, entry);
        return handle;
    }

    private synchronized void checkSize(HandleEntry entry, long more) throws Failure {
        if (more > limits.maxContent() - entry.counted) {
            throw new Failure(
                    Failure.Kind.CONTENT_TOO_LARGE,
                    "The content is larger than the limit of " + limits.maxContent() + " bytes.",
                    Map.of("limit", limits.maxContent()));
        }
    }

    private synchronized void checkQuota(HandleEntry entry, long more) throws Failure {
        if (more > limits.clientBytes() - clientBytes.getOrDefault(entry.client, 0L)) {
            throw new Failure(
                    Failure.Kind.QUOTA_EXCEEDED,
                    "This client's contents would pass its quota of " + limits.clientBytes()
                            + " bytes. Close some first.",
                    Map.of("limit", limits.clientBytes()));
        }
    }

    private synchronized void count(HandleEntry entry, long more) throws Failure {
        checkQuota(entry, more);
        // An entry that was removed meanwhile gave its bytes back already; its next append is refused.
        if (!entry.closed()) {
            entry.counted += more;
            clientBytes.merge(entry.client, more, Long::sum);
        }
    }

    private void remove(String handle) {
        HandleEntry entry = forget(handle);
        if (entry != null) {
            entry.close();
        }
    }

    private synchronized @Nullable HandleEntry forget(String handle) {
        HandleEntry entry = entries.remove(handle);
        if (entry != null) {
            entry.markClosed();
            clientBytes.computeIfPresent(
                    entry.client, (client, bytes) -> bytes > entry.counted ? bytes - entry.counted : null);
        }
        return entry;
    }

    private void removeAll(Predicate<HandleEntry> gone) {
        List<String> handles = new ArrayList<>();
        synchronized (this) {
            entries.forEach((handle, entry) -> {
                if (gone.test(entry)) {
                    handles.add(handle);
                }
            });
        }
        handles.forEach(this::remove);
    }
}
