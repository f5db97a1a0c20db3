package org.zegel.store.macos;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import org.jspecify.annotations.Nullable;
import org.zegel.fixtures.TestIdentity;

/**
 * Both frameworks as their documentation describes them, with software keys. It counts the owners of each object: one
 * that is used after its release, or released once too often, fails the call.
 */
final class FakeMac implements CoreFoundation, Security, Frameworks.Symbols {
    private static final long FIRST = 0x10_0000;
    private static final String SHA256_INFO = "3031300d060960864801650304020105000420";

    private final List<TestIdentity> identities = new ArrayList<>();
    private final List<byte[]> others = new ArrayList<>();
    private final Map<Long, Object> objects = new HashMap<>();
    private final Map<Long, Integer> owners = new HashMap<>();
    private final Map<String, Pointer> symbols = new HashMap<>();
    private final Map<TestIdentity, TestIdentity> swapped = new HashMap<>();
    private final List<Trust> trusts = new ArrayList<>();
    private final Set<Long> secrets = new HashSet<>();
    private final Map<Long, Memory> memories = new HashMap<>();
    private long next = FIRST;
    private int status;
    private @Nullable Problem problem;

    /** A CFError. */
    record Problem(String domain, long code) {}

    /** What Keychain Access was told; of everything where the policy, a constant's name, is null. */
    void trust(byte[] certificate, int domain, @Nullable String policy, int result) {
        trusts.add(new Trust(certificate, domain, policy, result));
    }

    /** The identity's private key is from now on another one's. */
    void swapKey(TestIdentity of, TestIdentity other) {
        swapped.put(of, other);
    }

    private record Trust(
            byte[] certificate, int domain, @Nullable String policy, int result) {}

    private record Text(String value) {}

    private record Policy(String oid) {}

    private record Properties(String oid) {}

    private record Items(List<Pointer> all) {}

    private record Query(Map<String, String> entries) {}

    private record Item(byte[] certificate) {}

    private record EcPoint(byte[] encoded) {}

    FakeMac with(TestIdentity identity) {
        identities.add(identity);
        return this;
    }

    FakeMac withOther(byte[] certificate) {
        others.add(certificate);
        return this;
    }

    /** Of every search from now on. */
    void searchesFail(int withStatus) {
        status = withStatus;
    }

    /** Every use of a key from now on. */
    void usesFail(String domain, long code) {
        problem = new Problem(domain, code);
    }

    Frameworks frameworks() {
        return new Frameworks(this, this, this);
    }

    /** Objects that nobody released. */
    long alive() {
        return owners.values().stream().filter(count -> count > 0).count();
    }

    private Pointer make(Object value) {
        long at = next++;
        objects.put(at, value);
        owners.put(at, 1);
        return new Pointer(at);
    }

    private <T> T the(Class<T> type, Pointer pointer) {
        long at = Pointer.nativeValue(pointer);
        assertThat(owners.getOrDefault(at, 0)).as("owners of what is used").isPositive();
        return type.cast(objects.get(at));
    }

    @Override
    public Pointer address(String name) {
        return symbols.computeIfAbsent(name, each -> new Pointer(1 + symbols.size()));
    }

    @Override
    public Pointer value(String name) {
        return address(name);
    }

