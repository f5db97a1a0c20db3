package org.zegel.store.windows;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.WString;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.RSABlindedEngine;
import org.bouncycastle.crypto.signers.PSSSigner;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.jspecify.annotations.Nullable;
import org.zegel.fixtures.TestIdentity;

/** ncrypt.dll as its documentation describes it, with software keys. Reads what it is given from raw memory. */
final class FakeCng implements Libraries.NCrypt {
    static final int BAD_DATA = 0x80090005;
    static final String SHA256_INFO = "3031300d060960864801650304020105000420";

    private final FakeWindows windows;
    private final Map<String, String> properties = new HashMap<>();
    private int failing;
    private int failingDerivation;

    private record Provider() {}

    private record Point(byte[] blob) {}

    private record Secret(byte[] z) {}

    FakeCng(FakeWindows windows) {
        this.windows = windows;
    }

    /** Every use of a key from now on. */
    void usesFail(int code) {
        failing = code;
    }

    /** As on Windows 8 and before, which give no raw secret. */
    void derivationFails(int code) {
        failingDerivation = code;
    }

    /** What was set of the key: texts, and windows as numbers. */
    Map<String, String> properties() {
        return properties;
    }

    private PrivateKey key(long handle) {
        return windows.the(TestIdentity.class, handle).privateKey();
    }

    private interface Use {
        byte[] get() throws GeneralSecurityException, org.bouncycastle.crypto.CryptoException, java.io.IOException;
    }

    private int use(byte @Nullable [] output, IntByReference result, Use use) {
        if (failing != 0) {
            return failing;
        }
        try {
            byte[] made = use.get();
            assertThat(output).hasSizeGreaterThanOrEqualTo(made.length);
            System.arraycopy(made, 0, output, 0, made.length);
            result.setValue(made.length);
            return 0;
        } catch (GeneralSecurityException | org.bouncycastle.crypto.CryptoException | java.io.IOException wrong) {
            return BAD_DATA;
        }
    }

    @Override
    public int NCryptGetProperty(long object, WString name, Pointer out, int length, IntByReference result, int flags) {
        assertThat(name.toString()).isEqualTo("Provider Handle");
        key(object);
        out.setLong(0, windows.make(new Provider()));
        return 0;
    }

    @Override
    public int NCryptSetProperty(long object, WString name, Pointer value, int length, int flags) {
        key(object);
        boolean window = name.toString().equals("HWND Handle");
        assertThat(length).isEqualTo(window ? 8 : 2 * (Wide.read(value).length() + 1));
        properties.put(name.toString(), window ? Long.toString(value.getLong(0)) : Wide.read(value));
        return 0;
    }

    @Override
    public int NCryptSignHash(
            long key,
            @Nullable Structure padding,
            byte[] hash,
            int hashLength,
            byte @Nullable [] signature,
            int length,
            IntByReference result,
            int flags) {
        assertThat(hashLength).isEqualTo(hash.length).isEqualTo(32);
        PrivateKey own = key(key);
        return use(signature, result, () -> {
            switch (flags) {
                case 0 -> {
                    assertThat(padding).isNull();
                    Signature ecdsa = Signature.getInstance("NONEwithECDSAinP1363Format");
                    ecdsa.initSign(own);
                    ecdsa.update(hash);
                    return ecdsa.sign();
                }
                case 2 -> {
                    assertThat(digest(padding)).isEqualTo("SHA256");
                    return pkcs1(own, hash);
                }
                case 8 -> {
                    assertThat(digest(padding)).isEqualTo("SHA256");
                    return pss(own, hash, memory(padding).getInt(8));
                }
                default -> throw new AssertionError(flags);
            }
        });
    }

