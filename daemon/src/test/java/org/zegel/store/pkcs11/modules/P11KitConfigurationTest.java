package org.zegel.store.pkcs11.modules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.store.pkcs11.modules.P11KitConfiguration.Entry;

/** What an administrator and a person wrote for p11-kit counts for Zegel as for other programs. */
class P11KitConfigurationTest {
    private static final String SYSTEM = "usr/share/p11-kit/modules/";
    private static final String ADMINISTRATOR = "etc/pkcs11/modules/";
    private static final String PERSON = "home/alice/.config/pkcs11/modules/";

    @TempDir
    Path folder;

    private Machine machine;

    @BeforeEach
    void make() throws Exception {
        machine = new Machine(folder);
    }

    @Test
    void readsTheFilesOfTheSystem() throws Exception {
        machine.write(SYSTEM + "card.module", "# a card", "", " module :  /opt/card/card.so ", "critical: no");
        assertThat(entries()).containsExactly(new Entry("card", machine.top.resolve("opt/card/card.so"), null, false));
    }

    @Test
    void theAdministratorChangesWhatTheSystemSays() throws Exception {
        machine.write(SYSTEM + "card.module", "module: /opt/card/card.so", "priority: 3");
        machine.write(SYSTEM + "other.module", "module: /opt/other.so", "priority: 2");
        machine.write(ADMINISTRATOR + "card.module", "priority: 1");
        assertThat(names()).containsExactly("other", "card");
        machine.write(ADMINISTRATOR + "card.module", "module:");
        assertThat(names()).containsExactly("other");
    }

    @Test
    void higherPriorityComesFirstAndNonsenseIsNone() throws Exception {
        machine.write(SYSTEM + "a.module", "module: /a.so", "priority: high");
        machine.write(SYSTEM + "b.module", "module: /b.so", "priority: -1");
        machine.write(SYSTEM + "c.module", "module: /c.so", "priority: 10");
        assertThat(names()).containsExactly("c", "a", "b");
    }

    @Test
    void programsAreNamedThatMayOrMayNot() throws Exception {
        machine.write(SYSTEM + "a.module", "module: /a.so", "enable-in: firefox, zegel");
        machine.write(SYSTEM + "b.module", "module: /b.so", "enable-in: firefox");
        machine.write(SYSTEM + "c.module", "module: /c.so", "disable-in: firefox");
        machine.write(SYSTEM + "d.module", "module: /d.so", "disable-in: zegel firefox");
        assertThat(names()).containsExactly("a", "c");
    }

    @Test
    void thePersonsOwnFilesCountUnlessTheSystemSaysNo() throws Exception {
        machine.write(SYSTEM + "a.module", "module: /a.so");
        machine.write(PERSON + "mine.module", "module: /mine.so");
        assertThat(names()).containsExactlyInAnyOrder("a", "mine");
        machine.write("home/alice/.config/pkcs11/pkcs11.conf", "user-config: only");
        assertThat(names()).containsExactly("mine");
        machine.write("etc/pkcs11/pkcs11.conf", "user-config: none");
        assertThat(names()).containsExactly("a");
    }

    @Test
    void theSuperusersOwnFilesNeverCount() throws Exception {
        machine.write(PERSON + "mine.module", "module: /mine.so");
        assertThat(new P11KitConfiguration(new Machine(folder, true).platform).modules())
                .isEmpty();
    }

    @Test
    void relativeNamesAreBelowTheFolderOfModules() throws Exception {
        Path library = machine.install("usr/lib/" + machine.platform.multiarch() + "/pkcs11/card.so");
        machine.write(SYSTEM + "card.module", "module: card.so");
        assertThat(entries()).extracting(Entry::file).containsExactly(library);
    }

    @Test
    void whatOnlyHandsOnOthersTokensIsLeftOut() throws Exception {
        machine.write(SYSTEM + "proxy.module", "module: p11-kit-proxy.so");
        machine.write(SYSTEM + "trust.module", "module: /usr/lib/pkcs11/p11-kit-trust.so");
        machine.write(SYSTEM + "client.module", "module: p11-kit-client.so");
        assertThat(entries()).isEmpty();
    }

    @Test
    void programsThatWouldBeRunAreTold() throws Exception {
        machine.write(SYSTEM + "far.module", "remote: |bash -c 'ssh far p11-kit remote'", "module: /far.so");
        assertThat(entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.remote()).isTrue());
        assertThat(machine.finder().all())
                .singleElement()
                .extracting(KnownModule::problem)
                .asString()
                .contains("another program");
    }

    @Test
    void anArgumentOfTheModuleIsKept() throws Exception {
        machine.write(SYSTEM + "nss.module", "module: /nss.so", "x-init-reserved: configdir='x'");
        assertThat(entries()).extracting(Entry::initArguments).containsExactly("configdir='x'");
    }

    @Test
    void oddFilesAreNoTrouble() throws Exception {
        machine.write(SYSTEM + "good.module", "module: /good.so");
        machine.write(SYSTEM + "bad name.module", "module: /a.so");
        machine.write(SYSTEM + ".hidden.module", "module: /a.so");
        machine.write(SYSTEM + "note.txt", "module: /a.so");
        machine.write(SYSTEM + "nul.module", "module: /a\0b.so");
        machine.write(SYSTEM + "text.module", "no colon at all", ":", "module");
        Files.createDirectories(machine.top.resolve(SYSTEM + "folder.module"));
        Files.write(machine.top.resolve(SYSTEM + "bytes.module"), new byte[] {(byte) 0xff, 0, (byte) 0xfe});
        assertThat(names()).containsExactly("good");
    }

    @Test
    void aFileAtTheLimitIsReadAndOnePastItIsNot() throws Exception {
        String line = "module: /long.so\n#";
        int rest = P11KitFile.MAX_LENGTH - line.length();
        Path file = machine.write(SYSTEM + "long.module");
        Files.writeString(file, line + "x".repeat(rest));
        assertThat(names()).containsExactly("long");
        Files.writeString(file, line + "x".repeat(rest + 1));
        assertThat(entries()).isEmpty();
    }

    @Test
    void noMoreFilesThanTheLimitAreRead() throws Exception {
        for (int i = 0; i <= P11KitConfiguration.MAX_FILES; i++) {
            machine.write(SYSTEM + "m" + i + ".module", "module: /m" + i + ".so");
        }
        assertThat(entries()).hasSize(P11KitConfiguration.MAX_FILES);
    }

    private List<Entry> entries() {
        return new P11KitConfiguration(machine.platform).modules();
    }

    private List<String> names() {
        return entries().stream().map(Entry::name).toList();
    }
}
