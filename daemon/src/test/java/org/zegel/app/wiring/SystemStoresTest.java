package org.zegel.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.zegel.app.system.OperatingSystem;
import org.zegel.fixtures.MovableClock;
import org.zegel.store.macos.KeychainStore;
import org.zegel.store.windows.WindowsStore;

class SystemStoresTest {
    private final MovableClock clock = new MovableClock();

    @Test
    void windowsHasItsStoreWhereStoresAreLookedFor() {
        assertThat(SystemStores.of(OperatingSystem.WINDOWS, true, clock)).hasOnlyElementsOfType(WindowsStore.class);
        assertThat(SystemStores.of(OperatingSystem.WINDOWS, true, clock)).hasSize(1);
        assertThat(SystemStores.of(OperatingSystem.WINDOWS, false, clock)).isEmpty();
    }

    @Test
    void macosHasItsKeychainWhereStoresAreLookedFor() {
        assertThat(SystemStores.of(OperatingSystem.MACOS, true, clock)).hasOnlyElementsOfType(KeychainStore.class);
        assertThat(SystemStores.of(OperatingSystem.MACOS, true, clock)).hasSize(1);
        assertThat(SystemStores.of(OperatingSystem.MACOS, false, clock)).isEmpty();
    }

    @Test
    void otherSystemsHaveNeither() {
        assertThat(SystemStores.of(OperatingSystem.LINUX, true, clock)).isEmpty();
        assertThat(SystemStores.of(OperatingSystem.OTHER, true, clock)).isEmpty();
    }
}
