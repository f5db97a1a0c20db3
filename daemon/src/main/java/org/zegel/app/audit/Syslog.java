package org.zegel.app.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.zegel.app.system.UnixDatagram;
import org.zegel.audit.AuditEntry;
import org.zegel.audit.Mirror;

/** The local syslog, in the form its socket takes (RFC 3164 without the host's name, as {@code syslog(3)} sends it). */
public final class Syslog implements Mirror {
    /** Where it listens on Linux. */
    public static final Path SOCKET = Path.of("/dev/log");

    /** Where it listens on macOS. */
    public static final Path MACOS_SOCKET = Path.of("/var/run/syslog");

    /** LOG_AUTHPRIV and LOG_NOTICE. */
    private static final int PRIORITY = 10 << 3 | 5;

    private final Path socket;
    private final DateTimeFormatter time;

    public Syslog(Path socket, ZoneId zone) {
        this.socket = socket;
        this.time = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT).withZone(zone);
    }

    @Override
    public String name() {
        return "syslog";
    }

    @Override
    public void send(AuditEntry entry) throws IOException {
        String line = "<" + PRIORITY + ">" + time.format(entry.at()) + " " + TAG + "["
                + ProcessHandle.current().pid() + "]: " + entry.toLine();
        UnixDatagram.send(socket, line.getBytes(StandardCharsets.UTF_8));
    }
}
