package org.zegel.store.windows;

import com.sun.jna.Memory;
import com.sun.jna.Structure;
import com.sun.jna.WString;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Digest;
import org.zegel.model.SignatureScheme;

/** A key of CNG: of Microsoft's key storage providers, or of a card's minidriver. */
final class CngKey implements NativeKey {
    private static final String PURPOSE = "Zegel: e-mail";

    private final Libraries windows;
    private final Handle key;

    /** Takes the handle over. */
    CngKey(Libraries windows, Handle key) {
        this.windows = windows;
        this.key = key;
        // Only what the question of Windows looks like: a provider that asks nothing may know neither.
        Memory purpose = Wide.of(PURPOSE);
        set(Names.NCRYPT_USE_CONTEXT_PROPERTY, purpose);
    }

    private void set(String property, Memory value) {
        windows.ncrypt().NCryptSetProperty(key.get(), new WString(property), value, (int) value.size(), 0);
    }

    /** The window in front may be another one than when the key was opened. */
    private long use() {
        long window = windows.window().getAsLong();
        if (window != 0) {
            Memory handle = new Memory(Long.BYTES);
            handle.setLong(0, window);
            set(Names.NCRYPT_WINDOW_HANDLE_PROPERTY, handle);
        }
        return key.get();
    }

    @Override
    public boolean signs(SignatureScheme.Kind kind) {
        return kind != SignatureScheme.Kind.ED25519;
    }

    @Override
    public byte[] sign(SignatureScheme.Kind kind, Digest digest, byte[] hash, int length) throws WindowsException {
        String name = name(digest.algorithm());
        return switch (kind) {
            case RSA_PKCS1 -> sign(Structures.Pkcs1PaddingInfo.of(name), Flags.NCRYPT_PAD_PKCS1_FLAG, hash, length);
            case RSA_PSS ->
                sign(Structures.PssPaddingInfo.of(name, hash.length), Flags.NCRYPT_PAD_PSS_FLAG, hash, length);
            case ECDSA -> sign(null, 0, hash, length);
            case ED25519 -> throw new WindowsException("NCryptSignHash", WindowsCode.NTE_NOT_SUPPORTED.value());
        };
    }

    private byte[] sign(@Nullable Structure padding, int flags, byte[] hash, int length) throws WindowsException {
        byte[] signature = new byte[length];
        IntByReference result = new IntByReference();
        Libraries.orThrow(
                "NCryptSignHash",
                windows.ncrypt().NCryptSignHash(use(), padding, hash, hash.length, signature, length, result, flags));
        return shortened(signature, result);
    }

    @Override
    public byte[] pkcs1(byte[] encrypted) throws WindowsException {
        return decrypt(null, Flags.NCRYPT_PAD_PKCS1_FLAG, encrypted);
    }

    @Override
    public boolean knowsOaep(String digest, byte[] label) {
        return switch (digest) {
            case "SHA-1", "SHA-256", "SHA-384", "SHA-512" -> true;
            default -> false;
        };
    }

    @Override
    public byte[] oaep(byte[] encrypted, String digest, byte[] label) throws WindowsException {
        return decrypt(Structures.OaepPaddingInfo.of(name(digest), label), Flags.NCRYPT_PAD_OAEP_FLAG, encrypted);
    }

    private byte[] decrypt(@Nullable Structure padding, int flags, byte[] encrypted) throws WindowsException {
        byte[] clear = new byte[encrypted.length];
        IntByReference result = new IntByReference();
        try {
            Libraries.orThrow(
                    "NCryptDecrypt",
                    windows.ncrypt()
                            .NCryptDecrypt(
                                    use(), encrypted, encrypted.length, padding, clear, clear.length, result, flags));
            return shortened(clear.clone(), result);
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    @Override
    public boolean agrees() {
        return true;
    }

    @Override
    public byte[] agree(byte[] blob, int length) throws WindowsException {
        try (Handle provider = provider();
                Handle point = importPoint(provider, blob);
                Handle secret = agreed(point)) {
            byte[] raw = new byte[length];
            try {
                IntByReference result = new IntByReference();
                Libraries.orThrow(
                        "NCryptDeriveKey",
                        windows.ncrypt()
                                .NCryptDeriveKey(
                                        secret.get(),
                                        new WString(Names.BCRYPT_KDF_RAW_SECRET),
                                        null,
                                        raw,
                                        length,
                                        result,
                                        0));
                if (result.getValue() != length) {
                    throw new WindowsException("NCryptDeriveKey", WindowsCode.NTE_NOT_SUPPORTED.value());
                }
                return Bytes.reversed(raw);
            } finally {
                Arrays.fill(raw, (byte) 0);
            }
        }
    }

    private Handle provider() throws WindowsException {
        try (Memory value = new Memory(Long.BYTES)) {
            Libraries.orThrow(
                    "NCryptGetProperty",
                    windows.ncrypt()
                            .NCryptGetProperty(
                                    key.get(),
                                    new WString(Names.NCRYPT_PROVIDER_HANDLE_PROPERTY),
                                    value,
                                    Long.BYTES,
                                    new IntByReference(),
                                    0));
            return owned(windows, value.getLong(0));
        }
    }

    private Handle importPoint(Handle provider, byte[] blob) throws WindowsException {
        LongByReference point = new LongByReference();
        Libraries.orThrow(
                "NCryptImportKey",
                windows.ncrypt()
                        .NCryptImportKey(
                                provider.get(),
                                0,
                                new WString(Names.BCRYPT_ECCPUBLIC_BLOB),
                                null,
                                point,
                                blob,
                                blob.length,
                                0));
        return owned(windows, point.getValue());
    }

    private Handle agreed(Handle point) throws WindowsException {
        LongByReference secret = new LongByReference();
        Libraries.orThrow(
                "NCryptSecretAgreement", windows.ncrypt().NCryptSecretAgreement(use(), point.get(), secret, 0));
        return owned(windows, secret.getValue());
    }

    /** Of any kind of CNG. */
    static Handle owned(Libraries windows, long handle) {
        return new Handle(handle, each -> windows.ncrypt().NCryptFreeObject(each));
    }

    private static byte[] shortened(byte[] bytes, IntByReference length) throws WindowsException {
        int real = length.getValue();
        if (real < 0 || real > bytes.length) {
            throw new WindowsException("length", WindowsCode.NTE_NOT_SUPPORTED.value());
        }
        if (real == bytes.length) {
            return bytes;
        }
        byte[] shorter = Arrays.copyOf(bytes, real);
        Arrays.fill(bytes, (byte) 0);
        return shorter;
    }

    /** CNG's name of a digest: {@code SHA256} for {@code SHA-256}. */
    private static String name(String digest) {
        return digest.replace("-", "");
    }

    @Override
    public void close() {
        key.close();
    }
}
