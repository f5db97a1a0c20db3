package org.zegel.consent.dialog;

import java.util.List;
import org.zegel.consent.Asking;
import org.zegel.consent.Grant;
import org.zegel.consent.PlannedChange;
import org.zegel.consent.ScopeNames;
import org.zegel.model.Scope;

/** A change in words: one sentence of ours, and the facts that it is about. */
final class ChangeWords {
    private final Texts texts;
    private final Facts facts;

    /** Characters of a path in one line. */
    private static final int PATH_LINE = 100;

    ChangeWords(Texts texts, Facts facts) {
        this.texts = texts;
        this.facts = facts;
    }

    void add(PlannedChange change) {
        switch (change) {
            case PlannedChange.ImportIdentity into -> {
                what("import-identity");
                facts.add("store", into.store());
            }
            case PlannedChange.RemoveIdentity gone -> {
                what("remove-identity");
                facts.add("store", gone.store());
                facts.certificate(gone.certificate());
            }
            case PlannedChange.ChangePassphrase of -> {
                what("change-passphrase");
                facts.add("store", of.store());
            }
            case PlannedChange.AddModule module -> {
                what("add-module");
                path(module.path());
            }
            case PlannedChange.RemoveModule module -> {
                what("remove-module");
                path(module.path());
            }
            case PlannedChange.KeepCertificates keep -> {
                facts.add("change", texts.get("change.keep-certificates", keep.more()));
                facts.certificate(keep.certificate());
            }
            case PlannedChange.ForgetCertificate forget -> {
                what("forget-certificate");
                facts.certificate(forget.certificate());
            }
            case PlannedChange.TakeBackTrust back -> {
                what("take-back-" + QuestionView.word(back.decided()));
                facts.certificate(back.certificate());
            }
            case PlannedChange.WidenGrant widen -> {
                what("widen-grant");
                grant(widen);
            }
            case PlannedChange.ForgetRefusals() -> what("forget-refusals");
        }
    }

    /** What is to be minded before it is allowed. */
    static List<QuestionView.Notice> notices(PlannedChange change, Texts texts) {
        if (change instanceof PlannedChange.KeepCertificates keep) {
            return new CertificateWords(texts)
                    .ageNotice(keep.certificate()).stream().toList();
        }
        if (change instanceof PlannedChange.AddModule) {
            return List.of(new QuestionView.Notice(QuestionView.Level.DANGER, texts.get("warning.module")));
        }
        if (change instanceof PlannedChange.RemoveIdentity gone) {
            return List.of(new QuestionView.Notice(
                    QuestionView.Level.DANGER,
                    texts.get(gone.reads() ? "warning.remove-reading-key" : "warning.remove-key")));
        }
        boolean silent = change instanceof PlannedChange.WidenGrant widen
                && widen.grant().asking().kind() == Asking.Kind.NEVER
                && widen.grant().scopes().stream().anyMatch(scope -> scope == Scope.SIGN || scope == Scope.DECRYPT);
        return silent
                ? List.of(new QuestionView.Notice(QuestionView.Level.DANGER, texts.get("warning.never-asked")))
                : List.of();
    }

    /** Whole, in as many lines as it takes: its end says which file it is. */
    private void path(String path) {
        int length = path.codePointCount(0, path.length());
        for (int from = 0; from < length; from += PATH_LINE) {
            int begin = path.offsetByCodePoints(0, from);
            int end = path.offsetByCodePoints(begin, Math.min(PATH_LINE, length - from));
            facts.add("module", path.substring(begin, end));
        }
    }

    private void what(String key) {
        facts.add("change", texts.get("change." + key));
    }

    private void grant(PlannedChange.WidenGrant widen) {
        Grant grant = widen.grant();
        facts.add("grant.client", widen.client());
        if (widen.origin() != null) {
            facts.add("grant.client", widen.origin());
        }
        grant.scopes().stream()
                .sorted()
                .forEach(scope -> facts.add("grant.scopes", texts.get("right." + ScopeNames.name(scope))));
        facts.add(
                "grant.keys",
                grant.identities() == null
                        ? texts.get("grant.keys.all")
                        : texts.get("grant.keys.some", grant.identities().size()));
        facts.add("grant.asking", asking(grant.asking()));
        facts.add(
                "grant.until",
                grant.expiresAt() == null
                        ? texts.get("grant.until.none")
                        : new CertificateWords(texts).day(grant.expiresAt()));
    }

    private String asking(Asking asking) {
        String key = "grant.asking." + QuestionView.word(asking.kind());
        return asking.kind() == Asking.Kind.MINUTES
                ? texts.get(key, asking.period().toMinutes())
                : texts.get(key);
    }
}
