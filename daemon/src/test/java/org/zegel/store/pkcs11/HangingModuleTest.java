package org.zegel.store.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.helper.ModuleHelper;
import org.zegel.store.Store;
import org.zegel.store.StoreInfo;
import org.zegel.store.cryptoki.OddModule;
import org.zegel.store.cryptoki.helper.HelperLimits;
import org.zegel.store.cryptoki.helper.ModuleProcesses;
import org.zegel.store.pkcs11.FoundModules.FoundModule;

/** A module that never answers, beside one that does. */
class HangingModuleTest {
    private static final Duration STALL = Duration.ofSeconds(4);
    private static final int CALLS = 20;
    private static final HelperLimits LIMITS = new HelperLimits(
            Duration.ofSeconds(30),
            STALL,
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofMinutes(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            16);

    @TempDir
    Path folder;

    @Test
    void delaysTheFirstCallAlone() throws Exception {
        OddModule odd = OddModule.compile(folder);
        List<FoundModule> found =
                List.of(new FoundModule(odd.spec("hang"), null), new FoundModule(odd.spec("well"), null));
        try (ModuleProcesses modules = new ModuleProcesses(ModuleHelper.command(), LIMITS)) {
            Pkcs11Stores stores =
                    new Pkcs11Stores(() -> found, modules, Clock.systemUTC(), Duration.ofMinutes(5), () -> true);
            assertThatOneHangs(stores.stores());
            long begun = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                assertThatOneHangs(stores.stores());
            }
            // Each would wait for two seconds, or for as long as the module is given.
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(CALLS));
        }
    }

    private static void assertThatOneHangs(List<Store> stores) {
        assertThat(stores).hasSize(2);
        StoreInfo hanging = stores.getFirst().info();
        assertThat(hanging.state()).isEqualTo(StoreInfo.State.FAILED);
        assertThat(hanging.problem()).contains("did not answer in time");
        assertThat(stores.getLast().info().state()).isNotEqualTo(StoreInfo.State.FAILED);
    }
}
