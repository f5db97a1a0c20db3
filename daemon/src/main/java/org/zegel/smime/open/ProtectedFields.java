package org.zegel.smime.open;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.model.SignerFacts;
import org.zegel.model.Verdict.HeaderScheme;
import org.zegel.model.Verdict.Integrity;
import org.zegel.model.Verdict.Lock;
import org.zegel.smime.headers.FieldNames;
import org.zegel.smime.headers.FieldValue;
import org.zegel.smime.mime.HeaderField;

/**
 * The header fields that the payload of the layers around the whole message protects (RFC 9788 section 4.2). Only those
 * of the payload's root count; {@code hp} anywhere else means nothing.
 *
 * @param part whose header they are, and whose body is the message's
 * @param fields in their order; of those that may occur once the first
 * @param outside canonical values that the sender gave the outside, by lower-case name; null where he did not tell
 * @param signed whether an intact signature covers them
 * @param encrypted whether they were encrypted, and the sender meant them to be
 * @param findings what is odd about them
 */
record ProtectedFields(
        HeaderScheme scheme,
        Part part,
        List<HeaderField> fields,
        @Nullable Map<String, List<String>> outside,
        boolean signed,
        boolean encrypted,
        List<Finding> findings) {

    /** The header as it was declared; empty where none is, or nothing guards it. */
    static Optional<ProtectedFields> of(Part root, Found found, List<SignerFacts> signers) {
        Part payload = found.payload();
        if (payload == null || payload.root() || found.lock() == Lock.FAILED) {
            return Optional.empty();
        }
        boolean signed = signers.stream().anyMatch(ProtectedFields::covers);
        boolean encrypted = found.lock() == Lock.CLOSED || found.lock() == Lock.WEAK;
        if (!signed && !encrypted) {
            return Optional.empty();
        }
        String hp = payload.entity()
                .contentType()
                .parameter("hp")
                .map(value -> value.strip().toLowerCase(Locale.ROOT))
                .orElse("");
        if (hp.equals("clear") || hp.equals("cipher")) {
            return Optional.of(declared(payload, hp.equals("cipher"), signed, encrypted));
        }
        Optional<Part> wrapped = WrappedMessage.in(payload, root);
        if (wrapped.isPresent()) {
            return Optional.of(older(HeaderScheme.RFC8551, wrapped.get(), signed, encrypted));
        }
        boolean draft =
                payload.entity().contentType().parameter("protected-headers").isPresent();
        return draft
                ? Optional.of(older(HeaderScheme.PROTECTED_HEADERS, payload, signed, encrypted))
                : Optional.empty();
    }

    private static boolean covers(SignerFacts signer) {
        return signer.coversWhole()
                && signer.integrity() == Integrity.INTACT
                && !signer.findings().contains(Finding.ENCRYPTED_THEN_SIGNED);
    }

    private static ProtectedFields declared(Part payload, boolean cipher, boolean signed, boolean encrypted) {
        Set<Finding> findings = EnumSet.noneOf(Finding.class);
        if (cipher && !encrypted) {
            findings.add(Finding.ENCRYPTION_REMOVED);
        }
        Map<String, List<String>> outside = cipher ? outside(payload, findings) : null;
        List<HeaderField> fields = fields(payload, findings);
        return new ProtectedFields(
                HeaderScheme.RFC9788, payload, fields, outside, signed, encrypted && cipher, List.copyOf(findings));
    }

    private static ProtectedFields older(HeaderScheme scheme, Part part, boolean signed, boolean encrypted) {
        Set<Finding> findings = EnumSet.noneOf(Finding.class);
        List<HeaderField> fields = fields(part, findings);
        return new ProtectedFields(scheme, part, fields, null, signed, encrypted, List.copyOf(findings));
    }

    private static List<HeaderField> fields(Part part, Set<Finding> findings) {
        List<HeaderField> kept = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (HeaderField field : part.entity().header().fields()) {
            String key = FieldNames.key(field.name());
            if (FieldNames.isStructural(field) || field.is(FieldNames.HP_OUTER) || FieldNames.isTransport(key)) {
                continue;
            }
            // Of two From fields both are told: there is no sender then.
            if (seen.add(key) || !FieldNames.isSingle(key) || key.equals("from")) {
                kept.add(field);
            } else {
                findings.add(Finding.DUPLICATE_PROTECTED_FIELD);
            }
        }
        return List.copyOf(kept);
    }

    /** HP-Outer: what the sender made the outside show. None at all, as in older drafts, tells nothing. */
    private static @Nullable Map<String, List<String>> outside(Part payload, Set<Finding> findings) {
        Map<String, List<String>> outside = new HashMap<>();
        for (HeaderField field : payload.entity().header().all(FieldNames.HP_OUTER)) {
            String value = field.value();
            int colon = value.indexOf(':');
            String name = colon < 0 ? "" : value.substring(0, colon).strip();
            if (name.isEmpty()) {
                findings.add(Finding.HP_OUTER_MALFORMED);
            } else {
                outside.computeIfAbsent(FieldNames.key(name), key -> new ArrayList<>())
                        .add(FieldValue.canonical(name, value.substring(colon + 1)));
            }
        }
        return outside.isEmpty() ? null : outside;
    }

    /** Raw values of the fields of one name. */
    List<String> values(String name) {
        return fields.stream()
                .filter(field -> field.is(name))
                .map(HeaderField::value)
                .toList();
    }

    /** Whether legacy display elements mean something in this message. */
    boolean mayRepeatInText() {
        return scheme == HeaderScheme.RFC9788 && encrypted;
    }
}
