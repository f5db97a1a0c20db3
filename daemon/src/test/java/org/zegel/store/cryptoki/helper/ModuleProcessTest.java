package org.zegel.store.cryptoki.helper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.helper.ModuleHelper;
import org.zegel.model.Secret;
import org.zegel.store.cryptoki.Attribute;
import org.zegel.store.cryptoki.Hash;
import org.zegel.store.cryptoki.KeyType;
import org.zegel.store.cryptoki.Mechanism;
import org.zegel.store.cryptoki.ModuleFailure;
import org.zegel.store.cryptoki.ModuleSpec;
import org.zegel.store.cryptoki.PinState;
import org.zegel.store.cryptoki.SoftToken;
import org.zegel.store.cryptoki.Token;
import org.zegel.store.cryptoki.TokenKey;

/** SoftHSM2 in a real helper process. */
class ModuleProcessTest {
    private static final byte[] MESSAGE = "to be signed".getBytes(StandardCharsets.UTF_8);
    /** DigestInfo of SHA-256 (RFC 8017, section 9.2, note 1). */
    private static final byte[] SHA256_INFO =
            new BigInteger("3031300d060960864801650304020105000420", 16).toByteArray();

    @TempDir
    static Path folder;

    private static SoftToken soft;
    private static ModuleProcesses modules;
    private static PublicKey rsa;
    private static KeyPair p256;
    private static PublicKey ed25519;

    private final ModuleProcess module = modules.module(soft.spec());

    @BeforeAll
    static void makeToken() throws Exception {
        soft = SoftToken.create(folder, "Zegel test");
        rsa = soft.importKey("RSA", 2048, new byte[] {1}, "rsa").getPublic();
        p256 = soft.importKey("EC", 256, new byte[] {2}, "p256");
        soft.makeAgreementKey((byte) 4, "agreement");
        ed25519 = soft.importKey("Ed25519", 0, new byte[] {3}, "ed25519").getPublic();
        HelperCommand command = new HelperCommand(ModuleHelper.command().command(), soft.environment());
        modules = new ModuleProcesses(command, HelperLimits.STANDARD);
    }

    @AfterAll
    static void endHelpers() {
        modules.close();
    }

    @AfterEach
    void logout() throws ModuleFailure {
        module.logout(token());
    }

    private Token token() throws ModuleFailure {
        return module.tokens().stream()
                .filter(token -> token.label().equals("Zegel test"))
                .findFirst()
                .orElseThrow();
    }

    private TokenKey key(KeyType type) throws ModuleFailure {
        return module.keys(token()).stream()
                .filter(key -> key.type() == type && !key.label().equals("agreement"))
                .findFirst()
                .orElseThrow();
    }

    private Token loggedIn() throws ModuleFailure {
        Token token = token();
        try (Secret pin = SoftToken.pin()) {
            module.login(token, pin);
        }
        return token();
    }

    @Test
    void showsTheToken() throws ModuleFailure {
        Token token = token();

        assertThat(token.manufacturer()).isEqualTo("SoftHSM project");
        assertThat(token.serial()).isNotEmpty();
        assertThat(token.loginRequired()).isTrue();
        assertThat(token.protectedPath()).isFalse();
        assertThat(token.pin()).isEqualTo(PinState.OK);
        assertThat(token.loggedIn()).isFalse();
        assertThat(token.supports(new Mechanism.RsaPkcs1())).isTrue();
        assertThat(module.tokens()).as("one that is not set up is not there").hasSize(1);
    }

    @Test
    void showsPrivateKeysAfterLoginOnly() throws ModuleFailure {
        assertThat(module.keys(token())).isEmpty();

        assertThat(loggedIn().loggedIn()).isTrue();

        assertThat(module.keys(token()))
                .extracting(TokenKey::type)
                .containsExactlyInAnyOrder(KeyType.RSA, KeyType.EC, KeyType.EC, KeyType.EDWARDS);
        assertThat(key(KeyType.EC).id()).containsExactly(2);
        assertThat(key(KeyType.RSA).label()).isEqualTo("rsa");

        module.logout(token());
        assertThat(module.keys(token())).isEmpty();
    }

