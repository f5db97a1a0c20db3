package org.zegel.store.cryptoki;

import java.util.List;
import java.util.Map;

/** Certificates and private keys, read from the attributes of objects. */
final class TokenObjects {
    private static final byte[] NONE = {};

    private static final Map<Long, byte[]> X509 = Map.of(
            Attribute.CLASS, Attribute.number(Attribute.CLASS_CERTIFICATE),
            Attribute.CERTIFICATE_TYPE, Attribute.number(0));

    private static final Map<Long, byte[]> PRIVATE_KEY =
            Map.of(Attribute.CLASS, Attribute.number(Attribute.CLASS_PRIVATE_KEY));

    private TokenObjects() {}

    static List<TokenCertificate> certificates(Module module, Token token) throws ModuleFailure {
        return module.objects(token, X509, List.of(Attribute.VALUE, Attribute.ID, Attribute.LABEL)).stream()
                .filter(object -> object.bytes(Attribute.VALUE).orElse(NONE).length > 0)
                .map(object -> new TokenCertificate(
                        object.bytes(Attribute.VALUE).orElse(NONE),
                        object.bytes(Attribute.ID).orElse(NONE),
                        object.text(Attribute.LABEL)))
                .toList();
    }

    static List<TokenKey> keys(Module module, Token token) throws ModuleFailure {
        List<Long> attributes = List.of(
                Attribute.ID,
                Attribute.LABEL,
                Attribute.KEY_TYPE,
                Attribute.SIGN,
                Attribute.DECRYPT,
                Attribute.DERIVE,
                Attribute.ALWAYS_AUTHENTICATE);
        return module.objects(token, PRIVATE_KEY, attributes).stream()
                .map(object -> new TokenKey(
                        object.handle(),
                        object.bytes(Attribute.ID).orElse(NONE),
                        object.text(Attribute.LABEL),
                        object.number(Attribute.KEY_TYPE).map(KeyType::of).orElse(KeyType.OTHER),
                        object.isTrue(Attribute.SIGN),
                        object.isTrue(Attribute.DECRYPT),
                        object.isTrue(Attribute.DERIVE),
                        object.isTrue(Attribute.ALWAYS_AUTHENTICATE)))
                .toList();
    }
}
