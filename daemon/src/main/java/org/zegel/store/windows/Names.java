package org.zegel.store.windows;

/** Wide strings of wincrypt.h, ncrypt.h and bcrypt.h, with the names there. */
final class Names {
    static final String NCRYPT_WINDOW_HANDLE_PROPERTY = "HWND Handle";
    static final String NCRYPT_USE_CONTEXT_PROPERTY = "Use Context";
    static final String NCRYPT_PROVIDER_HANDLE_PROPERTY = "Provider Handle";
    static final String BCRYPT_ECCPUBLIC_BLOB = "ECCPUBLICBLOB";
    static final String BCRYPT_KDF_RAW_SECRET = "TRUNCATE";
    static final String MS_ENH_RSA_AES_PROV_W = "Microsoft Enhanced RSA and AES Cryptographic Provider";
    static final String MS_DEF_PROV_W = "Microsoft Base Cryptographic Provider v1.0";
    static final String MS_STRONG_PROV_W = "Microsoft Strong Cryptographic Provider";
    static final String MS_ENHANCED_PROV_W = "Microsoft Enhanced Cryptographic Provider v1.0";

    private Names() {}
}
