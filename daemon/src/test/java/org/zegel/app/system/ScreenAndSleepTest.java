package org.zegel.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.system.ScreenAndSleep.Heard;

/** On a real bus of the test's own, on which a program speaks as logind and the desktop do. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class ScreenAndSleepTest {
    @TempDir
    Path folder;

    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    private PrivateBus bus;
    private String address;
    private ScreenAndSleep watch;

    @BeforeEach
    void startTheBus() throws Exception {
        bus = PrivateBus.start(folder);
        address = bus.address();
        watch = ScreenAndSleep.listen(address, Optional.of(address), heard::add);
    }

    @AfterEach
    void stopTheBus() throws Exception {
        watch.close();
        bus.close();
    }

    @Test
    void hearsThatTheMachineGoesToSleepButNotThatItWakes() throws Exception {
        try (Speaker logind = new Speaker(address, "org.freedesktop.login1")) {
            logind.sleep(false);
            logind.sleep(true);
            assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(Heard.GOING_TO_SLEEP);
            logind.lock();
            assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(Heard.SCREEN_LOCKED);
            logind.hint(false);
            logind.hint(true);
            assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(Heard.SCREEN_LOCKED);
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void hearsTheDesktopsScreenSavers() throws Exception {
        for (String name : List.of("org.gnome.ScreenSaver", "org.freedesktop.ScreenSaver")) {
            try (Speaker saver = new Speaker(address, name)) {
                saver.active(name, false);
                saver.active(name, true);
                assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(Heard.SCREEN_LOCKED);
            }
        }
        assertThat(heard).isEmpty();
    }

    @Test
    void whoeverHasNotTheNameIsNotHeard() throws Exception {
        try (Speaker anybody = new Speaker(address, "org.example.Anybody");
                Speaker logind = new Speaker(address, "org.freedesktop.login1")) {
            anybody.lock();
            logind.sleep(true);
            assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(Heard.GOING_TO_SLEEP);
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void whereThereIsNoBusItIsQuiet() {
        String nowhere = "unix:path=" + folder.resolve("nowhere");
        try (ScreenAndSleep deaf = ScreenAndSleep.listen(nowhere, Optional.empty(), heard::add)) {
            assertThat(deaf).isNotNull();
        }
        assertThat(heard).isEmpty();
    }
}
