package org.zegel.content;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;

/** A handle's content as lent to an operation: reading keeps the handle alive, closing it is the handle's business. */
final class HandleContent implements Content {
    private final HandleEntry entry;
    private final Content content;
    private final Clock clock;

    HandleContent(HandleEntry entry, Content content, Clock clock) {
        this.entry = entry;
        this.content = content;
        this.clock = clock;
    }

    @Override
    public long size() {
        return content.size();
    }

    @Override
    public Content share() throws IOException {
        return content.share();
    }

    @Override
    public InputStream open() throws IOException {
        if (entry.closed()) {
            throw SpoolFile.closedContent();
        }
        entry.touch(clock.instant());
        return new FilterInputStream(content.open()) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                entry.touch(clock.instant());
                return super.read(target, offset, length);
            }
        };
    }
}
