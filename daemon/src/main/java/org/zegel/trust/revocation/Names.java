package org.zegel.trust.revocation;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** Names of CRLs and distribution points, in a form that can be compared. Malformed: {@link IllegalArgumentException}. */
final class Names {
    private Names() {}

    static X500Principal principal(ASN1Encodable name) {
        try {
            return new X500Principal(name.toASN1Primitive().getEncoded(ASN1Encoding.DER));
        } catch (IOException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    /** Each name as a text; equal names have equal texts, however a directory name is written. */
    static Set<String> of(GeneralName... names) {
        Set<String> texts = new LinkedHashSet<>();
        Arrays.stream(names).map(Names::text).forEach(texts::add);
        return texts;
    }

    static Set<String> of(GeneralNames names) {
        return of(names.getNames());
    }

    /** The names of a distribution point; a relative one is completed with that of the CRL's issuer. */
    static Set<String> of(DistributionPointName name, X500Principal crlIssuer) {
        if (name.getType() == DistributionPointName.FULL_NAME) {
            return of(GeneralNames.getInstance(name.getName()));
        }
        RDN[] base = X500Name.getInstance(crlIssuer.getEncoded()).getRDNs();
        RDN[] full = Arrays.copyOf(base, base.length + 1);
        full[base.length] = RDN.getInstance(ASN1Set.getInstance(name.getName()));
        return Set.of(directory(principal(new X500Name(full))));
    }

    static String directory(X500Principal name) {
        return "directory " + name.getName(X500Principal.CANONICAL);
    }

    /** The URLs among the names. */
    static Stream<String> urls(DistributionPointName name) {
        return name.getType() == DistributionPointName.FULL_NAME
                ? Arrays.stream(GeneralNames.getInstance(name.getName()).getNames())
                        .filter(one -> one.getTagNo() == GeneralName.uniformResourceIdentifier)
                        .map(one -> one.getName().toString())
                : Stream.empty();
    }

    private static String text(GeneralName name) {
        if (name.getTagNo() == GeneralName.directoryName) {
            return directory(principal(name.getName()));
        }
        try {
            return HexFormat.of().formatHex(name.getEncoded(ASN1Encoding.DER));
        } catch (IOException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }
}