    private String nameOf(Pointer symbol) {
        return symbols.entrySet().stream()
                .filter(entry -> entry.getValue().equals(symbol))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void CFRelease(Pointer object) {
        long at = Pointer.nativeValue(object);
        if (secrets.contains(at)) {
            byte[] left =
                    memories.get(at).getByteArray(0, (int) memories.get(at).size());
            assertThat(left).as("a secret when it is released").containsOnly(0);
        }
        assertThat(owners.merge(at, -1, Integer::sum))
                .as("owners after a release")
                .isNotNegative();
    }

    @Override
    public long CFArrayGetCount(Pointer array) {
        return the(Items.class, array).all().size();
    }

    @Override
    public Pointer CFArrayGetValueAtIndex(Pointer array, long index) {
        return the(Items.class, array).all().get((int) index);
    }

    @Override
    public Pointer CFDataCreate(@Nullable Pointer allocator, byte[] bytes, long length) {
        return make(Arrays.copyOf(bytes, (int) length));
    }

    @Override
    public long CFDataGetLength(Pointer data) {
        return the(byte[].class, data).length;
    }

    @Override
    public Pointer CFDataGetBytePtr(Pointer data) {
        byte[] bytes = the(byte[].class, data);
        return memories.computeIfAbsent(Pointer.nativeValue(data), at -> {
            Memory memory = new Memory(bytes.length);
            memory.write(0, bytes, 0, bytes.length);
            return memory;
        });
    }

    @Override
    public Pointer CFDictionaryCreate(
            @Nullable Pointer allocator,
            Pointer[] keys,
            Pointer[] values,
            long count,
            Pointer keyCallBacks,
            Pointer valueCallBacks) {
        assertThat(nameOf(keyCallBacks)).isEqualTo("kCFTypeDictionaryKeyCallBacks");
        assertThat(nameOf(valueCallBacks)).isEqualTo("kCFTypeDictionaryValueCallBacks");
        Map<String, String> entries = new HashMap<>();
        for (int at = 0; at < count; at++) {
            entries.put(nameOf(keys[at]), nameOf(values[at]));
        }
        return make(new Query(entries));
    }

    @Override
    public Pointer CFErrorGetDomain(Pointer error) {
        the(Problem.class, error);
        return error;
    }

    @Override
    public long CFErrorGetCode(Pointer error) {
        return the(Problem.class, error).code();
    }

    @Override
    public byte CFStringGetCString(Pointer string, byte[] buffer, long size, int encoding) {
        assertThat(encoding).isEqualTo(0x0800_0100);
        byte[] text = the(Problem.class, string).domain().getBytes(StandardCharsets.UTF_8);
        System.arraycopy(text, 0, buffer, 0, text.length);
        buffer[text.length] = 0;
        return 1;
    }

    @Override
    public int SecItemCopyMatching(Pointer query, PointerByReference result) {
        Map<String, String> entries = the(Query.class, query).entries();
        assertThat(entries)
                .containsEntry("kSecMatchLimit", "kSecMatchLimitAll")
                .containsEntry("kSecReturnRef", "kCFBooleanTrue");
        if (status != 0) {
            return status;
        }
        List<Object> found = new ArrayList<>();
        if ("kSecClassIdentity".equals(entries.get("kSecClass"))) {
            found.addAll(identities);
        } else {
            identities.forEach(each -> found.add(new Item(encoded(each))));
            others.forEach(each -> found.add(new Item(each)));
        }
        if (found.isEmpty()) {
            return -25_300;
        }
        result.setValue(array(found));
        return 0;
    }

    /** The items live as long as the array does. */
    private Pointer array(List<?> values) {
        List<Pointer> items = values.stream().map(this::make).toList();
        items.forEach(item -> owners.put(Pointer.nativeValue(item), 0));
        Pointer array = make(new Items(items));
        lend(items, array);
        return array;
    }

    @Override
    public Pointer SecCertificateCreateWithData(@Nullable Pointer allocator, Pointer data) {
        return make(new Item(the(byte[].class, data)));
    }

    @Override
    public int SecTrustSettingsCopyTrustSettings(Pointer certificate, int domain, PointerByReference settings) {
        if (status != 0) {
            return status;
        }
        byte[] encoded = the(Item.class, certificate).certificate();
        List<Trust> found = trusts.stream()
                .filter(each -> each.domain() == domain && Arrays.equals(each.certificate(), encoded))
                .toList();
        if (found.isEmpty()) {
            return -25_300;
        }
        settings.setValue(array(found));
        return 0;
    }

    @Override
    public Pointer CFStringCreateWithCString(@Nullable Pointer allocator, byte[] text, int encoding) {
        assertThat(encoding).isEqualTo(0x0800_0100);
        assertThat(text).endsWith(0);
        return make(new Text(new String(text, 0, text.length - 1, StandardCharsets.UTF_8)));
    }

    @Override
    public @Nullable Pointer CFDictionaryGetValue(Pointer dictionary, Pointer key) {
        if (objects.get(Pointer.nativeValue(dictionary)) instanceof Properties properties) {
            the(Properties.class, dictionary);
            assertThat(nameOf(key)).isEqualTo("kSecPolicyOid");
            return address(properties.oid());
        }
        Trust trust = (Trust) item(dictionary);
        return switch (the(Text.class, key).value()) {
            case "kSecTrustSettingsResult" -> lentBy(dictionary, trust.result());
            case "kSecTrustSettingsPolicy" ->
                trust.policy() == null ? null : lentBy(dictionary, new Policy(trust.policy()));
            default -> null;
        };
    }

    private Pointer lentBy(Pointer item, Object value) {
        Pointer made = make(value);
        owners.put(Pointer.nativeValue(made), 0);
        lent.put(Pointer.nativeValue(made), lent.get(Pointer.nativeValue(item)));
        return made;
    }

    @Override
    public byte CFNumberGetValue(Pointer number, long type, IntByReference value) {
        assertThat(type).isEqualTo(3);
        value.setValue((Integer) item(number));
        return 1;
    }

    @Override
    public Pointer SecPolicyCopyProperties(Pointer policy) {
        return make(new Properties(((Policy) item(policy)).oid()));
    }

    @Override
    public byte CFEqual(Pointer one, Pointer other) {
        return (byte) (nameOf(one).equals(nameOf(other)) ? 1 : 0);
    }

    private final Map<Long, Long> lent = new HashMap<>();

    private void lend(List<Pointer> items, Pointer array) {
        items.forEach(item -> lent.put(Pointer.nativeValue(item), Pointer.nativeValue(array)));
    }

    private Object item(Pointer pointer) {
        long at = Pointer.nativeValue(pointer);
        Long array = lent.get(at);
        long owner = array == null ? at : array;
        assertThat(owners.getOrDefault(owner, 0))
                .as("owners of an item's array")
                .isPositive();
        return objects.get(at);
    }

    @Override
    public int SecIdentityCopyCertificate(Pointer identity, PointerByReference certificate) {
        certificate.setValue(make(new Item(encoded((TestIdentity) item(identity)))));
        return 0;
    }

    @Override
    public int SecIdentityCopyPrivateKey(Pointer identity, PointerByReference key) {
        TestIdentity own = (TestIdentity) item(identity);
        key.setValue(make(swapped.getOrDefault(own, own)));
        return 0;
    }

    @Override
    public Pointer SecCertificateCopyData(Pointer certificate) {
        return make(((Item) item(certificate)).certificate().clone());
    }

    @Override
    public byte SecKeyIsAlgorithmSupported(Pointer key, long operation, Pointer algorithm) {
        String family = the(TestIdentity.class, key).privateKey().getAlgorithm();
        return (byte) (nameOf(algorithm).startsWith("kSecKeyAlgorithm" + family) ? 1 : 0);
    }

    @Override
    public @Nullable Pointer SecKeyCreateSignature(
            Pointer key, Pointer algorithm, Pointer data, PointerByReference error) {
        byte[] digest = the(byte[].class, data);
        var own = the(TestIdentity.class, key).privateKey();
        return use(error, () -> switch (nameOf(algorithm)) {
            case "kSecKeyAlgorithmRSASignatureDigestPKCS1v15SHA256" -> {
                Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
                cipher.init(Cipher.ENCRYPT_MODE, own);
                yield cipher.doFinal(
                        HexFormat.of().parseHex(SHA256_INFO + HexFormat.of().formatHex(digest)));
            }
            case "kSecKeyAlgorithmECDSASignatureDigestX962SHA256" -> {
                Signature signature = Signature.getInstance("NONEwithECDSA");
                signature.initSign(own);
                signature.update(digest);
                yield signature.sign();
            }
            default -> throw new GeneralSecurityException("not in this test");
        });
    }

    @Override
    public @Nullable Pointer SecKeyCreateDecryptedData(
            Pointer key, Pointer algorithm, Pointer data, PointerByReference error) {
        byte[] ciphertext = the(byte[].class, data);
        String padding = nameOf(algorithm).endsWith("PKCS1") ? "PKCS1Padding" : "OAEPWithSHA-1AndMGF1Padding";
        return secret(error, () -> {
            Cipher cipher = Cipher.getInstance("RSA/ECB/" + padding);
            cipher.init(Cipher.DECRYPT_MODE, the(TestIdentity.class, key).privateKey());
            return cipher.doFinal(ciphertext);
        });
    }

    @Override
    public Pointer SecKeyCreateWithData(Pointer data, Pointer attributes, PointerByReference error) {
        assertThat(the(Query.class, attributes).entries())
                .containsOnly(
                        Map.entry("kSecAttrKeyType", "kSecAttrKeyTypeECSECPrimeRandom"),
                        Map.entry("kSecAttrKeyClass", "kSecAttrKeyClassPublic"));
        return make(new EcPoint(the(byte[].class, data)));
    }

    @Override
    public @Nullable Pointer SecKeyCopyKeyExchangeResult(
            Pointer key, Pointer algorithm, Pointer publicKey, Pointer parameters, PointerByReference error) {
        byte[] point = the(EcPoint.class, publicKey).encoded();
        the(Query.class, parameters);
        return secret(error, () -> {
            ECPrivateKey own = (ECPrivateKey) the(TestIdentity.class, key).privateKey();
            int size = point.length / 2;
            ECPoint w = new ECPoint(
                    new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + size)),
                    new BigInteger(1, Arrays.copyOfRange(point, 1 + size, point.length)));
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(own);
            ECPublicKey other =
                    (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(w, own.getParams()));
            agreement.doPhase(other, true);
            return agreement.generateSecret();
        });
    }

    private interface Use {
        byte[] get() throws GeneralSecurityException;
    }

    private @Nullable Pointer secret(PointerByReference error, Use use) {
        Pointer made = use(error, use);
        if (made != null) {
            secrets.add(Pointer.nativeValue(made));
        }
        return made;
    }

    private @Nullable Pointer use(PointerByReference error, Use use) {
        Problem now = problem;
        if (now == null) {
            try {
                return make(use.get());
            } catch (GeneralSecurityException failed) {
                // errSecParam, as macOS says of bad padding.
                now = new Problem(KeychainError.OS_STATUS, -50);
            }
        }
        error.setValue(make(now));
        return null;
    }

    private static byte[] encoded(TestIdentity identity) {
        try {
            return identity.certificate().getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** For a message of a failed test. */
    @Override
    public String toString() {
        return objects.entrySet().stream()
                .filter(entry -> owners.getOrDefault(entry.getKey(), 0) > 0)
                .map(entry -> entry.getValue().getClass().getSimpleName())
                .collect(Collectors.joining(", "));
    }
}
