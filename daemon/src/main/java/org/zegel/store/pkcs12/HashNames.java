package org.zegel.store.pkcs12;

import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.zegel.model.Failure;

/** Digest names as the JDK spells them inside compound names ({@code SHA256}). */
final class HashNames {
    private static final Map<ASN1ObjectIdentifier, String> HMACS = Map.of(
            PKCSObjectIdentifiers.id_hmacWithSHA1, "SHA1",
            PKCSObjectIdentifiers.id_hmacWithSHA224, "SHA224",
            PKCSObjectIdentifiers.id_hmacWithSHA256, "SHA256",
            PKCSObjectIdentifiers.id_hmacWithSHA384, "SHA384",
            PKCSObjectIdentifiers.id_hmacWithSHA512, "SHA512");
    private static final Map<ASN1ObjectIdentifier, String> DIGESTS = Map.of(
            OIWObjectIdentifiers.idSHA1, "SHA1",
            NISTObjectIdentifiers.id_sha224, "SHA224",
            NISTObjectIdentifiers.id_sha256, "SHA256",
            NISTObjectIdentifiers.id_sha384, "SHA384",
            NISTObjectIdentifiers.id_sha512, "SHA512");

    private HashNames() {}

    static String ofHmac(ASN1ObjectIdentifier hmac) throws Failure {
        return known(HMACS, hmac);
    }

    static String ofDigest(ASN1ObjectIdentifier digest) throws Failure {
        return known(DIGESTS, digest);
    }

    private static String known(Map<ASN1ObjectIdentifier, String> names, ASN1ObjectIdentifier oid) throws Failure {
        String name = names.get(oid);
        if (name == null) {
            throw ImportProblem.UNKNOWN_ALGORITHM.failure();
        }
        return name;
    }
}
