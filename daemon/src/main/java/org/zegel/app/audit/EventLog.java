package org.zegel.app.audit;

import java.io.IOException;
import org.zegel.app.system.WindowsEventLog;
import org.zegel.audit.AuditEntry;
import org.zegel.audit.Mirror;

/** The Windows event log. Not run on Windows yet. */
public final class EventLog implements Mirror {
    @Override
    public String name() {
        return "event-log";
    }

    @Override
    public void send(AuditEntry entry) throws IOException {
        WindowsEventLog.write(entry.toLine());
    }
}
