package org.zegel.operation.cms;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.consent.Question;
import org.zegel.content.Content;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;
import org.zegel.model.MessageFacts;
import org.zegel.model.Verdict;
import org.zegel.operation.Call;
import org.zegel.operation.Judgement;
import org.zegel.operation.KeyAccess;
import org.zegel.operation.KeysOfCall;
import org.zegel.operation.KnownCertificates;
import org.zegel.smime.OpenedMessage;
import org.zegel.smime.open.CmsOpener;

/** Verifies SignedData and judges its signers. Uses no key: encrypted data is not opened. */
public final class VerifyCms {
    private final KeyAccess keys;
    private final KnownCertificates known;
    private final Judgement judgement;

    public VerifyCms(KeyAccess keys, KnownCertificates known, Judgement judgement) {
        this.keys = keys;
        this.known = known;
        this.judgement = judgement;
    }

    /**
     * What to verify.
     *
     * @param content the detached content; null when it is inside
     * @param from the address to match; null leaves the address unjudged
     */
    public record Parameters(
            Content cms,
            @Nullable Content content,
            @Nullable EmailAddress from,
            boolean offline) {}

    /** {@code content}: what was inside, null when it was detached or must not be shown. */
    public record Result(Verdict verdict, @Nullable Content content) {}

    public Result run(Parameters parameters, Call call) throws Failure, IOException {
        EmailAddress from = parameters.from();
        KnownCertificates.Known about = known.of(from == null ? List.of() : List.of(from));
        try (KeysOfCall none = new KeysOfCall(keys, call.client(), Question.Purpose.DECRYPT_RAW, false, null)) {
            OpenedMessage opened = CmsOpener.open(
                    parameters.cms(), parameters.content(), none, about.signers(), call.workspace(), call.progress());
            MessageFacts facts = none.explain(opened.facts());
            Content clear = opened.clear();
            return new Result(
                    judgement.judge(
                            from == null ? facts : withFrom(facts, from), about.issuers(), parameters.offline()),
                    clear == parameters.content() ? null : clear);
        }
    }

    private static MessageFacts withFrom(MessageFacts facts, EmailAddress from) {
        return new MessageFacts(
                facts.signers(),
                facts.lock(),
                facts.layers(),
                facts.headers(),
                List.of(from.toString()),
                facts.protectedFrom(),
                facts.addresses(),
                facts.decryptedWith(),
                facts.findings());
    }
}
