package org.zegel.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.TestAuthority;
import org.zegel.trust.SystemAnchors;

class NssTrustListTest {
    private static final X509Certificate OWN =
            TestAuthority.root("An organisation's own", KeyKind.P256).certificate();

    @Test
    void leavesOutTheCasThatAreForWebServersAlone() {
        assumeTrue(NssTrustList.USUAL.stream().anyMatch(Files::isRegularFile), "NSS's list of CAs is not installed");
        NssTrustList list = NssTrustList.read(NssTrustList.USUAL);
        assertThat(list.size()).isGreaterThan(50);
        List<X509Certificate> all = new SystemAnchors("Linux").all();
        List<X509Certificate> forMail = new SystemAnchors("Linux", () -> list).all();
        assertThat(all).containsAll(forMail);
        if (all.size() > 100) {
            assertThat(forMail).hasSizeBetween(10, all.size() - 10);
        }
        assertThat(list.test(OWN)).isTrue();
    }

    @Test
    void withoutAListEverythingIsLeftAsItIs() {
        NssTrustList none = NssTrustList.read(List.of(Path.of("/nowhere/libnssckbi.so")));
        assertThat(none.size()).isZero();
        assertThat(none.test(OWN)).isTrue();
    }

    @Test
    void aFileThatIsNoModuleIsNoList() throws Exception {
        Path file = Files.writeString(Files.createTempFile("not-a-module", ".so"), "no library");
        try {
            assertThat(NssTrustList.read(List.of(file)).size()).isZero();
        } finally {
            Files.delete(file);
        }
    }
}
