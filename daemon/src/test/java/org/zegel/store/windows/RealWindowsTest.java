package org.zegel.store.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.consent.TestConsent;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Digest;
import org.zegel.model.Identity;
import org.zegel.model.SignatureScheme;
import org.zegel.store.BoundKey;

/** Windows itself: throwaway keys are put into the person's store, used there, and taken out with the keys. */
@EnabledOnOs(value = OS.WINDOWS, disabledReason = "only Windows has this store")
class RealWindowsTest {
    private static final TestAuthority CA = TestAuthority.root("Throwaway root of a Zegel test");
    private static final byte[] MESSAGE = "to be signed".getBytes(StandardCharsets.UTF_8);
    private static final String PASSPHRASE = "of a throwaway file";

    private final WindowsStore store = WindowsStore.ofThisMachine(Clock.systemUTC());

    @TempDir
    Path folder;

    @Test
    void anRsaKeySignsAndDecrypts() throws Exception {
        TestIdentity alice = CA.issue(Spec.mail("Alice of a Zegel test", "alice@example.org"));
        try (Imported imported = new Imported(alice);
                BoundKey key = bound(imported)) {
            var rsa = new SignatureScheme(SignatureScheme.Kind.RSA_PKCS1, Digest.SHA256);
            verify(Signature.getInstance("SHA256withRSA"), alice, key.sign(rsa, MESSAGE));
            Signature pss = Signature.getInstance("RSASSA-PSS");
            pss.setParameter(new PSSParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA512, 64, 1));
            var scheme = new SignatureScheme(SignatureScheme.Kind.RSA_PSS, Digest.SHA512);
            verify(pss, alice, key.sign(scheme, MESSAGE));

            var decryption = key.decryption().orElseThrow();
            assertThat(decryption.pkcs1(encrypted(alice, "PKCS1Padding"))).isEqualTo(MESSAGE);
            byte[] oaep = encrypted(alice, "OAEPWithSHA-1AndMGF1Padding");
            assertThat(decryption.oaep(oaep, "SHA-1", "SHA-1", new byte[0])).isEqualTo(MESSAGE);
        }
    }

    @Test
    void anEcKeySignsAndAgrees() throws Exception {
        TestIdentity bob =
                CA.issue(Spec.mail("Bob of a Zegel test", "bob@example.org").key(KeyKind.P256));
        TestIdentity peer = CA.issue(Spec.mail("Eve", "eve@example.org").key(KeyKind.P256));
        KeyAgreement theirs = KeyAgreement.getInstance("ECDH");
        theirs.init(peer.privateKey());
        theirs.doPhase(bob.certificate().getPublicKey(), true);
        try (Imported imported = new Imported(bob);
                BoundKey key = bound(imported)) {
            var ecdsa = new SignatureScheme(SignatureScheme.Kind.ECDSA, Digest.SHA256);
            verify(Signature.getInstance("SHA256withECDSA"), bob, key.sign(ecdsa, MESSAGE));
            assertThat(key.agreement().orElseThrow().agree(peer.certificate().getPublicKey()))
                    .isEqualTo(theirs.generateSecret());
        }
    }

    @Test
    void authoritiesOfWindowsAreCertificatesOfTheStore() throws Exception {
        assertThat(store.all()).isNotEmpty();
    }

    /** The file has the certificate alone: an own root would make Windows ask. */
    private final class Imported implements AutoCloseable {
        private final TestIdentity identity;

        Imported(TestIdentity identity) throws Exception {
            this.identity = identity;
            Path file = folder.resolve("throwaway.p12");
            new TestIdentity(identity.certificate(), identity.privateKey(), List.of())
                    .writeP12(file, PASSPHRASE.toCharArray());
            powershell(
                    "Import-PfxCertificate -FilePath $env:ZEGEL_FILE -CertStoreLocation Cert:\\CurrentUser\\My "
                            + "-Password (ConvertTo-SecureString $env:ZEGEL_WORD -AsPlainText -Force)",
                    file);
        }

        @Override
        public void close() throws Exception {
            byte[] thumb = MessageDigest.getInstance("SHA-1")
                    .digest(identity.certificate().getEncoded());
            powershell(
                    "Remove-Item -DeleteKey -Path Cert:\\CurrentUser\\My\\"
                            + HexFormat.of().withUpperCase().formatHex(thumb),
                    folder);
        }
    }

    private static void powershell(String command, Path file) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("powershell.exe", "-NoProfile", "-NonInteractive", "-Command", command);
        builder.environment().put("ZEGEL_FILE", file.toString());
        builder.environment().put("ZEGEL_WORD", PASSPHRASE);
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    private BoundKey bound(Imported imported) throws Exception {
        Identity identity = store.identities().stream()
                .filter(each -> each.certificate().equals(imported.identity.certificate()))
                .findFirst()
                .orElseThrow();
        return store.bind(identity, TestConsent.granting(identity));
    }

    private static byte[] encrypted(TestIdentity own, String padding) throws Exception {
        Cipher cipher = Cipher.getInstance("RSA/ECB/" + padding);
        cipher.init(Cipher.ENCRYPT_MODE, own.certificate().getPublicKey());
        return cipher.doFinal(MESSAGE);
    }

    private static void verify(Signature check, TestIdentity own, byte[] signature) throws Exception {
        check.initVerify(own.certificate().getPublicKey());
        check.update(MESSAGE);
        assertThat(check.verify(signature)).isTrue();
    }
}
