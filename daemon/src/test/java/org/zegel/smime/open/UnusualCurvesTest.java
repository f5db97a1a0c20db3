package org.zegel.smime.open;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.consent.TestConsent;
import org.zegel.content.Content;
import org.zegel.content.ContentLimits;
import org.zegel.content.EncryptedSpool;
import org.zegel.content.Workspace;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.Progress;
import org.zegel.model.Verdict.Lock;
import org.zegel.smime.DecryptionKeys;
import org.zegel.smime.OpenedMessage;
import org.zegel.store.BoundKey;
import org.zegel.store.pkcs12.MemoryStore;

/** Key agreement on curves that fewer programs have, with Zegel's own keys in memory. */
class UnusualCurvesTest {
    private static final TestAuthority CA = TestAuthority.root("Root");
    private static final byte[] CONTENT = Messages.bytes(Messages.ENTITY);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"brainpoolP256r1", "brainpoolP384r1", "brainpoolP512r1", "secp256k1", "secp192r1"})
    void curvesThatTheJdkLacksOpen(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", Messages.BOUNCY_CASTLE);
        generator.initialize(new ECGenParameterSpec(curve));
        opens(generator.generateKeyPair(), generator.generateKeyPair(), CMSAlgorithm.ECDH_SHA256KDF);
        opens(generator.generateKeyPair(), generator.generateKeyPair(), CMSAlgorithm.ECCDH_SHA512KDF);
    }

    @Test
    void x448Opens() throws Exception {
        KeyPair own = KeyPairGenerator.getInstance("X448").generateKeyPair();
        KeyPairGenerator theirs = KeyPairGenerator.getInstance("X448", Messages.BOUNCY_CASTLE);
        opens(own, theirs.generateKeyPair(), CMSAlgorithm.ECDH_HKDF_SHA512);
    }

    private void opens(KeyPair own, KeyPair ephemeral, ASN1ObjectIdentifier scheme) throws Exception {
        TestIdentity bob = CA.issue(Spec.mail("Bob", "bob@example.org").keyPair(own));
        byte[] cms = Messages.authEnveloped(
                CONTENT,
                null,
                new JceKeyAgreeRecipientInfoGenerator(
                                scheme, ephemeral.getPrivate(), ephemeral.getPublic(), CMSAlgorithm.AES256_WRAP)
                        .addRecipient(bob.certificate())
                        .setProvider(Messages.BOUNCY_CASTLE));
        MemoryStore store = new MemoryStore("test", Clock.systemUTC());
        store.add(bob.privateKey(), bob.certificate(), List.of());
        try (Workspace workspace = new EncryptedSpool(directory, ContentLimits.DEFAULT).open()) {
            OpenedMessage opened =
                    CmsOpener.open(Content.of(cms), null, keys(store), List.of(), workspace, Progress.NONE);
            assertThat(opened.facts().lock())
                    .as(opened.facts().findings().toString())
                    .isEqualTo(Lock.CLOSED);
            assertThat(opened.clear().bytes(1000)).isEqualTo(CONTENT);
        }
    }

    private static DecryptionKeys keys(MemoryStore store) {
        return new DecryptionKeys() {
            @Override
            public List<Identity> identities() {
                return store.identities();
            }

            @Override
            public BoundKey bind(Identity identity) throws Failure {
                return store.bind(identity, TestConsent.granting(identity));
            }
        };
    }
}
