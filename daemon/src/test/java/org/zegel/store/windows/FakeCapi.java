package org.zegel.store.windows;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.WString;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;
import org.zegel.fixtures.TestIdentity;

/** The functions of advapi32.dll as their documentation describes them, with software keys. */
final class FakeCapi implements Libraries.Advapi32 {
    private static final String NEW = "Microsoft Enhanced RSA and AES Cryptographic Provider";
    private static final int BAD_ALGORITHM = 0x80090008;

    private final FakeWindows windows;
    private @Nullable TestIdentity last;
    private int failing;

    record Provider(TestIdentity identity, String name) {}

    private record Hash(TestIdentity identity, byte[] value) {}

    private record Key(TestIdentity identity) {}

    FakeCapi(FakeWindows windows) {
        this.windows = windows;
    }

    /** Every signature from now on. */
    void signingFails(int code) {
        failing = code;
    }

    @Override
    public boolean CryptAcquireContextW(
            LongByReference provider, WString container, WString name, int type, int flags) {
        assertThat(container.toString()).isEqualTo("{the container}");
        assertThat(type).isEqualTo(24);
        assertThat(flags).as("the machine's keys, and not silent").isEqualTo(0x20);
        assertThat(last).isNotNull();
        provider.setValue(windows.make(new Provider(last, name.toString())));
        return true;
    }

    @Override
    public boolean CryptReleaseContext(long provider, int flags) {
        windows.free(provider);
        return true;
    }

    @Override
    public boolean CryptCreateHash(long provider, int algorithm, long key, int flags, LongByReference hash) {
        Provider own = windows.the(Provider.class, provider);
        last = own.identity();
        if (!own.name().equals(NEW) && !own.name().equals("A vendor's")) {
            return windows.fail(BAD_ALGORITHM);
        }
        assertThat(algorithm).isEqualTo(0x800C);
        hash.setValue(windows.make(new Hash(own.identity(), new byte[32])));
        return true;
    }

    @Override
    public boolean CryptSetHashParam(long hash, int parameter, byte[] value, int flags) {
        assertThat(parameter).isEqualTo(2);
        byte[] held = windows.the(Hash.class, hash).value();
        System.arraycopy(value, 0, held, 0, held.length);
        return true;
    }

    @Override
    public boolean CryptSignHashW(
            long hash,
            int keySpec,
            @Nullable WString description,
            int flags,
            byte @Nullable [] signature,
            IntByReference length) {
        if (failing != 0) {
            return windows.fail(failing);
        }
        Hash own = windows.the(Hash.class, hash);
        assertThat(keySpec).isEqualTo(1);
        try {
            byte[] made = Bytes.reversed(FakeCng.pkcs1(own.identity().privateKey(), own.value()));
            assertThat(signature).hasSize(made.length).hasSize(length.getValue());
            System.arraycopy(made, 0, signature, 0, made.length);
            return true;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public boolean CryptDestroyHash(long hash) {
        windows.free(hash);
        return true;
    }

    @Override
    public boolean CryptGetUserKey(long provider, int keySpec, LongByReference key) {
        key.setValue(windows.make(new Key(windows.the(Provider.class, provider).identity())));
        return true;
    }

    @Override
    public boolean CryptDecrypt(long key, long hash, boolean last, int flags, byte[] data, IntByReference length) {
        assertThat(last).isTrue();
        try {
            String padding = flags == 0x40 ? "OAEPWithSHA-1AndMGF1Padding" : "PKCS1Padding";
            Cipher cipher = Cipher.getInstance("RSA/ECB/" + padding);
            cipher.init(
                    Cipher.DECRYPT_MODE, windows.the(Key.class, key).identity().privateKey());
            byte[] clear = cipher.doFinal(Bytes.reversed(Arrays.copyOf(data, length.getValue())));
            System.arraycopy(clear, 0, data, 0, clear.length);
            length.setValue(clear.length);
            return true;
        } catch (GeneralSecurityException wrong) {
            return windows.fail(FakeCng.BAD_DATA);
        }
    }

    @Override
    public boolean CryptDestroyKey(long key) {
        windows.free(key);
        return true;
    }
}
