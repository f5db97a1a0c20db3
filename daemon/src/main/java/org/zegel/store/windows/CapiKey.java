package org.zegel.store.windows;

import com.sun.jna.WString;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import java.util.Arrays;
import java.util.Set;
import org.zegel.model.Digest;
import org.zegel.model.SignatureScheme;

/** A key of CryptoAPI that CNG cannot open: RSA, PKCS#1 v1.5. Numbers have their last byte first there. */
final class CapiKey implements NativeKey {
    /** Microsoft's older providers: their containers can be opened by the one that knows SHA-2. */
    private static final Set<String> OLDER =
            Set.of(Names.MS_DEF_PROV_W, Names.MS_STRONG_PROV_W, Names.MS_ENHANCED_PROV_W);

    private final Libraries windows;
    private final Handle provider;
    private final int keySpec;
    private final KeyContainer container;

    /** Takes the handle over: of the provider, with the container open. */
    CapiKey(Libraries windows, Handle provider, int keySpec, KeyContainer container) {
        this.windows = windows;
        this.provider = provider;
        this.keySpec = keySpec;
        this.container = container;
    }

    @Override
    public boolean signs(SignatureScheme.Kind kind) {
        return kind == SignatureScheme.Kind.RSA_PKCS1;
    }

    @Override
    public byte[] sign(SignatureScheme.Kind kind, Digest digest, byte[] hash, int length) throws WindowsException {
        try {
            return sign(provider.get(), digest, hash, length);
        } catch (WindowsException refused) {
            if (!refused.is(WindowsCode.NTE_BAD_ALGID) || !OLDER.contains(container.provider())) {
                throw refused;
            }
        }
        try (Handle newer = reopened()) {
            return sign(newer.get(), digest, hash, length);
        }
    }

    private byte[] sign(long with, Digest digest, byte[] hash, int length) throws WindowsException {
        int algorithm = switch (digest) {
            case SHA256 -> Flags.CALG_SHA_256;
            case SHA384 -> Flags.CALG_SHA_384;
            case SHA512 -> Flags.CALG_SHA_512;
        };
        LongByReference made = new LongByReference();
        windows.orThrow("CryptCreateHash", windows.advapi32().CryptCreateHash(with, algorithm, 0, 0, made));
        try (Handle object = new Handle(made.getValue(), windows.advapi32()::CryptDestroyHash)) {
            windows.orThrow(
                    "CryptSetHashParam", windows.advapi32().CryptSetHashParam(object.get(), Flags.HP_HASHVAL, hash, 0));
            byte[] signature = new byte[length];
            IntByReference real = new IntByReference(length);
            windows.orThrow(
                    "CryptSignHash",
                    windows.advapi32().CryptSignHashW(object.get(), keySpec, null, 0, signature, real));
            return Bytes.reversed(Arrays.copyOf(signature, Math.min(length, real.getValue())));
        }
    }

    private Handle reopened() throws WindowsException {
        LongByReference made = new LongByReference();
        windows.orThrow(
                "CryptAcquireContext",
                windows.advapi32()
                        .CryptAcquireContextW(
                                made,
                                new WString(container.container()),
                                new WString(Names.MS_ENH_RSA_AES_PROV_W),
                                Flags.PROV_RSA_AES,
                                container.flags() & Flags.CRYPT_MACHINE_KEYSET));
        return owned(windows, made.getValue());
    }

    @Override
    public byte[] pkcs1(byte[] encrypted) throws WindowsException {
        return decrypt(encrypted, 0);
    }

    @Override
    public boolean knowsOaep(String digest, byte[] label) {
        return digest.equals("SHA-1") && label.length == 0;
    }

    @Override
    public byte[] oaep(byte[] encrypted, String digest, byte[] label) throws WindowsException {
        return decrypt(encrypted, Flags.CRYPT_OAEP);
    }

    private byte[] decrypt(byte[] encrypted, int flags) throws WindowsException {
        LongByReference made = new LongByReference();
        windows.orThrow("CryptGetUserKey", windows.advapi32().CryptGetUserKey(provider.get(), keySpec, made));
        byte[] data = Bytes.reversed(encrypted);
        try (Handle key = new Handle(made.getValue(), windows.advapi32()::CryptDestroyKey)) {
            IntByReference length = new IntByReference(data.length);
            // What comes out is in the usual order.
            windows.orThrow("CryptDecrypt", windows.advapi32().CryptDecrypt(key.get(), 0, true, flags, data, length));
            return Arrays.copyOf(data, Math.min(data.length, length.getValue()));
        } finally {
            Arrays.fill(data, (byte) 0);
        }
    }

    @Override
    public boolean agrees() {
        return false;
    }

    @Override
    public byte[] agree(byte[] blob, int length) throws WindowsException {
        throw new WindowsException("ECDH", WindowsCode.NTE_NOT_SUPPORTED.value());
    }

    static Handle owned(Libraries windows, long provider) {
        return new Handle(provider, each -> windows.advapi32().CryptReleaseContext(each, 0));
    }

    @Override
    public void close() {
        provider.close();
    }
}
