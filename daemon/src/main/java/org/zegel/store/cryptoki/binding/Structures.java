package org.zegel.store.cryptoki.binding;

import static org.zegel.store.cryptoki.binding.StructLayout.Field.bytes;
import static org.zegel.store.cryptoki.binding.StructLayout.Field.pointer;
import static org.zegel.store.cryptoki.binding.StructLayout.Field.ulong;

import java.util.List;

/** The structures of PKCS#11 that are read or written here, laid out for a system; fields as the standard names them. */
record Structures(
        DataModel model,
        StructLayout initializeArgs,
        StructLayout slotInfo,
        StructLayout tokenInfo,
        StructLayout sessionInfo,
        StructLayout attribute,
        StructLayout mechanism,
        StructLayout pss,
        StructLayout oaep,
        StructLayout ecdh1,
        StructLayout functionList) {
    private static final int VERSION = 2;

    static Structures of(DataModel model) {
        return new Structures(
                model,
                // The last one is NSS' own: it reads one pointer more.
                layout(
                        model,
                        pointer("CreateMutex"),
                        pointer("DestroyMutex"),
                        pointer("LockMutex"),
                        pointer("UnlockMutex"),
                        ulong("flags"),
                        pointer("pReserved"),
                        pointer("NSS")),
                layout(
                        model,
                        bytes("slotDescription", 64),
                        bytes("manufacturerID", 32),
                        ulong("flags"),
                        bytes("hardwareVersion", VERSION),
                        bytes("firmwareVersion", VERSION)),
                tokenInfo(model),
                layout(model, ulong("slotID"), ulong("state"), ulong("flags"), ulong("ulDeviceError")),
                layout(model, ulong("type"), pointer("pValue"), ulong("ulValueLen")),
                layout(model, ulong("mechanism"), pointer("pParameter"), ulong("ulParameterLen")),
                layout(model, ulong("hashAlg"), ulong("mgf"), ulong("sLen")),
                layout(
                        model,
                        ulong("hashAlg"),
                        ulong("mgf"),
                        ulong("source"),
                        pointer("pSourceData"),
                        ulong("ulSourceDataLen")),
                layout(
                        model,
                        ulong("kdf"),
                        ulong("ulSharedDataLen"),
                        pointer("pSharedData"),
                        ulong("ulPublicDataLen"),
                        pointer("pPublicData")),
                layout(model, bytes("version", VERSION), pointer("C_Initialize")));
    }

    private static StructLayout tokenInfo(DataModel model) {
        return layout(
                model,
                bytes("label", 32),
                bytes("manufacturerID", 32),
                bytes("model", 16),
                bytes("serialNumber", 16),
                ulong("flags"),
                ulong("ulMaxSessionCount"),
                ulong("ulSessionCount"),
                ulong("ulMaxRwSessionCount"),
                ulong("ulRwSessionCount"),
                ulong("ulMaxPinLen"),
                ulong("ulMinPinLen"),
                ulong("ulTotalPublicMemory"),
                ulong("ulFreePublicMemory"),
                ulong("ulTotalPrivateMemory"),
                ulong("ulFreePrivateMemory"),
                bytes("hardwareVersion", VERSION),
                bytes("firmwareVersion", VERSION),
                bytes("utcTime", 16));
    }

    private static StructLayout layout(DataModel model, StructLayout.Field... fields) {
        return new StructLayout(model, List.of(fields));
    }
}
