package org.zegel.smime.decrypt;

import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.cms.OriginatorPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.model.Identity;

/**
 * Picks our identities out of a message's recipients; keeps nothing of the others. Whether a recipient can be ours at
 * all is settled here, by what stands in the clear, so that nobody is asked for a key that could not help.
 */
final class Recipients {
    /** Most recipients that are looked at; those after them are passed over. */
    static final int MAX_SCANNED = 10_000;
    /** Most matches that are tried. */
    static final int MAX_MATCHES = 16;
    /** Most tries with one key: a message that names us again and again gets no more answers than that. */
    static final int MAX_TRIES_OF_A_KEY = 4;

    /** Algorithms of keys that can agree on a key, as providers name them. */
    private static final Set<String> AGREEING = Set.of("EC", "ECDH", "ECDSA", "XDH", "X25519", "X448");

    private final OwnIdentities identities;
    private final List<Recipient> found = new ArrayList<>();
    private final Set<Finding> findings = new LinkedHashSet<>();
    private boolean named;
    private int scanned;

    Recipients(List<Identity> identities) {
        this.identities = new OwnIdentities(identities);
    }

    OwnIdentities identities() {
        return identities;
    }

    List<Recipient> found() {
        return Collections.unmodifiableList(found);
    }

    /** Whether one of our identities is named, even if nothing can be made of its entry. */
    boolean named() {
        return named;
    }

    /** What there is to say of recipients, ours and others. */
    Set<Finding> findings() {
        return Collections.unmodifiableSet(findings);
    }

    void finding(Finding finding) {
        findings.add(finding);
    }

    /** Counts one more recipient; false when it is one too many to be looked at. */
    boolean take() {
        if (scanned == MAX_SCANNED) {
            findings.add(Finding.TOO_MANY_RECIPIENTS);
            return false;
        }
        scanned++;
        return true;
    }

    void transport(Identity identity, AlgorithmIdentifier algorithm, byte[] encryptedKey) {
        named = true;
        Optional<RsaPadding> padding = RsaPadding.of(algorithm);
        if (padding.isEmpty()) {
            findings.add(Finding.KEY_ENCRYPTION_UNSUPPORTED);
        } else if (identity.certificate().getPublicKey() instanceof RSAPublicKey) {
            add(new KeyTransportRecipient(identity, padding.get(), encryptedKey));
        } else {
            findings.add(Finding.RECIPIENT_MALFORMED);
        }
    }

    /** {@code originator}: null when the message names a certificate instead of holding a key. */
    void agreement(
            Identity identity,
            @Nullable OriginatorPublicKey originator,
            Optional<AgreementScheme> scheme,
            byte[] encryptedKey) {
        named = true;
        PublicKey own = identity.certificate().getPublicKey();
        if (originator == null || scheme.isEmpty()) {
            // Static-static agreement, with the originator's certificate, is not S/MIME (RFC 5753 section 3.1).
            findings.add(Finding.KEY_ENCRYPTION_UNSUPPORTED);
        } else if (AGREEING.contains(own.getAlgorithm())) {
            try {
                PublicKey other =
                        OriginatorKeys.decode(originator.getPublicKeyData().getOctets(), own);
                add(new KeyAgreementRecipient(identity, other, scheme.get(), encryptedKey));
            } catch (CannotDecrypt notAKey) {
                findings.add(Finding.RECIPIENT_MALFORMED);
            }
        } else {
            findings.add(Finding.RECIPIENT_MALFORMED);
        }
    }

    private void add(Recipient recipient) {
        long ofThisKey = found.stream()
                .filter(other -> other.identity().equals(recipient.identity()))
                .count();
        boolean again = found.stream()
                .anyMatch(other -> other.identity().equals(recipient.identity())
                        && Arrays.equals(other.encryptedKey(), recipient.encryptedKey()));
        if (!again && ofThisKey < MAX_TRIES_OF_A_KEY && found.size() < MAX_MATCHES) {
            found.add(recipient);
        }
    }
}
