package org.zegel.store.cryptoki;

/** How a key is used, with the parameters; {@link #id()} is {@code CKM_*}. */
public sealed interface Mechanism {
    /** Of {@link Module#derive}: ECDH, and X25519 where the token has it. */
    long ECDH1_DERIVE = 0x1050;

    long id();

    /** Signs a DigestInfo, or decrypts; PKCS#1 v1.5 padding by the token. */
    record RsaPkcs1() implements Mechanism {
        @Override
        public long id() {
            return 0x1;
        }
    }

    /** Signs the message itself, at most as much of it as one call carries: digest and padding by the token. */
    record RsaPkcs1Digesting(Hash hash) implements Mechanism {
        @Override
        public long id() {
            return switch (hash) {
                case SHA1 -> 0x6;
                case SHA224 -> 0x46;
                case SHA256 -> 0x40;
                case SHA384 -> 0x41;
                case SHA512 -> 0x42;
            };
        }
    }

    /** The private operation on bytes as long as the modulus; padding is the caller's. */
    record RsaRaw() implements Mechanism {
        @Override
        public long id() {
            return 0x3;
        }
    }

    /** Signs a digest. {@code salt} in bytes. */
    record RsaPss(Hash hash, Hash mask, int salt) implements Mechanism {
        @Override
        public long id() {
            return 0xD;
        }
    }

    /** Decrypts; the label may be empty. */
    record RsaOaep(Hash hash, Hash mask, byte[] label) implements Mechanism {
        @Override
        public long id() {
            return 0x9;
        }
    }

    /** Signs a digest; the signature is r and s in big-endian, each as long as the order. */
    record Ecdsa() implements Mechanism {
        @Override
        public long id() {
            return 0x1041;
        }
    }

    /** Signs the message itself (Ed25519). */
    record Eddsa() implements Mechanism {
        @Override
        public long id() {
            return 0x1057;
        }
    }
}
