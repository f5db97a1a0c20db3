package org.zegel.store.pkcs12;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.zegel.consent.ConsentGranted;
import org.zegel.consent.Question;
import org.zegel.consent.SecretQuestion;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.IdentityId;
import org.zegel.store.BeforeChange;
import org.zegel.store.CertificateChains;
import org.zegel.store.IdentityAdministration;

/** Import, export, removal and passphrase of Zegel's own key file. */
record Pkcs12Administration(KeyVault vault, Pkcs12Store store) implements IdentityAdministration {
    /** A client hands over bytes, and no name. */
    private static final String NAMELESS = "";

    /** A certificate that is already in the store changes nothing and is returned like the new ones. */
    @Override
    public List<Identity> importFile(byte[] file, ConsentGranted consent, BeforeChange before) throws Failure {
        requireChange(consent);
        List<ImportedIdentity> found = KeyFileReader.read(
                file, () -> consent.askSecret(SecretQuestion.Kind.FILE_PASSPHRASE, NAMELESS, null, false));
        List<ImportedIdentity> brought = new ArrayList<>(found);
        Set<ImportedIdentity> kept = new HashSet<>();
        try {
            kept.addAll(vault.change(consent, now -> merged(now, brought), false, told(before)));
        } finally {
            brought.stream().filter(identity -> !kept.contains(identity)).forEach(ImportedIdentity::close);
        }
        return brought.stream()
                .map(identity -> store.identity(identity.certificate(), identity.chain()))
                .toList();
    }

    /** Adds to what is brought the issuers that turn out to have the key of one of them, or of one that is there. */
    private static List<ImportedIdentity> merged(List<ImportedIdentity> now, List<ImportedIdentity> brought) {
        List<ImportedIdentity> all = new ArrayList<>(now);
        for (ImportedIdentity identity : brought) {
            if (!holds(all, identity.certificate())) {
                all.add(identity);
            }
        }
        List<ImportedIdentity> issuers = issuersWithAKey(all);
        brought.addAll(issuers);
        all.addAll(issuers);
        return all;
    }

    /** Any reader of the file would find these as identities too: their certificate and their key are in it. */
    private static List<ImportedIdentity> issuersWithAKey(List<ImportedIdentity> identities) {
        List<ImportedIdentity> found = new ArrayList<>();
        for (ImportedIdentity identity : identities) {
            for (X509Certificate issuer : identity.chain()) {
                if (!holds(identities, issuer) && !holds(found, issuer)) {
                    identities.stream()
                            .filter(other -> other.certificate().getPublicKey().equals(issuer.getPublicKey()))
                            .findFirst()
                            .map(other -> new ImportedIdentity(
                                    other.pkcs8().clone(), issuer, CertificateChains.of(issuer, identity.chain())))
                            .ifPresent(found::add);
                }
            }
        }
        return found;
    }

    private static boolean holds(List<ImportedIdentity> identities, X509Certificate certificate) {
        return identities.stream().anyMatch(identity -> identity.certificate().equals(certificate));
    }

    @Override
    public byte[] export(IdentityId identity, ConsentGranted consent) throws Failure {
        if (!consent.covers(Question.Purpose.EXPORT, identity)) {
            throw new Failure(Failure.Kind.CONSENT_DENIED, "Nobody said yes to the export of this identity.");
        }
        return vault.use(consent, open -> {
            ImportedIdentity found = open.identities().stream()
                    .filter(known -> is(known.certificate(), identity))
                    .findFirst()
                    .orElseThrow(Pkcs12Store::notFound);
            try (PasswordKeys keys = new PasswordKeys(
                    KeyVault.newPassphrase(consent, SecretQuestion.Kind.EXPORT_PASSPHRASE, NAMELESS))) {
                return new Pkcs12Writer(Salts.fresh(Salts.ITERATIONS), keys).write(List.of(found));
            }
        });
    }

    /** The backup loses it too. With the last identity the file itself goes. */
    @Override
    public void remove(IdentityId identity, ConsentGranted consent, BeforeChange before) throws Failure {
        requireChange(consent);
        vault.change(
                consent,
                now -> {
                    List<ImportedIdentity> left = now.stream()
                            .filter(known -> !is(known.certificate(), identity))
                            .map(known -> known.without(issuer -> is(issuer, identity)))
                            .toList();
                    if (left.size() == now.size()) {
                        throw Pkcs12Store.notFound();
                    }
                    return left;
                },
                true,
                told(before));
    }

    @Override
    public void changePassphrase(ConsentGranted consent, BeforeChange before) throws Failure {
        requireChange(consent);
        vault.changePassphrase(consent, told(before));
    }

    private KeyVault.BeforeWrite told(BeforeChange before) {
        return added -> before.of(added.stream()
                .map(identity -> store.identity(identity.certificate(), identity.chain()))
                .toList());
    }

    private static void requireChange(ConsentGranted consent) throws Failure {
        if (consent.purpose() != Question.Purpose.CHANGE) {
            throw new Failure(Failure.Kind.CONSENT_DENIED, "Nobody said yes to a change of Zegel's key file.");
        }
    }

    private static boolean is(X509Certificate certificate, IdentityId id) {
        return IdentityId.of(Pkcs12Store.ID, certificate).equals(id);
    }
}
