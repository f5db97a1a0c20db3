package org.zegel.app.wiring;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.app.caller.LocalPeers;
import org.zegel.app.config.Settings;
import org.zegel.app.daemon.DaemonParts;
import org.zegel.app.system.ScreenAndSleep;
import org.zegel.content.ContentHandles;
import org.zegel.dispatch.Gate;
import org.zegel.door.socket.Peers;
import org.zegel.event.Events;
import org.zegel.model.Door;
import org.zegel.model.Failure;

/** A Zegel behind the daemon's doors. */
public class ServedZegel implements DaemonParts {
    private static final Logger LOG = LoggerFactory.getLogger(ServedZegel.class);

    private final Zegel zegel;
    private final Settings settings;
    private final CompletableFuture<ScreenAndSleep> watch = new CompletableFuture<>();

    public ServedZegel(Zegel zegel, Settings settings) {
        this.zegel = zegel;
        this.settings = settings;
        zegel.beforeFirstUse(() -> Thread.ofPlatform()
                .daemon()
                .name("screen-and-sleep")
                .start(() -> watch.complete(ScreenAndSleep.listen(this::heard))));
    }

    private void heard(ScreenAndSleep.Heard what) {
        if (what == ScreenAndSleep.Heard.GOING_TO_SLEEP || settings.secrets().lockWithScreen()) {
            zegel.lock(
                    switch (what) {
                        case SCREEN_LOCKED -> "the screen was locked";
                        case GOING_TO_SLEEP -> "the machine goes to sleep";
                    });
        }
    }

    @Override
    public Gate gate() {
        return zegel.gate();
    }

    @Override
    public ContentHandles contents() {
        return zegel.contents();
    }

    @Override
    public Events events() {
        return zegel.events();
    }

    @Override
    public boolean isPairedOrigin(String origin) {
        try {
            return zegel.pairings().isPairedOrigin(Door.HTTP, origin);
        } catch (Failure unreadable) {
            LOG.warn("The paired origins could not be read", unreadable);
            return false;
        }
    }

    @Override
    public Peers peers() {
        return LocalPeers.ofThisMachine();
    }

    @Override
    public boolean mayAsk(String origin) {
        return zegel.pairings().mayAsk(Door.HTTP, origin);
    }

    @Override
    public Optional<Ports> httpPorts() {
        Settings.Http http = settings.http();
        return http.enabled() ? Optional.of(new Ports(http.firstPort(), http.lastPort())) : Optional.empty();
    }

    @Override
    public void httpOpened(int port) {
        zegel.httpPort(port);
    }

    @Override
    public void tick() {
        zegel.tick();
    }

    @Override
    public Duration idle() {
        return settings.daemon().idle();
    }

    @Override
    public void ending() {
        zegel.stopAsking();
    }

    @Override
    public void close() {
        watch.thenAccept(ScreenAndSleep::close);
        zegel.close();
    }
}
