package org.zegel.app.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.zegel.fixtures.Needs;

/** A real bus of a test's own, on which anybody may have any name. */
public final class PrivateBus implements AutoCloseable {
    private final Process process;
    private final Path socket;

    private PrivateBus(Process process, Path socket) {
        this.process = process;
        this.socket = socket;
    }

    public static PrivateBus start(Path folder) throws IOException, InterruptedException {
        Path socket = folder.resolve("bus");
        Path config = Files.writeString(folder.resolve("bus.conf"), """
                <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
                 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
                <busconfig>
                  <listen>unix:path=%s</listen>
                  <auth>EXTERNAL</auth>
                  <policy context="default">
                    <allow send_destination="*" eavesdrop="true"/>
                    <allow eavesdrop="true"/>
                    <allow own="*"/>
                  </policy>
                </busconfig>
                """.formatted(socket));
        Process process = new ProcessBuilder(
                        Needs.program("dbus-daemon").toString(), "--nofork", "--config-file=" + config)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("bus.log").toFile())
                .start();
        for (int i = 0; i < 500 && !Files.exists(socket); i++) {
            Thread.sleep(20);
        }
        return new PrivateBus(process, socket);
    }

    /** As the bus's environment variables have it. */
    public String address() {
        return "unix:path=" + socket;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor(10, TimeUnit.SECONDS);
    }
}
