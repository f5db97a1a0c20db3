package org.zegel.store.windows;

/**
 * Where Windows keeps a private key ({@code CRYPT_KEY_PROV_INFO}).
 *
 * @param providerType of CryptoAPI; 0 for a key storage provider of CNG
 */
record KeyContainer(String container, String provider, int providerType, int flags) {}
