package org.zegel.store.macos;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/** The part of Security.framework that is used. What a function with Create or Copy in its name gives is the caller's. */
interface Security extends Library {
    int SecItemCopyMatching(Pointer query, PointerByReference result);

    int SecIdentityCopyCertificate(Pointer identity, PointerByReference certificate);

    int SecIdentityCopyPrivateKey(Pointer identity, PointerByReference key);

    @Nullable
    Pointer SecCertificateCopyData(Pointer certificate);

    /** A Boolean: one byte. */
    byte SecKeyIsAlgorithmSupported(Pointer key, long operation, Pointer algorithm);

    @Nullable
    Pointer SecKeyCreateSignature(Pointer key, Pointer algorithm, Pointer data, PointerByReference error);

    @Nullable
    Pointer SecKeyCreateDecryptedData(Pointer key, Pointer algorithm, Pointer data, PointerByReference error);

    @Nullable
    Pointer SecKeyCreateWithData(Pointer data, Pointer attributes, PointerByReference error);

    @Nullable
    Pointer SecKeyCopyKeyExchangeResult(
            Pointer key, Pointer algorithm, Pointer publicKey, Pointer parameters, PointerByReference error);

    @Nullable
    Pointer SecCertificateCreateWithData(@Nullable Pointer allocator, Pointer data);

    /** Dictionaries; none of them means: trusted for everything. */
    int SecTrustSettingsCopyTrustSettings(Pointer certificate, int domain, PointerByReference settings);

    @Nullable
    Pointer SecPolicyCopyProperties(Pointer policy);
}
