package org.zegel.store.macos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import org.zegel.trust.SystemAnchors;

/** macOS itself: throwaway keys in a keychain of the test's own, which is searched for as long as the test lasts. */
@EnabledOnOs(value = OS.MAC, disabledReason = "only macOS has a keychain")
class RealKeychainTest {
    private static final TestAuthority CA = TestAuthority.root("Throwaway root of a Zegel test");
    private static final byte[] MESSAGE = "to be signed".getBytes(StandardCharsets.UTF_8);
    private static final String WORD = "of-a-throwaway-keychain";

    /** macOS's own import knows only the old algorithms of PKCS#12 everywhere. */
    private static final String OLD_FILES = "keystore.pkcs12.legacy";

    private final KeychainStore store = KeychainStore.ofThisMachine(Clock.systemUTC());

    @TempDir
    Path folder;

    @Test
    void anRsaKeySignsAndDecrypts() throws Exception {
        TestIdentity alice = CA.issue(Spec.mail("Alice of a Zegel test", "alice@example.org"));
        try (Imported imported = new Imported(alice);
                BoundKey key = imported.bound()) {
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
                BoundKey key = imported.bound()) {
            var ecdsa = new SignatureScheme(SignatureScheme.Kind.ECDSA, Digest.SHA256);
            verify(Signature.getInstance("SHA256withECDSA"), bob, key.sign(ecdsa, MESSAGE));
            assertThat(key.agreement().orElseThrow().agree(peer.certificate().getPublicKey()))
                    .isEqualTo(theirs.generateSecret());
        }
    }

    @Test
    void aKeychainThatIsGoneTakesItsIdentitiesWithIt() throws Exception {
        TestIdentity carol = CA.issue(Spec.mail("Carol of a Zegel test", "carol@example.org"));
        try (Imported imported = new Imported(carol)) {
            assertThat(imported.identities()).hasSize(1);
        }
        assertThat(store.identities()).extracting(Identity::certificate).doesNotContain(carol.certificate());
    }

    @Test
    void theSystemsRootsHaveTrustSettingsThatCanBeRead() {
        List<X509Certificate> roots = new SystemAnchors("Mac OS X").all();
        assertThat(roots).isNotEmpty();
        assertThat(roots.stream().filter(KeychainTrust.ofThisMachine())).isNotEmpty();
    }

    /** A keychain with this identity; without authorities, because macOS asks before it trusts one. */
    private final class Imported implements AutoCloseable {
        private final TestIdentity identity;
        private final Path keychain = folder.resolve("throwaway.keychain-db");
        private final List<String> searched;

        Imported(TestIdentity identity) throws Exception {
            this.identity = identity;
            Path file = folder.resolve("throwaway.p12");
            System.setProperty(OLD_FILES, "true");
            try {
                new TestIdentity(identity.certificate(), identity.privateKey(), List.of())
                        .writeP12(file, WORD.toCharArray());
            } finally {
                System.clearProperty(OLD_FILES);
            }
            searched = searched();
            security("create-keychain -p " + WORD + " " + keychain);
            security("set-keychain-settings " + keychain);
            security("unlock-keychain -p " + WORD + " " + keychain);
            security("import " + file + " -k " + keychain + " -f pkcs12 -A -P " + WORD);
            // Else macOS asks whether this very program may use the key.
            security("set-key-partition-list -S " + partitions() + " -s -k " + WORD + " " + keychain);
            List<String> more = new ArrayList<>(searched);
            more.add(keychain.toString());
            search(more);
        }

        List<Identity> identities() throws Exception {
            return store.identities().stream()
                    .filter(each -> each.certificate().equals(identity.certificate()))
                    .toList();
        }

        BoundKey bound() throws Exception {
            Identity found = identities().getFirst();
            return store.bind(found, TestConsent.granting(found));
        }

        @Override
        public void close() throws Exception {
            search(searched);
            security("delete-keychain " + keychain);
        }
    }

    private static List<String> searched() throws Exception {
        return security("list-keychains -d user")
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("\"") && line.endsWith("\""))
                .map(line -> line.substring(1, line.length() - 1))
                .toList();
    }

    private static void search(List<String> keychains) throws Exception {
        security("list-keychains -d user -s \"" + String.join("\" \"", keychains) + "\"");
    }

    /** Apple's own programs, and those of whoever signed this Java. */
    private static String partitions() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String signed = run(new ProcessBuilder("/usr/bin/codesign", "-dv", java.toString()), "");
        Matcher team = Pattern.compile("TeamIdentifier=([A-Z0-9]{10})").matcher(signed);
        return "apple-tool:,apple:,unsigned:" + (team.find() ? ",teamid:" + team.group(1) : "");
    }

    /** Its commands come by its input: passwords are in no argument. It does not tell by its status that one failed. */
    private static String security(String command) throws Exception {
        String said = run(new ProcessBuilder("/usr/bin/security", "-i"), command + "\n");
        assertThat(said).as(command.split(" ", 2)[0]).doesNotContain("returned -", "SecKeychain", "usage:");
        return said;
    }

    private static String run(ProcessBuilder builder, String input) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        try (var to = process.getOutputStream()) {
            to.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return said;
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
