package org.zegel.app.relay;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.zegel.app.config.LogLevel;
import org.zegel.app.daemon.DaemonLine;
import org.zegel.app.daemon.DaemonStarter;
import org.zegel.app.daemon.LogFiles;
import org.zegel.app.daemon.RuntimeFiles;
import org.zegel.door.nativemessaging.BrowserArguments;
import org.zegel.door.nativemessaging.Relay;
import org.zegel.protocol.JsonRpcClient;

/** The relay between a browser and the daemon. Nothing but frames goes to its standard output. */
public final class RelayMain {
    private RelayMain() {}

    /** Whether these are the arguments of a browser that starts a native-messaging host. */
    public static boolean isBrowser(List<String> arguments) {
        return BrowserArguments.origin(arguments).isPresent();
    }

    /**
     * Relays until the browser ends it.
     *
     * @throws IllegalArgumentException these are not a browser's arguments
     */
    public static void run(List<String> arguments, Path home) throws IOException {
        run(arguments, RuntimeFiles.of(home), DaemonStarter.ofThisProgram(home));
    }

    static void run(List<String> arguments, RuntimeFiles files, DaemonStarter starter) throws IOException {
        String origin = BrowserArguments.origin(arguments)
                .orElseThrow(() -> new IllegalArgumentException("no browser started this: " + arguments));
        // Whatever else prints would break the browser's connection.
        System.setOut(System.err);
        LogLevel.of(System.getenv()).ifPresent(LogFiles::toStandardError);
        try (FileInputStream in = new FileInputStream(FileDescriptor.in);
                FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            Relay relay = new Relay(
                    in,
                    out,
                    () -> DaemonLine.connectOrStart(files, starter, DaemonLine.START_TIMEOUT),
                    JsonRpcClient.relay(origin));
            relay.run();
        }
    }
}
