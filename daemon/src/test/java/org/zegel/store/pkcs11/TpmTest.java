package org.zegel.store.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.helper.ModuleHelper;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.MovableClock;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Identity;
import org.zegel.store.Store;
import org.zegel.store.cryptoki.helper.HelperCommand;
import org.zegel.store.cryptoki.helper.HelperLimits;
import org.zegel.store.cryptoki.helper.ModuleProcesses;
import org.zegel.store.pkcs11.FoundModules.FoundModule;

/** Keys in a TPM. */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class TpmTest {
    private static final TestAuthority CA = TestAuthority.root("TPM CA");
    private static final TestIdentity RSA = CA.issue(Spec.mail("Alice", "alice@example.org"));
    private static final TestIdentity P256 =
            CA.issue(Spec.mail("Bob", "bob@example.org").key(KeyKind.P256));

    @TempDir
    Path folder;

    @Test
    void doesWhatTheTableSays() throws Exception {
        try (SoftTpm tpm = SoftTpm.start(folder)) {
            tpm.add(RSA, "rsa");
            tpm.add(P256, "ec");
            HelperCommand command = new HelperCommand(ModuleHelper.command().command(), tpm.environment());
            try (ModuleProcesses modules = new ModuleProcesses(command, HelperLimits.STANDARD)) {
                Pkcs11Stores stores = new Pkcs11Stores(
                        () -> List.of(new FoundModule(tpm.spec(), null)),
                        modules,
                        new MovableClock(),
                        Duration.ofMinutes(5),
                        () -> true);
                Store store = stores.stores().stream()
                        .filter(each -> each.info().name().equals(SoftTpm.LABEL))
                        .findFirst()
                        .orElseThrow();
                assertThat(store.identities())
                        .extracting(Identity::certificate)
                        .containsExactlyInAnyOrder(RSA.certificate(), P256.certificate());
                AlgorithmRow.isInTheDocs("TPM 2.0 (swtpm, tpm2-pkcs11)", store, SoftTpm.PIN.toCharArray());
            }
        }
    }
}
