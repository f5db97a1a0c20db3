package org.zegel.smime.make;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSSignedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.smime.SignOptions;

/** Which certificates a signature brings along. */
class SentCertificatesTest {
    @TempDir
    Path folder;

    @Test
    void theNewKeyOfAnAuthorityGoesWithItAndNoRootDoes() throws Exception {
        TestAuthority old = TestAuthority.root("Root");
        TestAuthority renewed = TestAuthority.root("Root", KeyKind.P256);
        X509Certificate newWithOld = old.cross(renewed);
        TestIdentity issued = renewed.issue(Spec.mail("Alice", "alice@example.org"));
        TestIdentity alice =
                new TestIdentity(issued.certificate(), issued.privateKey(), List.of(newWithOld, old.certificate()));

        byte[] signature = new Made(folder)
                .signBytes("text".getBytes(StandardCharsets.US_ASCII), alice, Made.options(SignOptions.Mode.OPAQUE));

        assertThat(new CMSSignedData(signature).getCertificates().getMatches(null))
                .containsExactlyInAnyOrder(
                        new X509CertificateHolder(alice.certificate().getEncoded()),
                        new X509CertificateHolder(newWithOld.getEncoded()));
    }
}
