package org.zegel.store.windows;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import org.jspecify.annotations.Nullable;

/**
 * Structures of wincrypt.h and bcrypt.h, with the fields' names there. Strings are pointers to memory that the caller
 * holds. jna-platform's own {@code CERT_CONTEXT} is not used: it follows every pointer inside when it is read.
 */
final class Structures {
    private Structures() {}

    /** {@code CERT_CONTEXT}. */
    @FieldOrder({"dwCertEncodingType", "pbCertEncoded", "cbCertEncoded", "pCertInfo", "hCertStore"})
    public static final class CertContext extends Structure {
        public int dwCertEncodingType;
        public @Nullable Pointer pbCertEncoded;
        public int cbCertEncoded;
        public @Nullable Pointer pCertInfo;
        public @Nullable Pointer hCertStore;

        /** Reads what is at the address. */
        CertContext(Pointer at) {
            super(at);
            read();
        }
    }

    /** {@code CRYPT_KEY_PROV_INFO}. */
    @FieldOrder({"pwszContainerName", "pwszProvName", "dwProvType", "dwFlags", "cProvParam", "rgProvParam", "dwKeySpec"
    })
    public static final class KeyProvInfo extends Structure {
        public @Nullable Pointer pwszContainerName;
        public @Nullable Pointer pwszProvName;
        public int dwProvType;
        public int dwFlags;
        public int cProvParam;
        public @Nullable Pointer rgProvParam;
        public int dwKeySpec;

        /** For its size. */
        KeyProvInfo() {}

        /** Reads what is at the address. */
        KeyProvInfo(Pointer at) {
            super(at);
            read();
        }
    }

    /** {@code BCRYPT_PKCS1_PADDING_INFO}. */
    @FieldOrder("pszAlgId")
    public static final class Pkcs1PaddingInfo extends Structure {
        public @Nullable Pointer pszAlgId;

        static Pkcs1PaddingInfo of(String digest) {
            Pkcs1PaddingInfo info = new Pkcs1PaddingInfo();
            info.pszAlgId = Wide.of(digest);
            return info;
        }
    }

    /** {@code BCRYPT_PSS_PADDING_INFO}. */
    @FieldOrder({"pszAlgId", "cbSalt"})
    public static final class PssPaddingInfo extends Structure {
        public @Nullable Pointer pszAlgId;
        public int cbSalt;

        static PssPaddingInfo of(String digest, int saltBytes) {
            PssPaddingInfo info = new PssPaddingInfo();
            info.pszAlgId = Wide.of(digest);
            info.cbSalt = saltBytes;
            return info;
        }
    }

    /** {@code BCRYPT_OAEP_PADDING_INFO}. */
    @FieldOrder({"pszAlgId", "pbLabel", "cbLabel"})
    public static final class OaepPaddingInfo extends Structure {
        public @Nullable Pointer pszAlgId;
        public @Nullable Pointer pbLabel;
        public int cbLabel;

        static OaepPaddingInfo of(String digest, byte[] label) {
            OaepPaddingInfo info = new OaepPaddingInfo();
            info.pszAlgId = Wide.of(digest);
            if (label.length > 0) {
                Memory memory = new Memory(label.length);
                memory.write(0, label, 0, label.length);
                info.pbLabel = memory;
                info.cbLabel = label.length;
            }
            return info;
        }
    }
}
