package org.zegel.trust.revocation;

import java.io.IOException;
import java.math.BigInteger;
import java.text.ParseException;
import java.time.Instant;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.Time;
import org.jspecify.annotations.Nullable;
import org.zegel.model.DerReader;

/** Goes through the entries of a CRL for one certificate (RFC 5280 section 5.3). */
final class CrlEntries {
    // The contents of the object identifiers 2.5.29.n.
    private static final byte[] REASON_CODE = {0x55, 0x1d, 21};
    private static final byte[] HOLD_INSTRUCTION = {0x55, 0x1d, 23};
    private static final byte[] INVALIDITY_DATE = {0x55, 0x1d, 24};
    private static final byte[] CERTIFICATE_ISSUER = {0x55, 0x1d, 29};

    private static final int BOOLEAN = 0x01;
    private static final int OCTET_STRING = 0x04;
    private static final int ENUMERATED = 0x0a;

    private final byte[] serial;
    private final X500Principal issuer;
    private final boolean indirect;
    private X500Principal current;
    private boolean mine;
    private boolean understood = true;
    private int reason;
    private @Nullable Instant invalidSince;
    private @Nullable CrlEntry found;

    private CrlEntries(BigInteger serial, X500Principal issuer, X500Principal ofCrl, boolean indirect) {
        this.serial = serial.toByteArray();
        this.issuer = issuer;
        this.current = ofCrl;
        this.mine = ofCrl.equals(issuer);
        this.indirect = indirect;
    }

    /**
     * What the list says of one certificate.
     *
     * @param understood false: some entry has a critical extension that nobody here knows, so the whole CRL must not be
     *     used (section 5.3)
     */
    record Lookup(@Nullable CrlEntry entry, boolean understood) {}

    /**
     * Goes through all entries.
     *
     * @param ofCrl whose certificates the entries are until one says otherwise, which only an indirect CRL may
     * @throws IllegalArgumentException when the entries are malformed
     */
    static Lookup find(
            DerReader entries, BigInteger serial, X500Principal issuer, X500Principal ofCrl, boolean indirect) {
        CrlEntries search = new CrlEntries(serial, issuer, ofCrl, indirect);
        while (entries.hasNext()) {
            search.look(entries.next(DerReader.SEQUENCE).contents());
        }
        return new Lookup(search.found, search.understood);
    }

    private void look(DerReader entry) {
        DerReader.Element number = entry.next(DerReader.INTEGER);
        DerReader.Element time = entry.next();
        reason = 0;
        invalidSince = null;
        if (entry.hasNext()) {
            DerReader extensions = entry.next(DerReader.SEQUENCE).contents();
            while (extensions.hasNext()) {
                extension(extensions.next(DerReader.SEQUENCE).contents());
            }
        }
        if (mine && number.valueEquals(serial) && (found == null || !found.permanent())) {
            found = new CrlEntry(time(time), reason, invalidSince);
        }
    }

    private void extension(DerReader extension) {
        DerReader.Element oid = extension.next();
        boolean critical =
                extension.nextIs(BOOLEAN) && extension.next().contents().hasNext();
        DerReader.Element value = extension.next(OCTET_STRING);
        if (oid.valueEquals(REASON_CODE)) {
            byte[] code = value.contents().next(ENUMERATED).value();
            reason = code.length == 1 ? code[0] : -1;
        } else if (oid.valueEquals(CERTIFICATE_ISSUER)) {
            current = directoryName(value.value());
            mine = current.equals(issuer);
            understood &= indirect;
        } else if (oid.valueEquals(INVALIDITY_DATE)) {
            invalidSince = generalizedTime(value.value());
        } else {
            understood &= !critical || oid.valueEquals(HOLD_INSTRUCTION);
        }
    }

    private static X500Principal directoryName(byte[] names) {
        for (GeneralName name : GeneralNames.getInstance(names).getNames()) {
            if (name.getTagNo() == GeneralName.directoryName) {
                return Names.principal(name.getName());
            }
        }
        throw new IllegalArgumentException("no directory name");
    }

    static Instant time(DerReader.Element element) {
        return Time.getInstance(primitive(element.encoded())).getDate().toInstant();
    }

    private static Instant generalizedTime(byte[] der) {
        try {
            return ASN1GeneralizedTime.getInstance(primitive(der)).getDate().toInstant();
        } catch (ParseException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    private static ASN1Primitive primitive(byte[] der) {
        try {
            return ASN1Primitive.fromByteArray(der);
        } catch (IOException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }
}
