package org.zegel.operation.open;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.zegel.consent.Question;
import org.zegel.content.Content;
import org.zegel.model.Failure;
import org.zegel.model.Finding;
import org.zegel.model.MessageFacts;
import org.zegel.model.Scope;
import org.zegel.model.Verdict;
import org.zegel.operation.Call;
import org.zegel.operation.Judgement;
import org.zegel.operation.KeyAccess;
import org.zegel.operation.KeysOfCall;
import org.zegel.operation.KnownCertificates;
import org.zegel.smime.MessageEnvelope;
import org.zegel.smime.OpenedMessage;
import org.zegel.smime.make.MessageEnvelopeReader;
import org.zegel.smime.open.MessageOpener;

/** Decrypts and verifies a message, judges it, and learns the correspondent's certificate from it. */
public final class OpenMessage {
    private final KeyAccess keys;
    private final KnownCertificates known;
    private final Judgement judgement;
    private final Harvest harvest;

    public OpenMessage(KeyAccess keys, KnownCertificates known, Judgement judgement, Harvest harvest) {
        this.keys = keys;
        this.known = known;
        this.judgement = judgement;
        this.harvest = harvest;
    }

    /** {@code offline}: no network for revocation and issuers. */
    public record Parameters(Content message, boolean offline) {}

    /** {@code content}: the clear message, null when it must not be shown. */
    public record Result(Verdict verdict, @Nullable Content content) {}

    /**
     * Opens. A client without the scope for decrypting gets a verdict with a failed lock, not a refusal.
     *
     * @throws Failure consent and PIN refusals; a broken message is a verdict
     */
    public Result run(Parameters parameters, Call call) throws Failure, IOException {
        MessageEnvelope envelope = MessageEnvelopeReader.read(parameters.message());
        KnownCertificates.Known about = known.of(envelope.from());
        boolean mayDecrypt = call.client().scopes().contains(Scope.DECRYPT);
        try (KeysOfCall bound = new KeysOfCall(keys, call.client(), Question.Purpose.DECRYPT, mayDecrypt, envelope)) {
            OpenedMessage opened =
                    MessageOpener.open(parameters.message(), bound, about.signers(), call.workspace(), call.progress());
            MessageFacts facts = bound.explain(opened.facts());
            Verdict verdict = judgement.judge(facts, about.issuers(), parameters.offline());
            if (judgement.isOrdinary()) {
                harvest.from(facts, verdict, envelope);
            }
            OpenedMessage.SignersForm signers = opened.signersForm();
            return new Result(verdict, signers != null && isBound(facts, verdict) ? signers.make() : opened.clear());
        }
    }

    /** Whether somebody trusted signed all of it under the protected From: then that sender is shown, not the outer. */
    private static boolean isBound(MessageFacts facts, Verdict verdict) {
        for (int i = 0; i < verdict.signers().size(); i++) {
            Verdict.Signer signer = verdict.signers().get(i);
            if (facts.signers().get(i).coversWhole()
                    && signer.integrity() == Verdict.Integrity.INTACT
                    && signer.chain().status() == Verdict.ChainStatus.TRUSTED
                    && signer.address() == Verdict.AddressMatch.MATCH
                    && !signer.findings().contains(Finding.ENCRYPTED_THEN_SIGNED)) {
                return true;
            }
        }
        return false;
    }
}
