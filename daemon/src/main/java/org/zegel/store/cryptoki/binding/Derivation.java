package org.zegel.store.cryptoki.binding;

import org.zegel.store.cryptoki.KeyType;
import org.zegel.store.cryptoki.ModuleFailure;
import org.zegel.store.cryptoki.ReturnValue;
import org.zegel.store.cryptoki.TokenKey;

/** ECDH: how long the secret is, and the two ways in which modules take the other's point. */
final class Derivation {
    private static final int UNCOMPRESSED = 0x04;
    private static final byte OCTET_STRING = 0x04;
    private static final int SHORT_FORM = 0x7F;

    private Derivation() {}

    static byte[] derive(Session session, TokenKey key, long handle, byte[] point, PinOnce pin) throws ModuleFailure {
        int length = secretLength(key.type(), point);
        if (key.alwaysAuthenticate()) {
            session.loginForThis(pin.give());
        }
        try {
            return session.derive(handle, point, length);
        } catch (ModuleFailure refused) {
            long value = refused.value().value();
            if (value != ReturnValue.MECHANISM_PARAM_INVALID && value != ReturnValue.ARGUMENTS_BAD) {
                throw refused;
            }
            return session.derive(handle, inOctetString(point), length);
        }
    }

    /** Of a point, as long as a coordinate; else as long as the public key (RFC 7748). */
    private static int secretLength(KeyType type, byte[] point) throws ModuleFailure {
        if (type == KeyType.MONTGOMERY && point.length > 0) {
            return point.length;
        }
        if (point.length < 3 || point.length % 2 == 0 || point[0] != UNCOMPRESSED) {
            throw new ModuleFailure(ModuleFailure.Kind.UNSUPPORTED, "not an uncompressed point");
        }
        return point.length / 2;
    }

    private static byte[] inOctetString(byte[] point) {
        int header = point.length > SHORT_FORM ? 3 : 2;
        byte[] wrapped = new byte[header + point.length];
        wrapped[0] = OCTET_STRING;
        if (header == 3) {
            wrapped[1] = (byte) 0x81;
        }
        wrapped[header - 1] = (byte) point.length;
        System.arraycopy(point, 0, wrapped, header, point.length);
        return wrapped;
    }
}
