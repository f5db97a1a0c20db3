package org.zegel.store.macos;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;

/** What Keychain Access was told of a CA, over frameworks that count their objects' owners. */
class KeychainTrustTest {
    private static final X509Certificate ROOT = TestAuthority.root("Root")
            .issue(Spec.mail("Alice", "alice@example.org"))
            .root();
    private static final X509Certificate OTHER = TestAuthority.root("Other root")
            .issue(Spec.mail("Bob", "bob@example.org"))
            .root();

    private final FakeMac mac = new FakeMac();
    private final KeychainTrust trust = new KeychainTrust(mac::frameworks);

    @AfterEach
    void nothingIsLeftUnreleased() {
        assertThat(mac.alive()).as("%s", mac).isZero();
    }

    /** Results: 1 trusted as a root, 3 denied, 4 nothing said. Domains: 0 the person's, 1 the administrator's. */
    @ParameterizedTest
    @CsvSource({
        "0, , 3, false",
        "1, , 3, false",
        "0, kSecPolicyAppleSMIME, 3, false",
        "0, kSecPolicyAppleSSL, 3, true",
        "0, , 1, true",
        "0, kSecPolicyAppleSMIME, 4, true"
    })
    void aDenialOfEverythingOrOfMailCounts(int domain, @Nullable String policy, int result, boolean trusted)
            throws Exception {
        mac.trust(ROOT.getEncoded(), domain, policy, result);
        assertThat(trust.test(ROOT)).isEqualTo(trusted);
        assertThat(trust.test(OTHER)).isTrue();
    }

    @Test
    void aDenialAmongOtherSettingsCounts() throws Exception {
        mac.trust(ROOT.getEncoded(), 0, "kSecPolicyAppleSSL", 1);
        mac.trust(ROOT.getEncoded(), 0, "kSecPolicyAppleSMIME", 3);
        assertThat(trust.test(ROOT)).isFalse();
    }

    @Test
    void whatCannotBeReadSaysNothing() {
        mac.searchesFail(-25_308);
        assertThat(trust.test(ROOT)).isTrue();
    }
}
