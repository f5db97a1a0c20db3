package org.zegel.trust.path;

import java.util.Set;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * The form of a name; other names are told apart by their type.
 *
 * @param type OID of an otherName, else empty
 */
record NameForm(int tag, String type) {
    static final NameForm MAIL = new NameForm(GeneralName.rfc822Name, "");
    static final NameForm DNS = new NameForm(GeneralName.dNSName, "");
    static final NameForm URI = new NameForm(GeneralName.uniformResourceIdentifier, "");
    static final NameForm IP = new NameForm(GeneralName.iPAddress, "");
    static final NameForm DIRECTORY = new NameForm(GeneralName.directoryName, "");

    /** SmtpUTF8Mailbox of RFC 9598; the constraints on it are those on rfc822Name. */
    static final NameForm UTF8_MAIL = new NameForm(GeneralName.otherName, "1.3.6.1.5.5.7.8.9");

    /** Constraints on names of this form are processed here. */
    boolean isProcessed() {
        return Set.of(MAIL, DNS, URI, IP, DIRECTORY).contains(this);
    }

    static NameForm of(GeneralName name) {
        return name.getTagNo() == GeneralName.otherName
                ? new NameForm(
                        GeneralName.otherName,
                        ASN1Sequence.getInstance(name.getName()).getObjectAt(0).toString())
                : new NameForm(name.getTagNo(), "");
    }
}