    @Test
    void signsWithEachKindOfKey() throws Exception {
        Token token = loggedIn();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(MESSAGE);
        byte[] info = Arrays.copyOf(SHA256_INFO, SHA256_INFO.length + digest.length);
        System.arraycopy(digest, 0, info, SHA256_INFO.length, digest.length);

        byte[] pkcs1 = module.sign(token, key(KeyType.RSA), new Mechanism.RsaPkcs1(), info, null);
        byte[] pss =
                module.sign(token, key(KeyType.RSA), new Mechanism.RsaPss(Hash.SHA256, Hash.SHA256, 32), digest, null);
        byte[] ecdsa = module.sign(token, key(KeyType.EC), new Mechanism.Ecdsa(), digest, null);
        byte[] eddsa = module.sign(token, key(KeyType.EDWARDS), new Mechanism.Eddsa(), MESSAGE, null);

        assertThat(verifies("SHA256withRSA", rsa, pkcs1)).isTrue();
        Signature verifier = Signature.getInstance("RSASSA-PSS");
        verifier.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        verifier.initVerify(rsa);
        verifier.update(MESSAGE);
        assertThat(verifier.verify(pss)).isTrue();
        assertThat(verifies("SHA256withECDSAinP1363Format", p256.getPublic(), ecdsa))
                .isTrue();
        assertThat(verifies("Ed25519", ed25519, eddsa)).isTrue();
    }

    private static boolean verifies(String algorithm, PublicKey key, byte[] signature) throws Exception {
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(key);
        verifier.update(MESSAGE);
        return verifier.verify(signature);
    }

    @Test
    void decrypts() throws Exception {
        Token token = loggedIn();
        Cipher pkcs1 = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        pkcs1.init(Cipher.ENCRYPT_MODE, rsa);
        Cipher oaep = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
        oaep.init(Cipher.ENCRYPT_MODE, rsa);
        TokenKey key = key(KeyType.RSA);

        assertThat(module.decrypt(token, key, new Mechanism.RsaPkcs1(), pkcs1.doFinal(MESSAGE), null))
                .isEqualTo(MESSAGE);
        assertThat(module.decrypt(
                        token,
                        key,
                        new Mechanism.RsaOaep(Hash.SHA1, Hash.SHA1, new byte[0]),
                        oaep.doFinal(MESSAGE),
                        null))
                .isEqualTo(MESSAGE);
        byte[] raw = module.decrypt(token, key, new Mechanism.RsaRaw(), pkcs1.doFinal(MESSAGE), null);
        assertThat(raw).hasSize(256).startsWith(0, 2).endsWith(MESSAGE);
    }

    @Test
    void derives() throws Exception {
        Token token = loggedIn();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair other = generator.generateKeyPair();
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(other.getPrivate());
        TokenKey key = module.keys(token).stream()
                .filter(TokenKey::derives)
                .filter(each -> each.label().equals("agreement"))
                .findFirst()
                .orElseThrow();
        agreement.doPhase(publicKey(token, key.id()), true);

        byte[] derived = module.derive(token, key, point((ECPublicKey) other.getPublic()), null);

        assertThat(derived).isEqualTo(agreement.generateSecret());
    }

