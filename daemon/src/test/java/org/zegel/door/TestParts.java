package org.zegel.door;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalInt;
import org.zegel.app.daemon.DaemonParts;
import org.zegel.content.ContentHandles;
import org.zegel.content.ContentLimits;
import org.zegel.content.EncryptedSpool;
import org.zegel.content.HandleTable;
import org.zegel.dispatch.Gate;
import org.zegel.event.Events;

/** A daemon's parts for tests of the doors: real contents, a person who always says yes. */
public final class TestParts implements DaemonParts {
    /** Far from the product's ports, which a person who runs the tests may be using. */
    public static final int FIRST_PORT = 39610;

    public static final int QUOTA = 12 << 20;

    private final Events events = new Events();
    private final HandleTable contents;
    private final TestGate gate;
    private final Duration idle;

    public TestParts(Path home, Duration idle) throws IOException {
        ContentLimits limits = new ContentLimits(10 << 20, 64 << 20, QUOTA, 8, Duration.ofMinutes(10));
        this.contents = new HandleTable(new EncryptedSpool(home.resolve("spool"), limits), limits, Clock.systemUTC());
        this.gate = new TestGate(contents);
        this.idle = idle;
    }

    @Override
    public Gate gate() {
        return new SlowGate(gate);
    }

    @Override
    public ContentHandles contents() {
        return contents;
    }

    @Override
    public Events events() {
        return events;
    }

    @Override
    public boolean isPairedOrigin(String origin) {
        return gate.isPairedOrigin(origin);
    }

    @Override
    public OptionalInt firstPort() {
        return OptionalInt.of(FIRST_PORT);
    }

    @Override
    public Duration idle() {
        return idle;
    }

    @Override
    public void close() {
        contents.close();
    }
}
