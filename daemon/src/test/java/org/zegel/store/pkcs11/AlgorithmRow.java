package org.zegel.store.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.zegel.consent.TestConsent;
import org.zegel.model.Digest;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.SignatureScheme;
import org.zegel.store.BoundKey;
import org.zegel.store.RsaDecryption;
import org.zegel.store.Store;

/** What the keys of a store did, each checked with the JDK: one row of the table in docs/STORES.md. */
public final class AlgorithmRow {
    private static final byte[] MESSAGE = {1, 2, 3};
    private static final byte[] SECRET = {4, 5, 6, 7};

    private final Map<String, Boolean> did = new LinkedHashMap<>();

    private AlgorithmRow() {
        for (SignatureScheme.Kind kind : SignatureScheme.Kind.values()) {
            did.put(kind.name(), false);
        }
        for (String decryption : new String[] {"PKCS1", "SHA-1", "SHA-256", "ECDH"}) {
            did.put(decryption, false);
        }
    }

    /** Uses every key in every way that it offers; then the row has to be in the docs. */
    public static void isInTheDocs(String name, Store store, char[] pin) throws Exception {
        AlgorithmRow row = new AlgorithmRow();
        for (Identity identity : store.identities()) {
            TestConsent person = TestConsent.person(Collections.nCopies(20, pin).toArray(char[][]::new));
            try (BoundKey key = store.bind(identity, person.forKeyUse(identity))) {
                row.sign(key);
                row.decrypt(key);
                row.agree(key);
            }
        }
        String text = "| " + name + " | "
                + row.did.values().stream().map(yes -> yes ? "yes" : "no").collect(Collectors.joining(" | ")) + " |";
        System.out.println(text);
        assertThat(Files.readString(Path.of(System.getProperty("zegel.root", ".."), "docs", "STORES.md")))
                .contains(text);
    }

    private void sign(BoundKey key) throws Exception {
        for (SignatureScheme.Kind kind : SignatureScheme.Kind.values()) {
            SignatureScheme scheme = new SignatureScheme(kind, Digest.SHA256);
            if (key.supports(scheme)) {
                Signature verifier = verifier(kind);
                verifier.initVerify(key.identity().certificate().getPublicKey());
                verifier.update(MESSAGE);
                assertThat(verifier.verify(key.sign(scheme, MESSAGE)))
                        .as("%s", scheme)
                        .isTrue();
                did.put(kind.name(), true);
            }
        }
    }

    private static Signature verifier(SignatureScheme.Kind kind) throws GeneralSecurityException {
        return switch (kind) {
            case RSA_PKCS1 -> Signature.getInstance("SHA256withRSA");
            case ECDSA -> Signature.getInstance("SHA256withECDSA");
            case ED25519 -> Signature.getInstance("Ed25519");
            case RSA_PSS -> {
                Signature pss = Signature.getInstance("RSASSA-PSS");
                pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
                yield pss;
            }
        };
    }

    private void decrypt(BoundKey key) throws GeneralSecurityException, Failure {
        if (key.decryption().isEmpty()) {
            return;
        }
        RsaDecryption decryption = key.decryption().get();
        PublicKey recipient = key.identity().certificate().getPublicKey();
        Cipher pkcs1 = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        pkcs1.init(Cipher.ENCRYPT_MODE, recipient);
        assertThat(decryption.pkcs1(pkcs1.doFinal(SECRET))).isEqualTo(SECRET);
        did.put("PKCS1", true);
        for (String digest : new String[] {"SHA-1", "SHA-256"}) {
            Cipher oaep = Cipher.getInstance("RSA/ECB/OAEPPadding");
            MGF1ParameterSpec mask = new MGF1ParameterSpec(digest);
            oaep.init(
                    Cipher.ENCRYPT_MODE,
                    recipient,
                    new OAEPParameterSpec(digest, "MGF1", mask, PSource.PSpecified.DEFAULT));
            assertThat(decryption.oaep(oaep.doFinal(SECRET), digest, digest, new byte[0]))
                    .isEqualTo(SECRET);
            did.put(digest, true);
        }
    }

    private void agree(BoundKey key) throws GeneralSecurityException, Failure {
        if (key.agreement().isEmpty()) {
            return;
        }
        ECPublicKey own = (ECPublicKey) key.identity().certificate().getPublicKey();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(own.getParams());
        KeyPair other = generator.generateKeyPair();
        javax.crypto.KeyAgreement agreement = javax.crypto.KeyAgreement.getInstance("ECDH");
        agreement.init(other.getPrivate());
        agreement.doPhase(own, true);
        byte[] agreed = key.agreement().get().agree(other.getPublic());
        assertThat(Arrays.equals(agreed, agreement.generateSecret())).isTrue();
        did.put("ECDH", true);
    }
}
