package org.zegel.smime.verify;

import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.jspecify.annotations.Nullable;
import org.zegel.model.DisplayText;
import org.zegel.model.Finding;
import org.zegel.model.SecurityServices;
import org.zegel.model.SecurityServices.Label;
import org.zegel.model.SecurityServices.ReceiptRequest;
import org.zegel.model.SecurityServices.ReceiptsFrom;
import org.zegel.smime.ber.Malformed;

/** Reads the attributes of RFC 2634, each on its own: one that cannot be read hides no other. */
final class SecurityServicesReader {
    /** Most receivers of receipts, list expansions, labels and categories, each (RFC 2634 has 16 and 64). */
    static final int MAX_ENTRIES = 64;

    private static final int MAX_TEXT = 256;
    private static final ASN1ObjectIdentifier SECURITY_LABEL = PKCSObjectIdentifiers.id_aa.branch("2");
    private static final ASN1ObjectIdentifier LIST_EXPANSIONS = PKCSObjectIdentifiers.id_aa.branch("3");
    private static final ASN1ObjectIdentifier EQUIVALENT_LABELS = PKCSObjectIdentifiers.id_aa.branch("9");

    private final SignedAttributes attributes;
    private final Collection<Finding> findings;

    private SecurityServicesReader(SignedAttributes attributes, Collection<Finding> findings) {
        this.attributes = attributes;
        this.findings = findings;
    }

    /** What the attributes say, with a finding for each; null when they say nothing. */
    static @Nullable SecurityServices read(SignedAttributes attributes, Collection<Finding> findings) {
        return new SecurityServicesReader(attributes, findings).read();
    }

    private @Nullable SecurityServices read() {
        ReceiptRequest receipt = one(
                PKCSObjectIdentifiers.id_aa_receiptRequest,
                Finding.RECEIPT_REQUESTED,
                SecurityServicesReader::receiptRequest);
        Label label = one(SECURITY_LABEL, Finding.SECURITY_LABEL, SecurityServicesReader::label);
        List<Label> equivalents = one(EQUIVALENT_LABELS, Finding.EQUIVALENT_LABELS, SecurityServicesReader::labels);
        List<Instant> expansions =
                one(LIST_EXPANSIONS, Finding.MAILING_LIST_EXPANDED, SecurityServicesReader::expansions);
        String description = one(
                PKCSObjectIdentifiers.id_aa_contentHint, Finding.CONTENT_HINTS, SecurityServicesReader::description);
        if (receipt == null && label == null && equivalents == null && expansions == null && description == null) {
            return null;
        }
        return new SecurityServices(
                receipt,
                label,
                equivalents == null ? List.of() : equivalents,
                expansions == null ? List.of() : expansions,
                description == null || description.isEmpty() ? null : description);
    }

    private <T> @Nullable T one(ASN1ObjectIdentifier type, Finding finding, Reading<T> reading) {
        try {
            ASN1Encodable value = attributes.single(type, Finding.SECURITY_SERVICE_MALFORMED);
            if (value == null) {
                return null;
            }
            T read = reading.of(value);
            findings.add(finding);
            return read;
        } catch (Malformed | ParseException | RuntimeException malformed) {
            findings.add(Finding.SECURITY_SERVICE_MALFORMED);
            return null;
        }
    }

    private static ReceiptRequest receiptRequest(ASN1Encodable value) {
        ASN1Sequence request = ASN1Sequence.getInstance(value);
        ASN1OctetString.getInstance(request.getObjectAt(0));
        ASN1TaggedObject from = ASN1TaggedObject.getInstance(request.getObjectAt(1));
        List<String> to = new ArrayList<>();
        for (ASN1Encodable names : limited(ASN1Sequence.getInstance(request.getObjectAt(2)))) {
            for (GeneralName name : GeneralNames.getInstance(names).getNames()) {
                if (name.getTagNo() == GeneralName.rfc822Name && to.size() < MAX_ENTRIES) {
                    to.add(DisplayText.of(name.getName().toString(), MAX_TEXT));
                }
            }
        }
        return new ReceiptRequest(receiptsFrom(from), to);
    }

    private static ReceiptsFrom receiptsFrom(ASN1TaggedObject choice) {
        if (choice.getTagNo() == 1) {
            return ReceiptsFrom.LISTED;
        }
        return ASN1Integer.getInstance(choice, false).hasValue(0) ? ReceiptsFrom.ALL : ReceiptsFrom.FIRST_TIER;
    }

    /** The members of the SET are told apart by their types. */
    private static Label label(ASN1Encodable value) {
        String policy = null;
        Integer classification = null;
        String mark = null;
        List<String> categories = new ArrayList<>();
        for (ASN1Encodable member : ASN1Set.getInstance(value)) {
            switch (member.toASN1Primitive()) {
                case ASN1ObjectIdentifier identifier -> policy = identifier.getId();
                case ASN1Integer number -> classification = number.intValueExact();
                case ASN1String text -> mark = DisplayText.of(text.getString(), MAX_TEXT);
                case ASN1Set set -> categories(set, categories);
                default -> throw new IllegalArgumentException("not of a label");
            }
        }
        if (policy == null) {
            throw new IllegalArgumentException("no policy");
        }
        return new Label(policy, classification, mark, categories);
    }

    private static void categories(ASN1Set set, Collection<String> categories) {
        for (ASN1Encodable category : set) {
            if (categories.size() == MAX_ENTRIES) {
                return;
            }
            ASN1TaggedObject type = ASN1TaggedObject.getInstance(
                    ASN1Sequence.getInstance(category).getObjectAt(0));
            categories.add(ASN1ObjectIdentifier.getInstance(type, false).getId());
        }
    }

    private static List<Label> labels(ASN1Encodable value) {
        return limited(ASN1Sequence.getInstance(value)).stream()
                .map(SecurityServicesReader::label)
                .toList();
    }

    private static List<Instant> expansions(ASN1Encodable value) throws ParseException {
        List<Instant> times = new ArrayList<>();
        for (ASN1Encodable expansion : limited(ASN1Sequence.getInstance(value))) {
            ASN1Encodable time = ASN1Sequence.getInstance(expansion).getObjectAt(1);
            times.add(ASN1GeneralizedTime.getInstance(time).getDate().toInstant());
        }
        return times;
    }

    /** Empty when the hints have a content type alone. */
    private static String description(ASN1Encodable value) {
        ASN1Encodable first = ASN1Sequence.getInstance(value).getObjectAt(0);
        return first.toASN1Primitive() instanceof ASN1String text ? DisplayText.of(text.getString(), MAX_TEXT) : "";
    }

    private static List<ASN1Encodable> limited(ASN1Sequence sequence) {
        List<ASN1Encodable> elements = new ArrayList<>();
        for (ASN1Encodable element : sequence) {
            if (elements.size() == MAX_ENTRIES) {
                break;
            }
            elements.add(element);
        }
        return elements;
    }

    /** Reads one attribute value. */
    private interface Reading<T> {
        T of(ASN1Encodable value) throws ParseException;
    }
}
