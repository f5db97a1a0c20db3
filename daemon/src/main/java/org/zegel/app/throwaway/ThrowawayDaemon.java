package org.zegel.app.throwaway;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.zegel.app.config.Settings;
import org.zegel.app.daemon.Daemon;
import org.zegel.app.daemon.RuntimeFiles;
import org.zegel.app.wiring.ServedZegel;
import org.zegel.app.wiring.Zegel;
import org.zegel.protocol.JsonCodec;

/**
 * A daemon of throwaway keys, in this process: makes its home itself and takes nothing from outside, so it cannot be
 * pointed at anybody's home or store.
 */
public final class ThrowawayDaemon implements ServedKeys {
    private final TemporaryFolder folder;
    private final Daemon daemon;
    private final Address address;
    private final Thread serving;

    private ThrowawayDaemon(ThrowawayKeys keys, TemporaryFolder folder) throws Exception {
        this.folder = folder;
        Path home = folder.path();
        daemon = Daemon.start(
                        RuntimeFiles.of(home),
                        _ -> new ServedZegel(
                                Zegel.open(ThrowawayHouse.setup(
                                        home, keys, ThrowawayHouse.trusting(keys), Clock.systemUTC())),
                                Settings.defaults().withoutStoreSearch()))
                .orElseThrow();
        Map<String, String> certificates = new LinkedHashMap<>();
        keys.certificates().forEach((name, certificate) -> certificates.put(name, Pem.of(certificate)));
        address = new Address(home, certificates, daemon.httpPort().orElse(0));
        serving = Thread.ofPlatform().daemon().name("throwaway-daemon").start(this::serve);
    }

    /** Serves these keys until it is closed. */
    public static ThrowawayDaemon start(ThrowawayKeys keys) throws IOException {
        TemporaryFolder folder = new TemporaryFolder("zegel-throwaway");
        try {
            return new ThrowawayDaemon(keys, folder);
        } catch (Exception problem) {
            folder.close();
            throw new IOException("the daemon of throwaway keys did not start", problem);
        }
    }

    /** Serves until stdin ends, after one line on stdout that tells where; gives the exit status. */
    public static int run(ThrowawayKeys keys) throws IOException, InterruptedException {
        try (ThrowawayDaemon served = start(keys)) {
            Thread.ofPlatform().daemon().name("until-stdin-ends").start(() -> awaitEnd(System.in, served.daemon));
            announce(served.address);
            served.serving.join();
            return 0;
        }
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public void close() {
        daemon.requestStop();
        try {
            serving.join();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        daemon.close();
        folder.close();
    }

    private void serve() {
        try {
            daemon.run();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static void announce(Address address) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("home", address.home().toString());
        line.put("certificates", address.certificates());
        line.put("httpPort", address.httpPort());
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