    static byte[] pkcs1(PrivateKey own, byte[] hash) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.ENCRYPT_MODE, own);
        return cipher.doFinal(
                HexFormat.of().parseHex(SHA256_INFO + HexFormat.of().formatHex(hash)));
    }

    private static byte[] pss(PrivateKey own, byte[] hash, int salt)
            throws org.bouncycastle.crypto.CryptoException, java.io.IOException {
        PSSSigner signer = PSSSigner.createRawSigner(
                new RSABlindedEngine(), new SHA256Digest(), new SHA256Digest(), salt, PSSSigner.TRAILER_IMPLICIT);
        signer.init(true, PrivateKeyFactory.createKey(own.getEncoded()));
        signer.update(hash, 0, hash.length);
        return signer.generateSignature();
    }

    /** The memory as Windows would see it. */
    private static Pointer memory(@Nullable Structure padding) {
        assertThat(padding).isNotNull();
        padding.write();
        return padding.getPointer();
    }

    private static String digest(@Nullable Structure padding) {
        return Wide.read(memory(padding).getPointer(0));
    }

    @Override
    public int NCryptDecrypt(
            long key,
            byte[] input,
            int inputLength,
            @Nullable Structure padding,
            byte @Nullable [] output,
            int length,
            IntByReference result,
            int flags) {
        PrivateKey own = key(key);
        assertThat(inputLength).isEqualTo(input.length).isEqualTo(256);
        return use(output, result, () -> {
            if (flags == 2) {
                assertThat(padding).isNull();
                Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
                cipher.init(Cipher.DECRYPT_MODE, own);
                return cipher.doFinal(input);
            }
            assertThat(flags).isEqualTo(4);
            String digest = digest(padding).replace("SHA", "SHA-");
            int labelLength = memory(padding).getInt(16);
            Pointer label = memory(padding).getPointer(8);
            byte[] bytes = labelLength == 0 ? new byte[0] : label.getByteArray(0, labelLength);
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    own,
                    new OAEPParameterSpec(
                            digest, "MGF1", new MGF1ParameterSpec(digest), new PSource.PSpecified(bytes)));
            return cipher.doFinal(input);
        });
    }

    @Override
    public int NCryptImportKey(
            long provider,
            long importKey,
            WString type,
            @Nullable Pointer parameters,
            LongByReference key,
            byte[] data,
            int length,
            int flags) {
        windows.the(Provider.class, provider);
        assertThat(type.toString()).isEqualTo("ECCPUBLICBLOB");
        assertThat(length).isEqualTo(data.length);
        key.setValue(windows.make(new Point(data.clone())));
        return 0;
    }

    @Override
    public int NCryptSecretAgreement(long key, long publicKey, LongByReference secret, int flags) {
        if (failing != 0) {
            return failing;
        }
        ByteBuffer blob =
                ByteBuffer.wrap(windows.the(Point.class, publicKey).blob()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(blob.getInt()).isEqualTo(0x314B4345);
        byte[] x = new byte[blob.getInt()];
        byte[] y = new byte[x.length];
        blob.get(x).get(y);
        assertThat(blob.hasRemaining()).isFalse();
        try {
            ECPrivateKey own = (ECPrivateKey) key(key);
            ECPoint w = new ECPoint(new BigInteger(1, x), new BigInteger(1, y));
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(own);
            agreement.doPhase(
                    KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(w, own.getParams())), true);
            secret.setValue(windows.make(new Secret(agreement.generateSecret())));
            return 0;
        } catch (GeneralSecurityException wrong) {
            return BAD_DATA;
        }
    }

    @Override
    public int NCryptDeriveKey(
            long secret,
            WString function,
            @Nullable Pointer parameters,
            byte @Nullable [] output,
            int length,
            IntByReference result,
            int flags) {
        assertThat(function.toString()).isEqualTo("TRUNCATE");
        byte[] z = windows.the(Secret.class, secret).z();
        assertThat(output).isNotNull();
        if (failingDerivation != 0) {
            return failingDerivation;
        }
        for (int at = 0; at < z.length; at++) {
            output[at] = z[z.length - 1 - at];
        }
        result.setValue(z.length);
        return 0;
    }

    @Override
    public int NCryptFreeObject(long object) {
        windows.free(object);
        return 0;
    }

    /** For a message of a failed test. */
    @Override
    public String toString() {
        return Arrays.toString(properties.entrySet().toArray());
    }
}
