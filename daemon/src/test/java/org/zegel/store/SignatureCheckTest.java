package org.zegel.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.junit.jupiter.api.Test;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Digest;
import org.zegel.model.SignatureScheme;

class SignatureCheckTest {
    private static final TestAuthority CA = TestAuthority.root("Root");
    private static final TestIdentity ALICE = CA.issue(Spec.mail("Alice", "alice@example.org"));
    private static final TestIdentity BOB =
            CA.issue(Spec.mail("Bob", "bob@example.org").key(KeyKind.P256));
    private static final byte[] MESSAGE = {1, 2, 3};

    @Test
    void knowsRightFromWrongForEachFamily() throws Exception {
        SignatureScheme rsa = new SignatureScheme(SignatureScheme.Kind.RSA_PKCS1, Digest.SHA512);
        SignatureScheme pss = new SignatureScheme(SignatureScheme.Kind.RSA_PSS, Digest.SHA384);
        SignatureScheme ecdsa = new SignatureScheme(SignatureScheme.Kind.ECDSA, Digest.SHA256);
        Signature byPss = Signature.getInstance("RSASSA-PSS");
        byPss.setParameter(new PSSParameterSpec("SHA-384", "MGF1", MGF1ParameterSpec.SHA384, 48, 1));
        checks(rsa, ALICE, Signature.getInstance("SHA512withRSA"));
        checks(pss, ALICE, byPss);
        checks(ecdsa, BOB, Signature.getInstance("SHA256withECDSA"));
    }

    private static void checks(SignatureScheme scheme, TestIdentity own, Signature signer) throws Exception {
        signer.initSign(own.privateKey());
        signer.update(MESSAGE);
        byte[] signature = signer.sign();
        PublicKey key = own.certificate().getPublicKey();
        assertThat(SignatureCheck.of(scheme, key, MESSAGE, signature)).isEqualTo(SignatureCheck.RIGHT);
        assertThat(SignatureCheck.of(scheme, key, new byte[3], signature)).isEqualTo(SignatureCheck.WRONG);
        assertThat(SignatureCheck.of(scheme, key, MESSAGE, new byte[5])).isEqualTo(SignatureCheck.WRONG);
    }

    @Test
    void whatTheJdkCannotCheckIsNotWrong() {
        SignatureScheme ecdsa = new SignatureScheme(SignatureScheme.Kind.ECDSA, Digest.SHA256);
        PublicKey rsa = ALICE.certificate().getPublicKey();
        assertThat(SignatureCheck.of(ecdsa, rsa, MESSAGE, new byte[70])).isEqualTo(SignatureCheck.CANNOT_TELL);
    }
}
