package org.zegel.operation;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Capabilities;
import org.zegel.model.ContentCipher;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;

/** Finds the certificate that each address is encrypted to, and the cipher that all recipients read. */
public interface RecipientLookup {
    /** An address and its certificate; null capabilities are of a recipient who was never seen to sign. */
    record Found(
            EmailAddress address,
            X509Certificate certificate,
            @Nullable Capabilities capabilities) {}

    /** An address looked up: what was found, or a stable kebab-case reason. */
    record Answer(
            EmailAddress address,
            @Nullable Found found,
            @Nullable String reason) {}

    /** One answer for each address, in order. */
    List<Answer> find(List<EmailAddress> addresses) throws Failure;

    /** The strongest cipher that all these are known to read. */
    ContentCipher cipher(List<? extends @Nullable Capabilities> recipients);

    /**
     * A certificate for each address, the same address only once.
     *
     * @throws Failure {@code NO_RECIPIENT_CERTIFICATE}: the data lists each address without one and the reason
     */
    default List<Found> require(List<EmailAddress> addresses) throws Failure {
        Map<String, EmailAddress> distinct = new LinkedHashMap<>();
        addresses.forEach(address -> distinct.putIfAbsent(address.key(), address));
        List<Found> all = new ArrayList<>();
        List<Map<String, String>> missing = new ArrayList<>();
        for (Answer answer : find(List.copyOf(distinct.values()))) {
            Found found = answer.found();
            String reason = answer.reason();
            if (found != null) {
                all.add(found);
            } else {
                missing.add(
                        Map.of("address", answer.address().toString(), "reason", reason == null ? "unknown" : reason));
            }
        }
        if (missing.isEmpty()) {
            return all;
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
