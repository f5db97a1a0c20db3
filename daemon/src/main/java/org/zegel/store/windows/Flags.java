package org.zegel.store.windows;

/** Numbers of winerror.h, wincrypt.h, ncrypt.h and bcrypt.h, with the names there. */
final class Flags {
    static final int ERROR_FILE_NOT_FOUND = 2;
    static final int CERT_STORE_PROV_SYSTEM_W = 10;
    static final int CERT_SYSTEM_STORE_CURRENT_USER = 0x10000;
    static final int CERT_STORE_OPEN_EXISTING_FLAG = 0x4000;
    static final int CERT_STORE_READONLY_FLAG = 0x8000;
    static final int CERT_KEY_PROV_INFO_PROP_ID = 2;

    static final int CRYPT_ACQUIRE_WINDOW_HANDLE_FLAG = 0x80;
    static final int CRYPT_ACQUIRE_PREFER_NCRYPT_KEY_FLAG = 0x20000;
    static final int CERT_NCRYPT_KEY_SPEC = 0xFFFFFFFF;

    static final int NCRYPT_PAD_PKCS1_FLAG = 0x2;
    static final int NCRYPT_PAD_OAEP_FLAG = 0x4;
    static final int NCRYPT_PAD_PSS_FLAG = 0x8;

    static final int BCRYPT_ECDH_PUBLIC_P256_MAGIC = 0x314B4345;
    static final int BCRYPT_ECDH_PUBLIC_P384_MAGIC = 0x334B4345;
    static final int BCRYPT_ECDH_PUBLIC_P521_MAGIC = 0x354B4345;

    static final int PROV_RSA_AES = 24;
    static final int CRYPT_MACHINE_KEYSET = 0x20;
    static final int CRYPT_OAEP = 0x40;
    static final int HP_HASHVAL = 2;
    static final int CALG_SHA_256 = 0x800C;
    static final int CALG_SHA_384 = 0x800D;
    static final int CALG_SHA_512 = 0x800E;

    private Flags() {}
}
