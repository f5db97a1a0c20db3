package org.zegel.operation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.zegel.audit.AuditEvent;
import org.zegel.consent.Choice;
import org.zegel.consent.Consent;
import org.zegel.directory.RecipientPreferences;
import org.zegel.model.Capabilities;
import org.zegel.model.Client;
import org.zegel.model.ContentCipher;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;
import org.zegel.model.Fingerprint;
import org.zegel.operation.RecipientLookup.Answer;
import org.zegel.operation.RecipientLookup.Found;

/** The certificate that each address is encrypted to: the one found or, of several that are as good, the one chosen. */
public final class RecipientCertificates {
    /** Most addresses of one call that the person is asked about; the others get what was found. */
    public static final int MAX_ASKED = 8;

    private final RecipientLookup lookup;
    private final RecipientPreferences preferences;
    private final Consent consent;
    private final ChangeLog changes;

    public RecipientCertificates(
            RecipientLookup lookup, RecipientPreferences preferences, Consent consent, ChangeLog changes) {
        this.lookup = lookup;
        this.preferences = preferences;
        this.consent = consent;
        this.changes = changes;
    }

    /** The strongest cipher that all these are known to read. */
    public ContentCipher cipher(List<? extends @Nullable Capabilities> recipients) {
        return lookup.cipher(recipients);
    }

    /**
     * A certificate for each address, the same address only once. Nobody is asked before all have one.
     *
     * @throws Failure {@code NO_RECIPIENT_CERTIFICATE}: the data lists each address without one and the reason; else
     *     what asking ends with, but where nobody can be asked the newest is taken
     */
    public List<Found> require(Client client, List<EmailAddress> addresses) throws Failure {
        Map<String, EmailAddress> distinct = new LinkedHashMap<>();
        addresses.forEach(address -> distinct.putIfAbsent(address.key(), address));
        List<Answer> answers = lookup.find(List.copyOf(distinct.values()));
        requireAll(answers);
        List<Found> all = new ArrayList<>();
        int left = MAX_ASKED;
        for (Answer answer : answers) {
            Found found = answer.found();
            if (found != null && !answer.others().isEmpty() && left > 0) {
                Found chosen = choose(client, found, answer.others());
                left = chosen == null ? 0 : left - 1;
                found = chosen == null ? found : chosen;
            }
            if (found != null) {
                all.add(found);
            }
        }
        return all;
    }

    /** Null where nobody can be asked. */
    private @Nullable Found choose(Client client, Found newest, List<Found> others) throws Failure {
        List<Found> offered = Stream.concat(Stream.of(newest), others.stream()).toList();
        EmailAddress address = newest.address();
        try {
            Choice choice = consent.chooseCertificate(
                    client,
                    address.toString(),
                    offered.stream().map(Found::certificate).toList());
            Found chosen = offered.get(choice.index());
            if (choice.remember()) {
                changes.changed(
                        AuditEvent.of(client, "recipient.prefer")
                                .withCertificate(Fingerprint.sha256(chosen.certificate())),
                        () -> preferences.prefer(address, chosen.certificate()));
            }
            return chosen;
        } catch (Failure failure) {
            if (failure.kind() == Failure.Kind.NO_PROMPT) {
                return null;
            }
            throw failure;
        }
    }

    private static void requireAll(List<Answer> answers) throws Failure {
        List<Map<String, String>> missing = new ArrayList<>();
        for (Answer answer : answers) {
            String reason = answer.reason();
            if (answer.found() == null) {
                missing.add(
                        Map.of("address", answer.address().toString(), "reason", reason == null ? "unknown" : reason));
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        List<String> words = missing.stream()
                .map(one -> one.get("address") + " (" + one.get("reason") + ")")
                .toList();
        throw new Failure(
                Failure.Kind.NO_RECIPIENT_CERTIFICATE,
                "There is no certificate to encrypt to for " + String.join(", ", words)
                        + ". Ask for a signed message from them, or import their certificates.",
                Map.of("recipients", missing));
    }
}
