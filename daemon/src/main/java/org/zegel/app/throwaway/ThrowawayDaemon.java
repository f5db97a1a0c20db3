package org.zegel.app.throwaway;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.zegel.app.config.Settings;
import org.zegel.app.daemon.Daemon;
import org.zegel.app.daemon.RuntimeFiles;
import org.zegel.app.wiring.ServedZegel;
import org.zegel.app.wiring.Zegel;
import org.zegel.protocol.JsonCodec;

/**
 * A daemon of throwaway keys, a process of its own: makes its home itself, tells on one line where they are, and
 * ends when its stdin does. It takes nothing from outside, so it cannot be pointed at anybody's home or store.
 */
public final class ThrowawayDaemon {
    private ThrowawayDaemon() {}

    /** Serves until stdin ends; gives the exit status. */
    public static int run(ThrowawayKeys keys) throws Exception {
        Clock clock = Clock.systemUTC();
        try (TemporaryFolder folder = new TemporaryFolder("zegel-throwaway")) {
            Path home = folder.path();
            Optional<Daemon> started = Daemon.start(
                    RuntimeFiles.of(home),
                    _ -> new ServedZegel(
                            Zegel.open(ThrowawayHouse.setup(home, keys, ThrowawayHouse.trusting(keys), clock)),
                            Settings.defaults().withoutStoreSearch()));
            try (Daemon daemon = started.orElseThrow()) {
                Thread.ofPlatform().daemon().name("until-stdin-ends").start(() -> awaitEnd(System.in, daemon));
                announce(home, keys, daemon);
                daemon.run();
                return 0;
            }
        }
    }

    private static void announce(Path home, ThrowawayKeys keys, Daemon daemon) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("home", home.toString());
        Map<String, String> certificates = new LinkedHashMap<>();
        keys.certificates().forEach((name, certificate) -> certificates.put(name, Pem.of(certificate)));
        line.put("certificates", certificates);
        line.put("httpPort", daemon.httpPort().orElse(0));
        System.out.println(JsonCodec.toJson(line));
        System.out.flush();
    }

    private static void awaitEnd(InputStream in, Daemon daemon) {
        try {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException closed) {
            // The parent is gone either way.
        } finally {
            daemon.requestStop();
        }
    }
}
