package org.zegel.store.cryptoki.binding;

import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;
import org.zegel.store.cryptoki.Mechanism;

/** CK_MECHANISM with its parameters in native memory. */
final class Mechanisms {
    /** CKZ_DATA_SPECIFIED. */
    private static final long LABEL_GIVEN = 1;

    /** CKD_NULL: the shared secret itself. */
    private static final long NO_DERIVATION = 1;

    private final Structures structures;

    Mechanisms(Structures structures) {
        this.structures = structures;
    }

    Pointer write(Scratch scratch, Mechanism mechanism) {
        return switch (mechanism) {
            case Mechanism.RsaPkcs1 plain -> plain(scratch, plain.id());
            case Mechanism.RsaPkcs1Digesting plain -> plain(scratch, plain.id());
            case Mechanism.RsaRaw plain -> plain(scratch, plain.id());
            case Mechanism.Ecdsa plain -> plain(scratch, plain.id());
            case Mechanism.Eddsa plain -> plain(scratch, plain.id());
            case Mechanism.RsaPss pss -> pss(scratch, pss);
            case Mechanism.RsaOaep oaep -> oaep(scratch, oaep);
        };
    }

    /** Of C_DeriveKey. */
    Pointer ecdh(Scratch scratch, byte[] point) {
        StructLayout layout = structures.ecdh1();
        Pointer parameters = scratch.zeros(layout.size());
        scratch.put(parameters, layout.at("kdf"), NO_DERIVATION);
        scratch.put(parameters, layout.at("ulPublicDataLen"), point.length);
        parameters.setPointer(layout.at("pPublicData"), scratch.bytes(point));
        return write(scratch, Mechanism.ECDH1_DERIVE, parameters, layout.size());
    }

    private Pointer plain(Scratch scratch, long id) {
        return write(scratch, id, null, 0);
    }

    private Pointer pss(Scratch scratch, Mechanism.RsaPss pss) {
        StructLayout layout = structures.pss();
        Pointer parameters = scratch.zeros(layout.size());
        scratch.put(parameters, layout.at("hashAlg"), pss.hash().id());
        scratch.put(parameters, layout.at("mgf"), pss.mask().mask());
        scratch.put(parameters, layout.at("sLen"), pss.salt());
        return write(scratch, pss.id(), parameters, layout.size());
    }

    private Pointer oaep(Scratch scratch, Mechanism.RsaOaep oaep) {
        StructLayout layout = structures.oaep();
        Pointer parameters = scratch.zeros(layout.size());
        scratch.put(parameters, layout.at("hashAlg"), oaep.hash().id());
        scratch.put(parameters, layout.at("mgf"), oaep.mask().mask());
        scratch.put(parameters, layout.at("source"), LABEL_GIVEN);
        parameters.setPointer(layout.at("pSourceData"), scratch.bytes(oaep.label()));
        scratch.put(parameters, layout.at("ulSourceDataLen"), oaep.label().length);
        return write(scratch, oaep.id(), parameters, layout.size());
    }

    private Pointer write(Scratch scratch, long id, @Nullable Pointer parameters, int size) {
        StructLayout layout = structures.mechanism();
        Pointer mechanism = scratch.zeros(layout.size());
        scratch.put(mechanism, layout.at("mechanism"), id);
        mechanism.setPointer(layout.at("pParameter"), parameters);
        scratch.put(mechanism, layout.at("ulParameterLen"), size);
        return mechanism;
    }
}
