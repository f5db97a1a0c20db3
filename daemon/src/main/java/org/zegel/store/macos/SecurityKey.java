package org.zegel.store.macos;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.util.Map;

/** A SecKey: the key stays where it is. */
final class SecurityKey implements Keychain.Key {
    private final Frameworks mac;
    private final CfRef key;

    SecurityKey(Frameworks mac, CfRef key) {
        this.mac = mac;
        this.key = key;
    }

    @Override
    public boolean supports(SecAlgorithm algorithm) {
        long operation = algorithm.operation().number();
        return mac.security().SecKeyIsAlgorithmSupported(key.get(), operation, constant(algorithm)) != 0;
    }

    @Override
    public byte[] sign(SecAlgorithm algorithm, byte[] digest) throws KeychainError {
        PointerByReference error = new PointerByReference();
        try (CfRef data = mac.data(digest)) {
            return mac.bytes(mac.owned(
                    mac.security().SecKeyCreateSignature(key.get(), constant(algorithm), data.get(), error), error));
        }
    }

    @Override
    public byte[] decrypt(SecAlgorithm algorithm, byte[] ciphertext) throws KeychainError {
        PointerByReference error = new PointerByReference();
        try (CfRef data = mac.data(ciphertext)) {
            return mac.secret(mac.owned(
                    mac.security().SecKeyCreateDecryptedData(key.get(), constant(algorithm), data.get(), error),
                    error));
        }
    }

    @Override
    public byte[] agree(byte[] point) throws KeychainError {
        PointerByReference error = new PointerByReference();
        try (CfRef other = publicKey(point);
                CfRef parameters = mac.dictionary(Map.of())) {
            return mac.secret(mac.owned(
                    mac.security()
                            .SecKeyCopyKeyExchangeResult(
                                    key.get(), constant(SecAlgorithm.AGREE), other.get(), parameters.get(), error),
                    error));
        }
    }

    private CfRef publicKey(byte[] point) throws KeychainError {
        PointerByReference error = new PointerByReference();
        try (CfRef data = mac.data(point);
                CfRef attributes = mac.dictionary(Map.of(
                        "kSecAttrKeyType", "kSecAttrKeyTypeECSECPrimeRandom",
                        "kSecAttrKeyClass", "kSecAttrKeyClassPublic"))) {
            return mac.owned(mac.security().SecKeyCreateWithData(data.get(), attributes.get(), error), error);
        }
    }

    private Pointer constant(SecAlgorithm algorithm) {
        return mac.symbols().value(algorithm.symbol());
    }

    @Override
    public void close() {
        key.close();
    }
}