    private PublicKey publicKey(Token token, byte[] id) throws Exception {
        long ecPoint = 0x181;
        Map<Long, byte[]> template = Map.of(Attribute.CLASS, Attribute.number(2), Attribute.ID, id);
        byte[] inOctetString = module.objects(token, template, List.of(ecPoint))
                .getFirst()
                .bytes(ecPoint)
                .orElseThrow();
        byte[] encoded = p256.getPublic().getEncoded();
        System.arraycopy(inOctetString, 2, encoded, encoded.length - 65, 65);
        return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded));
    }

    private static byte[] point(ECPublicKey key) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 65, encoded.length);
    }

    @Test
    void checksThePinAlsoWhenLoggedIn() throws ModuleFailure {
        Token token = loggedIn();

        try (Secret wrong = Secret.takeOver("000000".toCharArray())) {
            assertThatThrownBy(() -> module.login(token, wrong))
                    .isInstanceOfSatisfying(ModuleFailure.class, failure -> {
                        assertThat(failure.kind()).isEqualTo(ModuleFailure.Kind.PIN_INCORRECT);
                        assertThat(failure.value().name()).isEqualTo("CKR_PIN_INCORRECT");
                    });
        }
        assertThat(token().loggedIn()).isFalse();
        assertThat(token().pin()).isEqualTo(PinState.COUNT_LOW);
        assertThat(loggedIn().pin()).isEqualTo(PinState.OK);
    }

    @Test
    void findsAKeyAgainAfterItsNumberWentStale() throws Exception {
        Token token = loggedIn();
        TokenKey key = key(KeyType.EC);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(MESSAGE);
        Long pid = module.pid();
        module.close();
        loggedIn();

        byte[] signature = module.sign(token, key, new Mechanism.Ecdsa(), digest, null);

        assertThat(module.pid()).isNotEqualTo(pid);
        assertThat(verifies("SHA256withECDSAinP1363Format", p256.getPublic(), signature))
                .isTrue();
    }

    @Test
    void asksForThePinAfterALostLogin() throws Exception {
        Token token = loggedIn();
        TokenKey key = key(KeyType.EC);
        module.close();

        assertThatThrownBy(() -> module.sign(token, key, new Mechanism.Ecdsa(), new byte[32], null))
                .isInstanceOfSatisfying(
                        ModuleFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(ModuleFailure.Kind.NOT_LOGGED_IN));
    }

    @Test
    void refusesAnotherTokenInTheSlot() throws Exception {
        Token token = loggedIn();
        Token other = new Token(
                token.slot(),
                "",
                token.label(),
                token.manufacturer(),
                token.model(),
                "another",
                true,
                false,
                PinState.OK,
                false,
                token.mechanisms());

        try (Secret pin = SoftToken.pin()) {
            assertThatThrownBy(() -> module.login(other, pin))
                    .isInstanceOfSatisfying(
                            ModuleFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(ModuleFailure.Kind.TOKEN_REMOVED));
        }
        assertThat(token().loggedIn()).isTrue();
    }

    @Test
    void signsInSeveralThreadsAtOnce() throws Exception {
        Token token = loggedIn();
        TokenKey key = key(KeyType.EC);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(MESSAGE);
        Callable<Boolean> task = () -> verifies(
                "SHA256withECDSAinP1363Format",
                p256.getPublic(),
                module.sign(token, key, new Mechanism.Ecdsa(), digest, null));
        try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
            List<Future<Boolean>> all = threads.invokeAll(
                    IntStream.range(0, 400).mapToObj(_ -> task).toList());
            for (Future<Boolean> each : all) {
                assertThat(each.get()).isTrue();
            }
        }
    }

    @Test
    void saysWhyAModuleIsNotLoaded() {
        assertThat(failure(new ModuleSpec("none", folder.resolve("none.so"), null))
                        .kind())
                .isEqualTo(ModuleFailure.Kind.NOT_LOADED);
        ModuleFailure text = failure(new ModuleSpec("text", soft.configuration(), null));
        assertThat(text.kind()).isEqualTo(ModuleFailure.Kind.NOT_LOADED);
        assertThat(text.getMessage()).contains("ELF header");
    }

    private static ModuleFailure failure(ModuleSpec spec) {
        try {
            modules.open(spec).tokens();
        } catch (ModuleFailure failure) {
            return failure;
        }
        throw new AssertionError("was loaded");
    }
}
