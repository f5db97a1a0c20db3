package org.zegel.operation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.zegel.consent.Question;
import org.zegel.model.Client;
import org.zegel.model.Failure;
import org.zegel.model.Finding;
import org.zegel.model.Identity;
import org.zegel.model.IdentityId;
import org.zegel.model.MessageFacts;
import org.zegel.model.Verdict;
import org.zegel.smime.DecryptionKeys;
import org.zegel.smime.MessageEnvelope;
import org.zegel.store.BoundKey;

/** The decryption keys of one call: each is asked for once, when first needed, and forgotten when the call ends. */
public final class KeysOfCall implements DecryptionKeys, AutoCloseable {
    /** The message is encrypted and the client may not have anything decrypted. */
    public static final Finding NOT_GRANTED = Finding.DECRYPT_NOT_GRANTED;

    private final KeyAccess keys;
    private final Client client;
    private final Question.Purpose purpose;
    private final boolean granted;
    private final @Nullable MessageEnvelope envelope;
    private final Map<IdentityId, SharedKey> bound = new LinkedHashMap<>();

    public KeysOfCall(
            KeyAccess keys,
            Client client,
            Question.Purpose purpose,
            boolean granted,
            @Nullable MessageEnvelope envelope) {
        this.keys = keys;
        this.client = client;
        this.purpose = purpose;
        this.granted = granted;
        this.envelope = envelope;
    }

    @Override
    public List<Identity> identities() {
        return granted
                ? keys.identities().stream()
                        .filter(identity -> client.mayUse(identity.id()))
                        .toList()
                : List.of();
    }

    @Override
    public BoundKey bind(Identity identity) throws Failure {
        SharedKey known = bound.get(identity.id());
        if (known != null) {
            return known;
        }
        SharedKey key = new SharedKey(keys.bind(
                client, purpose, identity, envelope == null ? Question.About.NOTHING : MessageSigning.about(envelope)));
        bound.put(identity.id(), key);
        return key;
    }

    /** Says in the facts why nothing was decrypted, when it is for want of the client's grant. */
    public MessageFacts explain(MessageFacts facts) {
        if ((granted && client.identities() == null) || facts.lock() != Verdict.Lock.FAILED) {
            return facts;
        }
        List<Finding> findings = new ArrayList<>(facts.findings());
        findings.add(granted ? Finding.IDENTITIES_LIMITED : NOT_GRANTED);
        return new MessageFacts(
                facts.signers(),
                facts.lock(),
                facts.layers(),
                facts.headers(),
                facts.outerFrom(),
                facts.protectedFrom(),
                facts.addresses(),
                facts.decryptedWith(),
                List.copyOf(findings));
    }

    @Override
    public void close() {
        bound.values().forEach(SharedKey::release);
        bound.clear();
    }
}
