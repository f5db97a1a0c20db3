package org.zegel.smime.open;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.zegel.model.AddressList;
import org.zegel.model.EmailAddress;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.HeaderDifference;
import org.zegel.model.Verdict.HeaderState;
import org.zegel.model.Verdict.Headers;
import org.zegel.model.Verdict.Protection;
import org.zegel.smime.headers.Confidentiality;
import org.zegel.smime.headers.FieldNames;
import org.zegel.smime.headers.FieldValue;
import org.zegel.smime.mime.Header;
import org.zegel.smime.mime.HeaderField;

/** Compares protected header fields with the outer ones and says how each is protected (RFC 9788 section 4.3). */
final class HeaderReport {
    /** What senders of older schemes put in the place of a hidden subject. */
    private static final Set<String> HIDDEN_SUBJECTS =
            Set.of(Confidentiality.HIDDEN, "...", "Encrypted Message", "Encrypted subject", "");

    private final ProtectedFields guarded;
    private final Map<String, List<HeaderField>> inner;
    private final Map<String, List<HeaderField>> outer;
    private final List<HeaderDifference> differences = new ArrayList<>();
    private final Set<Finding> findings;

    private HeaderReport(ProtectedFields guarded, Header outer) {
        this.guarded = guarded;
        this.inner = byName(guarded.fields());
        this.outer = byName(outer.fields());
        this.findings = new LinkedHashSet<>(guarded.findings());
        compare();
    }

    static HeaderReport of(ProtectedFields guarded, Header outer) {
        return new HeaderReport(guarded, outer);
    }

    Headers headers() {
        List<HeaderState> states = inner.entrySet().stream()
                .map(entry -> new HeaderState(entry.getValue().getFirst().name(), protection(entry.getKey())))
                .toList();
        List<String> names = states.stream()
                .filter(state -> state.protection() != Protection.UNPROTECTED)
                .map(HeaderState::field)
                .toList();
        return new Headers(names, List.copyOf(differences), guarded.scheme(), states);
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    /**
     * Whether inside and outside name different senders. Names beside the addresses do not matter; an outside without a
     * sender names no other.
     */
    static boolean otherSender(ProtectedFields guarded, Header outer) {
        List<HeaderField> outside = outer.all("From");
        return !outside.isEmpty()
                && !guarded.values("From").isEmpty()
                && !senders(guarded.values("From"))
                        .equals(senders(outside.stream().map(HeaderField::value).toList()));
    }

    private static List<String> senders(List<String> values) {
        return values.stream()
                .map(AddressList::parse)
                .flatMap(list -> list.addresses().stream())
                .map(EmailAddress::key)
                .toList();
    }

    private void compare() {
        // What people see comes first: the list is cut where it is long.
        Set<String> names = new LinkedHashSet<>();
        inner.keySet().stream().filter(FieldNames::isUserFacing).forEach(names::add);
        outer.keySet().stream().filter(FieldNames::isUserFacing).forEach(names::add);
        names.addAll(inner.keySet());
        for (String name : names) {
            List<HeaderField> inside = inner.getOrDefault(name, List.of());
            List<HeaderField> outside = outer.getOrDefault(name, List.of());
            List<String> shown = FieldValue.canonical(name, outside);
            if (!FieldValue.canonical(name, inside).equals(shown)) {
                boolean intended = isIntended(name, shown);
                String written =
                        (inside.isEmpty() ? outside : inside).getFirst().name();
                differences.add(new HeaderDifference(written, text(outside), text(inside), intended));
                if (!intended && FieldNames.isUserFacing(name)) {
                    finding(name);
                }
            }
        }
    }

    /** Whether the outside is as the sender made it. Without HP-Outer only a hidden subject is known to be. */
    private boolean isIntended(String name, List<String> shown) {
        Map<String, List<String>> told = guarded.outside();
        if (!guarded.encrypted()) {
            return false;
        }
        return told == null
                ? name.equals("subject") && HIDDEN_SUBJECTS.contains(String.join("", shown))
                : told.getOrDefault(name, List.of()).equals(shown);
    }

    private void finding(String name) {
        switch (name) {
            case "from" -> {
                // Judged with the address.
            }
            case "subject" -> findings.add(Finding.OUTER_SUBJECT_DIFFERS);
            case "to", "cc" -> findings.add(Finding.OUTER_RECIPIENTS_DIFFER);
            case "date" -> findings.add(Finding.OUTER_DATE_DIFFERS);
            case "reply-to", "followup-to", "mail-followup-to", "mail-reply-to" ->
                findings.add(Finding.OUTER_REPLY_TO_DIFFERS);
            default -> findings.add(Finding.OUTER_HEADER_DIFFERS);
        }
    }

    /** Confidential is what the sender kept from the outside, whatever became of the outside since. */
    private Protection protection(String name) {
        boolean encrypted = guarded.encrypted() && isConfidential(name);
        if (guarded.signed()) {
            return encrypted ? Protection.SIGNED_AND_ENCRYPTED : Protection.SIGNED_ONLY;
        }
        return encrypted ? Protection.ENCRYPTED_ONLY : Protection.UNPROTECTED;
    }

    private boolean isConfidential(String name) {
        List<String> inside = FieldValue.canonical(name, inner.getOrDefault(name, List.of()));
        Map<String, List<String>> told = guarded.outside();
        Set<String> shown = Set.copyOf(
                told == null
                        ? FieldValue.canonical(name, outer.getOrDefault(name, List.of()))
                        : told.getOrDefault(name, List.of()));
        return inside.stream().noneMatch(shown::contains);
    }

    private static Map<String, List<HeaderField>> byName(List<HeaderField> fields) {
        return fields.stream()
                .filter(field -> !FieldNames.isStructural(field))
                .collect(Collectors.groupingBy(
                        field -> FieldNames.key(field.name()), LinkedHashMap::new, Collectors.toList()));
    }

    private static @Nullable String text(List<HeaderField> fields) {
        return fields.isEmpty() ? null : fields.stream().map(HeaderField::value).collect(Collectors.joining(", "));
    }
}
