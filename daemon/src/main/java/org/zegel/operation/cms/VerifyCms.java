package org.zegel.operation.cms;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.zegel.content.Content;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;
import org.zegel.model.Verdict;
import org.zegel.operation.Call;
import org.zegel.operation.Judgement;
import org.zegel.smime.open.CmsOpener;
import org.zegel.smime.OpenedMessage;

/** Verifies SignedData and judges its signers. */
public final class VerifyCms {
    private final CmsOpener opener;
    private final Judgement judgement;

    public VerifyCms(CmsOpener opener, Judgement judgement) {
        this.opener = opener;
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
        OpenedMessage opened = opener.verify(
                parameters.cms(), parameters.content(), parameters.from(), call.workspace(), call.progress());
        return new Result(judgement.judge(opened.facts(), parameters.offline()), opened.clear());
    }
}
