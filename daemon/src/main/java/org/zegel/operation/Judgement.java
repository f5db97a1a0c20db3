package org.zegel.operation;

import java.security.cert.X509Certificate;
import java.util.List;
import org.zegel.model.Identity;
import org.zegel.model.MessageFacts;
import org.zegel.model.Verdict;
import org.zegel.store.KeyUses;
import org.zegel.trust.CertificatePurpose;
import org.zegel.trust.Trust;
import org.zegel.trust.TrustOptions;

/** Judges by the configured trust, changed by what a command line named for its own calls. */
public final class Judgement {
    private final Trust trust;
    private final TrustOptions base;

    public Judgement(Trust trust, TrustOptions base) {
        this.trust = trust;
        this.base = base;
    }

    /** The verdict on a message's facts, with the help of issuers that are known from elsewhere. */
    public Verdict judge(MessageFacts facts, List<X509Certificate> issuers, boolean offline) {
        return trust.judge(facts, options(offline).with(issuers));
    }

    /** The path of one certificate, with the help of others. */
    public Verdict.Chain chain(X509Certificate certificate, List<X509Certificate> others) {
        boolean signs = KeyUses.of(certificate).contains(Identity.KeyUse.SIGN);
        CertificatePurpose purpose = signs ? CertificatePurpose.SIGN_MAIL : CertificatePurpose.ENCRYPT_MAIL;
        return trust.chain(certificate, others, List.of(), options(false), purpose);
    }

    /** Whether messages are judged by the person's own anchors at the present time: only such verdicts teach. */
    public boolean isOrdinary() {
        return base.anchors() == null && base.at() == null;
    }

    /** What this process's calls are judged by. */
    public TrustOptions options(boolean offline) {
        return new TrustOptions(base.anchors(), base.certificates(), base.crls(), base.at(), base.offline() || offline);
    }
}
