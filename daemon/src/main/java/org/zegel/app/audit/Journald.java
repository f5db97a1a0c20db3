package org.zegel.app.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.zegel.app.system.UnixDatagram;
import org.zegel.audit.AuditEntry;
import org.zegel.audit.AuditEvent;
import org.zegel.audit.Mirror;

/** systemd's journal, by its native protocol: fields of their own beside the line, to search by. */
public final class Journald implements Mirror {
    /** Where it listens. */
    public static final Path SOCKET = Path.of("/run/systemd/journal/socket");

    /** Finds all lines of Zegel's: {@code journalctl MESSAGE_ID=...}. */
    static final String MESSAGE_ID = "6d0ad86b2c5a4d3f9f5e2f1c7a9b4e18";

    private static final String NOTICE = "5";

    /** LOG_AUTHPRIV: for the eyes of administrators. */
    private static final String AUTHPRIV = "10";

    private final Path socket;

    public Journald(Path socket) {
        this.socket = socket;
    }

    @Override
    public String name() {
        return "journald";
    }

    @Override
    public void send(AuditEntry entry) throws IOException {
        UnixDatagram.send(socket, datagram(entry));
    }

    static byte[] datagram(AuditEntry entry) {
        AuditEvent event = entry.event();
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        field(out, "MESSAGE", entry.toLine());
        field(out, "MESSAGE_ID", MESSAGE_ID);
        field(out, "PRIORITY", NOTICE);
        field(out, "SYSLOG_FACILITY", AUTHPRIV);
        field(out, "SYSLOG_IDENTIFIER", TAG);
        field(out, "ZEGEL_LINE", Long.toString(entry.number()));
        field(out, "ZEGEL_TIME", entry.at().toString());
        field(out, "ZEGEL_CLIENT", event.client());
        field(out, "ZEGEL_OPERATION", event.operation());
        field(out, "ZEGEL_IDENTITY", event.identity());
        field(out, "ZEGEL_CERTIFICATE", event.certificate());
        field(out, "ZEGEL_DIGEST", event.digest());
        field(out, "ZEGEL_OUTCOME", event.outcome());
        field(out, "ZEGEL_HASH", entry.hash());
        return out.toByteArray();
    }

    /** A value with a line end in it has its length before it, so that nobody can add fields. */
    private static void field(ByteArrayOutputStream out, String name, @Nullable String value) {
        if (value == null) {
            return;
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        if (value.indexOf('\n') < 0) {
            out.write('=');
        } else {
            out.write('\n');
            out.writeBytes(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(bytes.length)
                    .array());
        }
        out.writeBytes(bytes);
        out.write('\n');
    }
}
