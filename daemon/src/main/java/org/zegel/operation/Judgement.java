package org.zegel.operation;

import org.zegel.model.Failure;
import org.zegel.model.MessageFacts;
import org.zegel.model.Verdict;
import org.zegel.trust.Trust;
import org.zegel.trust.TrustOptions;

/** Judges facts by the configured trust, changed by what a command line named for its own calls. */
public final class Judgement {
    private final Trust trust;
    private final TrustOptions base;

    public Judgement(Trust trust, TrustOptions base) {
        this.trust = trust;
        this.base = base;
    }

    public Verdict judge(MessageFacts facts, boolean offline) throws Failure {
        return trust.judge(facts, options(offline));
    }

    public TrustOptions options(boolean offline) {
        return new TrustOptions(
                base.anchors(), base.certificates(), base.crls(), base.at(), base.offline() || offline);
    }

    /** Whether messages are judged by the person's own anchors at the present time: only such verdicts teach. */
    public boolean isOrdinary() {
        return base.anchors() == null && base.at() == null;
    }
}
