/*
 * The calls of Certificates and CapiKey, in their order and with their numbers, for a machine that has no Java for Windows.
 * Reads key.p12 (its passphrase is in ZEGEL_WORD), hash.bin, pkcs1.bin and oaep.bin from its folder; writes what came out.
 */
#include <windows.h>
#include <wincrypt.h>
#include <stdio.h>
#include <stdlib.h>

#define MOST 65536

static int fail(const char *what) {
    printf("%s failed: 0x%lx\n", what, GetLastError());
    return 1;
}

static DWORD load(const char *name, BYTE *into) {
    FILE *file = fopen(name, "rb");
    DWORD length = file ? (DWORD) fread(into, 1, MOST, file) : 0;
    if (file) {
        fclose(file);
    }
    return length;
}

static void save(const char *name, const BYTE *bytes, DWORD length) {
    FILE *file = fopen(name, "wb");
    fwrite(bytes, 1, length, file);
    fclose(file);
}

static HCERTSTORE open(const wchar_t *name, DWORD more) {
    return CertOpenStore((LPCSTR) 10, 0, 0, 0x10000 | more, name);
}

static int import(void) {
    static BYTE file[MOST];
    CRYPT_DATA_BLOB blob = {load("key.p12", file), file};
    wchar_t word[100] = {0};
    MultiByteToWideChar(CP_UTF8, 0, getenv("ZEGEL_WORD"), -1, word, 99);
    HCERTSTORE from = PFXImportCertStore(&blob, word, CRYPT_USER_KEYSET);
    HCERTSTORE mine = open(L"MY", 0);
    if (!from || !mine) {
        return fail("import");
    }
    PCCERT_CONTEXT each = NULL;
    while ((each = CertEnumCertificatesInStore(from, each))) {
        if (!CertAddCertificateContextToStore(mine, each, CERT_STORE_ADD_ALWAYS, NULL)) {
            return fail("add");
        }
    }
    CertCloseStore(from, 0);
    CertCloseStore(mine, 0);
    return 0;
}

static int decrypt(HCRYPTPROV provider, DWORD spec, const char *in, const char *out, DWORD flags) {
    static BYTE data[MOST];
    HCRYPTKEY key = 0;
    DWORD length = load(in, data);
    if (!CryptGetUserKey(provider, spec, &key) || !CryptDecrypt(key, 0, TRUE, flags, data, &length)) {
        return fail(in);
    }
    save(out, data, length);
    CryptDestroyKey(key);
    return 0;
}

static BOOL sign(HCRYPTPROV provider, DWORD spec) {
    BYTE hash[MOST], signature[MOST];
    DWORD length = MOST;
    HCRYPTHASH object = 0;
    load("hash.bin", hash);
    if (!CryptCreateHash(provider, 0x800C, 0, 0, &object)) {
        return FALSE;
    }
    if (!CryptSetHashParam(object, 2, hash, 0) || !CryptSignHashW(object, spec, NULL, 0, signature, &length)) {
        return FALSE;
    }
    save("signature.bin", signature, length);
    return CryptDestroyHash(object);
}

int main(void) {
    if (open(L"ZegelHasNoSuchStore", 0x4000 | 0x8000)) {
        return fail("a store that is not there");
    }
    printf("missing %lu\n", GetLastError());
    if (import()) {
        return 1;
    }
    HCERTSTORE mine = open(L"MY", 0x4000 | 0x8000);
    PCCERT_CONTEXT certificate = CertEnumCertificatesInStore(mine, NULL);
    if (!certificate) {
        return fail("MY");
    }
    save("certificate.der", certificate->pbCertEncoded, certificate->cbCertEncoded);
    static BYTE memory[MOST];
    DWORD length = 0;
    if (!CertGetCertificateContextProperty(certificate, 2, NULL, &length)
            || !CertGetCertificateContextProperty(certificate, 2, memory, &length)) {
        return fail("key");
    }
    CRYPT_KEY_PROV_INFO *info = (CRYPT_KEY_PROV_INFO *) memory;
    printf("provider %ls\n", info->pwszProvName);
    HCRYPTPROV_OR_NCRYPT_KEY_HANDLE key = 0;
    DWORD spec = 0;
    BOOL ours = FALSE;
    if (!CryptAcquireCertificatePrivateKey(certificate, 0x20000, NULL, &key, &spec, &ours)) {
        return fail("acquire");
    }
    printf("spec %lu ours %d\n", spec, ours);
    if (spec == (AT_KEYEXCHANGE | AT_SIGNATURE)) {
        spec = AT_KEYEXCHANGE; /* Wine's import names both; Windows one. */
    }
    if (!sign(key, spec)) {
        printf("first signature 0x%lx\n", GetLastError());
        HCRYPTPROV newer = 0;
        if (!CryptAcquireContextW(&newer, info->pwszContainerName, L"Microsoft Enhanced RSA and AES Cryptographic Provider",
                    24, info->dwFlags & 0x20)
                || !sign(newer, spec)) {
            return fail("sign");
        }
        CryptReleaseContext(newer, 0);
    }
    if (decrypt(key, spec, "pkcs1.bin", "pkcs1.out", 0) || decrypt(key, spec, "oaep.bin", "oaep.out", 0x40)) {
        return 1;
    }
    if (ours) {
        CryptReleaseContext(key, 0);
    }
    CertFreeCertificateContext(certificate);
    CertCloseStore(mine, 0);
    printf("done\n");
    return 0;
}
