package org.zegel.app.system;

import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.WinNT;
import java.io.IOException;

/** Writes to the Windows event log "Application". Not run on Windows yet. */
public final class WindowsEventLog {
    private static final String SOURCE = "Zegel";
    private static final int INFORMATION = 4;
    private static final int EVENT = 1;

    private WindowsEventLog() {}

    /** Writes one event with this text. */
    public static void write(String text) throws IOException {
        try {
            WinNT.HANDLE log = Advapi32.INSTANCE.RegisterEventSource(null, SOURCE);
            if (log == null) {
                throw new IOException("the event log cannot be opened");
            }
            try {
                if (!Advapi32.INSTANCE.ReportEvent(log, INFORMATION, 0, EVENT, null, 1, 0, new String[] {text}, null)) {
                    throw new IOException("the event log did not take an event");
                }
            } finally {
                Advapi32.INSTANCE.DeregisterEventSource(log);
            }
        } catch (LinkageError missing) {
            throw new IOException("this system has no Windows event log", missing);
        }
    }
}
