package org.zegel.trust.path;

import java.net.IDN;
import java.nio.charset.Charset;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1UniversalString;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * A distinguished name as names are compared: whatever the string type, without regard to case and extra white space
 * (RFC 5280 section 7.1, the string preparation of RFC 4518), domain components as A-labels (RFC 9549).
 *
 * @param relativeNames the canonical form of each relative distinguished name, outermost first
 */
public record DistinguishedName(List<String> relativeNames) {
    private static final Charset UTF_32 = Charset.forName("UTF-32BE");

    public DistinguishedName {
        relativeNames = List.copyOf(relativeNames);
    }

    /** Never fails: a name that cannot be taken apart equals only its own bytes. */
    public static DistinguishedName of(X500Principal name) {
        byte[] encoded = name.getEncoded();
        try {
            return of(X500Name.getInstance(encoded));
        } catch (RuntimeException odd) {
            return new DistinguishedName(List.of("#" + HexFormat.of().formatHex(encoded)));
        }
    }

    static DistinguishedName of(X500Name name) {
        return new DistinguishedName(
                Arrays.stream(name.getRDNs()).map(DistinguishedName::canonical).toList());
    }

    public boolean isEmpty() {
        return relativeNames.isEmpty();
    }

    /** Whether it begins with all of the other one, as a directoryName constraint asks. */
    boolean within(DistinguishedName subtree) {
        int length = subtree.relativeNames.size();
        return length <= relativeNames.size()
                && relativeNames.subList(0, length).equals(subtree.relativeNames);
    }

    private static String canonical(RDN relativeName) {
        return Arrays.stream(relativeName.getTypesAndValues())
                .map(DistinguishedName::canonical)
                .sorted()
                .collect(Collectors.joining("\u0000"));
    }

    private static String canonical(AttributeTypeAndValue attribute) {
        String type = attribute.getType().getId();
        ASN1Encodable value = attribute.getValue();
        if (!(value instanceof ASN1String text)) {
            return type + "#" + HexFormat.of().formatHex(encoded(value));
        }
        String written =
                value instanceof ASN1UniversalString wide ? new String(wide.getOctets(), UTF_32) : text.getString();
        boolean domain = attribute.getType().equals(BCStyle.DC);
        return type + "=" + prepared(domain ? aLabel(written) : written);
    }

    private static byte[] encoded(ASN1Encodable value) {
        try {
            return value.toASN1Primitive().getEncoded("DER");
        } catch (java.io.IOException unwritable) {
            throw new IllegalArgumentException(unwritable);
        }
    }

    private static String aLabel(String label) {
        try {
            return IDN.toASCII(label);
        } catch (IllegalArgumentException notALabel) {
            return label;
        }
    }

    /** RFC 4518 section 2: map, normalise, and of white space keep single spaces between words. */
    static String prepared(String text) {
        if (isPlain(text)) {
            return text.toLowerCase(Locale.ROOT);
        }
        StringBuilder mapped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85) {
                mapped.append(' ');
            } else if (!vanishes(c)) {
                mapped.appendCodePoint(c);
            }
        });
        String folded = Normalizer.normalize(mapped, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFKC).strip().replaceAll(" {2,}", " ");
    }

    /** ASCII without a space that could be one too many: what most names are. */
    private static boolean isPlain(String text) {
        char before = ' ';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7f || (c == ' ' && before == ' ')) {
                return false;
            }
            before = c;
        }
        return before != ' ';
    }

    private static boolean vanishes(int c) {
        return Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || c == 0x34f
                || c == 0x1806
                || (c >= 0xfe00 && c <= 0xfe0f);
    }
}
