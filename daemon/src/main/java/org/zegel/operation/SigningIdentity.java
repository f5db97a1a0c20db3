package org.zegel.operation;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zegel.audit.AuditEvent;
import org.zegel.consent.Choice;
import org.zegel.consent.Consent;
import org.zegel.consent.ConsentService;
import org.zegel.directory.IdentityPreferences;
import org.zegel.model.CertificateAddresses;
import org.zegel.model.CertificateSummaries;
import org.zegel.model.CertificateSummary;
import org.zegel.model.Client;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;
import org.zegel.model.Fingerprint;
import org.zegel.model.Identity;
import org.zegel.model.IdentityId;
import org.zegel.store.Stores;

/**
 * Which identity signs: the one named, else the one preferred for the From address, else the only suitable one, else the
 * one that the person chooses.
 */
public final class SigningIdentity {
    /** RFC 5280 section 4.2.1.12. */
    private static final String EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4";

    private static final String ANY_USAGE = "2.5.29.37.0";

    private final Stores stores;
    private final IdentityPreferences preferences;
    private final Consent consent;
    private final ChangeLog changes;
    private final Clock clock;

    public SigningIdentity(
            Stores stores, IdentityPreferences preferences, Consent consent, ChangeLog changes, Clock clock) {
        this.stores = stores;
        this.preferences = preferences;
        this.consent = consent;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * Chooses among those that the client may use. An identity that is named may sign for any From address; one that is
     * found must name the address. Where several do, the person chooses.
     *
     * @param subject of the message, for the question
     * @throws Failure {@code IDENTITY_NOT_FOUND}, {@code IDENTITY_NOT_ALLOWED}, {@code IDENTITY_UNSUITABLE} or
     *     {@code CERTIFICATE_EXPIRED}; {@code IDENTITY_AMBIGUOUS} (data lists the ids) where nobody can be asked, else
     *     what asking ends with
     */
    public Identity choose(Client client, @Nullable IdentityId named, List<EmailAddress> from, @Nullable String subject)
            throws Failure {
        return named == null ? find(client, from, subject) : named(client, named);
    }

    /** The identity that is named, if the client may use it and it can sign now; failures as with {@link #choose}. */
    public Identity named(Client client, IdentityId named) throws Failure {
        if (!client.mayUse(named)) {
            throw ConsentService.notAllowed(named);
        }
        return usable(stores.identity(named));
    }

    private Identity usable(Identity identity) throws Failure {
        if (!identity.uses().contains(Identity.KeyUse.SIGN)) {
            throw new Failure(
                    Failure.Kind.IDENTITY_UNSUITABLE,
                    "The key of this identity may not sign. Choose another identity.");
        }
        if (!validNow(identity)) {
            throw expired(identity);
        }
        return identity;
    }

    private Identity find(Client client, List<EmailAddress> from, @Nullable String subject) throws Failure {
        if (from.isEmpty()) {
            throw new Failure(
                    Failure.Kind.IDENTITY_NOT_FOUND,
                    "The message has no From address, so no identity can be chosen for it. Name one.");
        }
        List<Identity> naming = stores.identities().stream()
                .filter(identity -> client.mayUse(identity.id()))
                .filter(identity -> identity.uses().contains(Identity.KeyUse.SIGN))
                .filter(identity -> CertificateAddresses.of(identity.certificate()).stream()
                        .anyMatch(address -> from.stream().anyMatch(address::matches)))
                .toList();
        if (naming.isEmpty()) {
            throw notFound(from);
        }
        List<Identity> valid = naming.stream()
                .filter(identity -> !identity.retired() && validNow(identity))
                .toList();
        if (valid.isEmpty()) {
            throw expired(naming.getFirst());
        }
        List<Identity> fit = fitForMail(valid);
        Optional<Identity> only = only(fit, from);
        return only.isPresent() ? only.get() : ask(client, fit, from.getFirst(), subject);
    }

    /** Cards hold certificates for logging in too, with the same address: those are chosen where there is no other. */
    private static List<Identity> fitForMail(List<Identity> valid) {
        List<Identity> fit = valid.stream()
                .filter(identity -> isForMail(identity.certificate()))
                .toList();
        return fit.isEmpty() ? valid : fit;
    }

    private static boolean isForMail(X509Certificate certificate) {
        try {
            @Nullable List<String> usages = certificate.getExtendedKeyUsage();
            return usages == null || usages.contains(EMAIL_PROTECTION) || usages.contains(ANY_USAGE);
        } catch (CertificateParsingException unreadable) {
            return false;
        }
    }

    /** The one that needs no question: there is no other, or it is preferred. */
    private Optional<Identity> only(List<Identity> valid, List<EmailAddress> from) throws Failure {
        // The same certificate in two stores is no choice to make: the first store has it.
        if (valid.stream().map(Identity::certificate).distinct().count() == 1) {
            return Optional.of(valid.getFirst());
        }
        for (EmailAddress address : from) {
            Optional<IdentityId> preferred = preferences.preferred(address);
            for (Identity identity : valid) {
                if (preferred.isPresent() && identity.id().equals(preferred.get())) {
                    return Optional.of(identity);
                }
            }
        }
        return Optional.empty();
    }

    private Identity ask(Client client, List<Identity> valid, EmailAddress address, @Nullable String subject)
            throws Failure {
        try {
            Choice choice = consent.chooseIdentity(client, address.toString(), subject, valid);
            Identity chosen = valid.get(choice.index());
            if (choice.remember()) {
                changes.changed(preferred(client, chosen, address), () -> preferences.prefer(address, chosen.id()));
            }
            return chosen;
        } catch (Failure failure) {
            if (failure.kind() == Failure.Kind.NO_PROMPT) {
                throw ambiguous(valid, address);
            }
            throw failure;
        }
    }

    /** The line of a choice that is kept: this identity signs for the address from now on. */
    public static AuditEvent preferred(Client client, Identity identity, EmailAddress address) {
        return AuditEvent.of(client, "identity.prefer")
                .withKey(identity.id().value(), Fingerprint.sha256(identity.certificate()))
                .withDetail("for " + address);
    }

    private static Failure ambiguous(List<Identity> valid, EmailAddress address) {
        return new Failure(
                Failure.Kind.IDENTITY_AMBIGUOUS,
                "Several identities can sign for " + address
                        + ". Name one, or choose one for good with identity.prefer.",
                Map.of(
                        "address",
                        address.toString(),
                        "identities",
                        valid.stream().map(identity -> identity.id().value()).toList()));
    }

    private boolean validNow(Identity identity) {
        return Validity.covers(identity.certificate(), clock.instant());
    }

    private static Failure notFound(List<EmailAddress> from) {
        return new Failure(
                Failure.Kind.IDENTITY_NOT_FOUND,
                "No identity can sign for " + from.getFirst() + ". Import a certificate and key for this address.",
                Map.of("address", from.getFirst().toString()));
    }

    private Failure expired(Identity identity) {
        CertificateSummary summary = CertificateSummaries.of(identity.certificate());
        boolean early = clock.instant().isBefore(summary.notBefore());
        String what = early ? "is not valid yet" : "has expired or was retired; get a new one from its issuer";
        return new Failure(
                Failure.Kind.CERTIFICATE_EXPIRED,
                "The certificate of this identity " + what + ". It stays usable for reading old mail.",
                Map.of(
                        "identity",
                        identity.id().value(),
                        "notAfter",
                        summary.notAfter().toString()));
    }
}
