package org.zegel.operation.cms;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.consent.Question;
import org.zegel.content.Content;
import org.zegel.model.Failure;
import org.zegel.model.Verdict;
import org.zegel.operation.Call;
import org.zegel.operation.Judgement;
import org.zegel.operation.KeyAccess;
import org.zegel.operation.KeysOfCall;
import org.zegel.operation.KnownCertificates;
import org.zegel.smime.OpenedMessage;
import org.zegel.smime.open.CmsOpener;

/** Opens EnvelopedData or AuthEnvelopedData, by the release rules of opening a message. */
public final class DecryptCms {
    private final KeyAccess keys;
    private final KnownCertificates known;
    private final Judgement judgement;

    public DecryptCms(KeyAccess keys, KnownCertificates known, Judgement judgement) {
        this.keys = keys;
        this.known = known;
        this.judgement = judgement;
    }

    public record Parameters(Content cms, boolean offline) {}

    /** {@code content}: the clear bytes, null when they must not be shown. */
    public record Result(Verdict verdict, @Nullable Content content) {}

    public Result run(Parameters parameters, Call call) throws Failure, IOException {
        KnownCertificates.Known about = known.of(List.of());
        try (KeysOfCall bound = new KeysOfCall(keys, call.client(), Question.Purpose.DECRYPT_RAW, true, null)) {
            OpenedMessage opened =
                    CmsOpener.open(parameters.cms(), null, bound, about.signers(), call.workspace(), call.progress());
            return new Result(judgement.judge(opened.facts(), about.issuers(), parameters.offline()), opened.clear());
        }
    }
}
