package org.zegel.store.windows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.PublicKey;
import java.util.Optional;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/** Points of NIST's curves as CNG takes them ({@code BCRYPT_ECCKEY_BLOB}, then x and y). */
final class EccBlob {
    static final int HEADER_BYTES = 8;

    private static final int BYTE = 8;

    private EccBlob() {}

    /** Known to lie on its curve; empty where it is no such key. */
    static Optional<ECPublicKeyParameters> point(PublicKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            return Optional.empty();
        }
        try {
            return PublicKeyFactory.createKey(encoded) instanceof ECPublicKeyParameters ec
                    ? Optional.of(ec)
                    : Optional.empty();
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    /** The length of a coordinate, in bytes. */
    static int coordinate(ECPublicKeyParameters key) {
        return (key.getParameters().getCurve().getFieldSize() + BYTE - 1) / BYTE;
    }

    /** What the header says of the curve; empty for those that have no number there. */
    static Optional<Integer> magic(ECPublicKeyParameters key) {
        return switch (NistCurve.of(key)) {
            case P256 -> Optional.of(Flags.BCRYPT_ECDH_PUBLIC_P256_MAGIC);
            case P384 -> Optional.of(Flags.BCRYPT_ECDH_PUBLIC_P384_MAGIC);
            case P521 -> Optional.of(Flags.BCRYPT_ECDH_PUBLIC_P521_MAGIC);
            case OTHER -> Optional.empty();
        };
    }

    static Optional<byte[]> of(ECPublicKeyParameters key) {
        int length = coordinate(key);
        byte[] encoded = key.getQ().getEncoded(false);
        return magic(key)
                .map(magic -> ByteBuffer.allocate(HEADER_BYTES + 2 * length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(magic)
                        .putInt(length)
                        .put(encoded, 1, 2 * length)
                        .array());
    }
}
