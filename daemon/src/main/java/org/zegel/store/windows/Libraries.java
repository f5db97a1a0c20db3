package org.zegel.store.windows;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.WString;
import com.sun.jna.platform.win32.User32;
import com.sun.jna.platform.win32.WinDef;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.win32.StdCallLibrary;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The system's functions as they are. Handles are numbers of a pointer's size: Windows is 64 bits wide.
 *
 * @param lastError of the thread's last call of a function that gives a boolean, a pointer or null
 * @param window in front: it owns what Windows asks, so that the question is not behind it; 0 for none
 */
record Libraries(Crypt32 crypt32, NCrypt ncrypt, Advapi32 advapi32, IntSupplier lastError, LongSupplier window) {

    /** crypt32.dll. */
    interface Crypt32 extends StdCallLibrary {
        @Nullable
        Pointer CertOpenStore(Pointer provider, int encoding, @Nullable Pointer unused, int flags, WString name);

        boolean CertCloseStore(Pointer store, int flags);

        @Nullable
        Pointer CertEnumCertificatesInStore(Pointer store, @Nullable Pointer previous);

        @Nullable
        Pointer CertDuplicateCertificateContext(Pointer certificate);

        boolean CertFreeCertificateContext(Pointer certificate);

        boolean CertGetCertificateContextProperty(
                Pointer certificate, int property, @Nullable Pointer data, IntByReference length);

        boolean CryptAcquireCertificatePrivateKey(
                Pointer certificate,
                int flags,
                @Nullable Pointer parameters,
                LongByReference key,
                IntByReference keySpec,
                IntByReference callerFrees);
    }

    /** ncrypt.dll. */
    interface NCrypt extends StdCallLibrary {
        int NCryptGetProperty(long object, WString name, Pointer out, int length, IntByReference result, int flags);

        int NCryptSetProperty(long object, WString name, Pointer value, int length, int flags);

        int NCryptSignHash(
                long key,
                @Nullable Structure padding,
                byte[] hash,
                int hashLength,
                byte @Nullable [] signature,
                int length,
                IntByReference result,
                int flags);

        int NCryptDecrypt(
                long key,
                byte[] input,
                int inputLength,
                @Nullable Structure padding,
                byte @Nullable [] output,
                int length,
                IntByReference result,
                int flags);

        int NCryptImportKey(
                long provider,
                long importKey,
                WString type,
                @Nullable Pointer parameters,
                LongByReference key,
                byte[] data,
                int length,
                int flags);

        int NCryptSecretAgreement(long key, long publicKey, LongByReference secret, int flags);

        int NCryptDeriveKey(
                long secret,
                WString function,
                @Nullable Pointer parameters,
                byte @Nullable [] output,
                int length,
                IntByReference result,
                int flags);

        int NCryptFreeObject(long object);
    }

    /** advapi32.dll. */
    interface Advapi32 extends StdCallLibrary {
        boolean CryptAcquireContextW(LongByReference provider, WString container, WString name, int type, int flags);

        boolean CryptReleaseContext(long provider, int flags);

        boolean CryptCreateHash(long provider, int algorithm, long key, int flags, LongByReference hash);

        boolean CryptSetHashParam(long hash, int parameter, byte[] value, int flags);

        boolean CryptSignHashW(
                long hash,
                int keySpec,
                @Nullable WString description,
                int flags,
                byte @Nullable [] signature,
                IntByReference length);

        boolean CryptDestroyHash(long hash);

        boolean CryptGetUserKey(long provider, int keySpec, LongByReference key);

        boolean CryptDecrypt(long key, long hash, boolean last, int flags, byte[] data, IntByReference length);

        boolean CryptDestroyKey(long key);
    }

    /** Loads them. */
    static Libraries load() throws WindowsException {
        try {
            return new Libraries(
                    Native.load("crypt32", Crypt32.class),
                    Native.load("ncrypt", NCrypt.class),
                    Native.load("advapi32", Advapi32.class),
                    Native::getLastError,
                    Libraries::inFront);
        } catch (LinkageError missing) {
            throw new WindowsException("loading", WindowsCode.ERROR_MOD_NOT_FOUND.value());
        }
    }

    private static long inFront() {
        WinDef.HWND front = User32.INSTANCE.GetForegroundWindow();
        return front == null ? 0 : Pointer.nativeValue(front.getPointer());
    }

    /** What a function gave, or the thread's last error. */
    Pointer orThrow(String function, @Nullable Pointer given) throws WindowsException {
        if (given == null) {
            throw new WindowsException(function, lastError.getAsInt());
        }
        return given;
    }

    void orThrow(String function, boolean done) throws WindowsException {
        if (!done) {
            throw new WindowsException(function, lastError.getAsInt());
        }
    }

    /** Of functions that give a code: 0 is success. */
    static void orThrow(String function, int code) throws WindowsException {
        if (code != 0) {
            throw new WindowsException(function, code);
        }
    }
}
