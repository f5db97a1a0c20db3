package org.zegel.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;

class ParsedCertificatesTest {
    private static final TestAuthority CA = TestAuthority.root("Root");
    private static final X509Certificate ALICE =
            CA.issue(Spec.mail("Alice", "alice@example.org")).certificate();
    private static final X509Certificate BOB =
            CA.issue(Spec.mail("Bob", "bob@example.org")).certificate();

    private final ParsedCertificates parsed = new ParsedCertificates();

    @Test
    void givesWhatIsThereNowOnceAndInOrder() throws Exception {
        X509Certificate first = parsed.of(List.of(ALICE.getEncoded(), BOB.getEncoded(), ALICE.getEncoded()))
                .iterator()
                .next();
        assertThat(parsed.of(List.of(BOB.getEncoded(), ALICE.getEncoded())))
                .containsExactly(BOB, ALICE)
                .anySatisfy(again -> assertThat(again).isSameAs(first));
        assertThat(parsed.of(List.of())).isEmpty();
        assertThat(parsed.of(List.of(ALICE.getEncoded()))).containsExactly(ALICE);
    }

    @Test
    void leavesOutWhatIsNoCertificate() throws Exception {
        byte[] cut = ALICE.getEncoded();
        cut[1] = 0;
        assertThat(parsed.of(List.of(new byte[0], cut, BOB.getEncoded()))).containsExactly(BOB);
        assertThat(parsed.of(List.of(cut, BOB.getEncoded()))).containsExactly(BOB);
    }
}
