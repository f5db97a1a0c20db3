package org.zegel.store.pkcs12;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.consent.TestConsent;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.MovableClock;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Digest;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.SignatureScheme;
import org.zegel.store.BoundKey;
import org.zegel.store.IdentityAdministration;

/** A key file in a directory of its own, with few iterations, and keys to put into it. */
abstract class StoreFixture {
    static final TestAuthority CA = TestAuthority.root("Root").subordinate("Issuing CA");
    static final TestIdentity ALICE = CA.issue(Spec.mail("Alice", "alice@example.org"));
    static final TestIdentity BOB = CA.issue(Spec.mail("Bob", "bob@example.org").key(KeyKind.P256));
    static final char[] STORE = "store passphrase".toCharArray();
    static final char[] FILE = "file passphrase".toCharArray();
    static final int FEW_ITERATIONS = 1000;
    static final Duration MINUTES = Duration.ofMinutes(5);

    @TempDir
    Path home;

    final MovableClock clock = new MovableClock();
    Path file;
    Pkcs12Store store;

    @BeforeEach
    void open() {
        file = home.resolve("zegel").resolve("keys.p12");
        store = restarted();
    }

    IdentityAdministration administration() {
        return store.administration().orElseThrow();
    }

    byte[] p12(TestIdentity identity) throws IOException {
        return Files.readAllBytes(identity.writeP12(Files.createTempFile(home, "import", ".p12"), FILE));
    }

    Identity imported(TestIdentity identity) throws IOException, Failure {
        return administration()
                .importFile(p12(identity), TestConsent.change(FILE, STORE))
                .getFirst();
    }

    static void signs(BoundKey key, TestIdentity expected) throws Exception {
        boolean ec = key.supports(new SignatureScheme(SignatureScheme.Kind.ECDSA, Digest.SHA256));
        SignatureScheme scheme =
                new SignatureScheme(ec ? SignatureScheme.Kind.ECDSA : SignatureScheme.Kind.RSA_PKCS1, Digest.SHA256);
        Signature verifier = Signature.getInstance(ec ? "SHA256withECDSA" : "SHA256withRSA");
        verifier.initVerify(expected.certificate());
        verifier.update(new byte[] {1, 2, 3});
        assertThat(verifier.verify(key.sign(scheme, new byte[] {1, 2, 3}))).isTrue();
    }

    static Failure.Kind failing(ThrowingCallable call) {
        Failure failure = catchThrowableOfType(Failure.class, call);
        assertThat(failure).isNotNull();
        return failure.kind();
    }

    /** The same file as another process, or this one after a restart, has it. */
    Pkcs12Store restarted() {
        return new Pkcs12Store(file, clock, MINUTES, FEW_ITERATIONS);
    }
}
