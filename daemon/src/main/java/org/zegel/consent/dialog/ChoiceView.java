package org.zegel.consent.dialog;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.consent.ChoiceQuestion;
import org.zegel.consent.HostileText;
import org.zegel.model.Identity;

/**
 * A choice in words, the same for display and terminal. Values are already safe to show.
 *
 * @param remember what the box says with which the choice is kept
 */
record ChoiceView(
        Sign sign,
        String headline,
        String lead,
        List<QuestionView.Field> fields,
        List<Option> options,
        String remember,
        String yes) {
    private static final int LINE = 120;
    private static final int IN_SENTENCE = 64;

    ChoiceView {
        fields = List.copyOf(fields);
        options = List.copyOf(options);
    }

    /** One that can be chosen. @param notice what is to be minded of it, where there is something */
    record Option(String name, String details, QuestionView.@Nullable Notice notice) {}

    static ChoiceView of(ChoiceQuestion question, Texts texts) {
        Facts facts = new Facts(texts);
        String address = HostileText.inSentence(question.address(), IN_SENTENCE);
        String who = facts.who(question.caller(), question.clientName());
        return switch (question) {
            case ChoiceQuestion.ChooseIdentity choose -> {
                if (choose.subject() != null) {
                    facts.add("subject", choose.subject());
                }
                facts.client(choose.caller(), choose.clientName());
                yield new ChoiceView(
                        Sign.IDENTITY,
                        texts.get("headline.choose-identity"),
                        texts.get("lead.choose-identity", who, address),
                        facts.fields(),
                        options(
                                choose.identities().stream()
                                        .map(Identity::certificate)
                                        .toList(),
                                texts),
                        texts.get("remember.choose-identity", address),
                        texts.get("yes.choose"));
            }
            case ChoiceQuestion.ChooseCertificate choose -> {
                facts.client(choose.caller(), choose.clientName());
                yield new ChoiceView(
                        Sign.CERTIFICATE,
                        texts.get("headline.choose-certificate"),
                        texts.get("lead.choose-certificate", who, address),
                        facts.fields(),
                        options(choose.certificates(), texts),
                        texts.get("remember.choose-certificate", address),
                        texts.get("yes.choose"));
            }
        };
    }

    private static List<Option> options(List<X509Certificate> certificates, Texts texts) {
        CertificateWords words = new CertificateWords(texts);
        return certificates.stream()
                .map(one -> new Option(
                        HostileText.shown(words.name(one), LINE),
                        HostileText.shown(words.issuedBy(one), LINE) + "; SHA-256 "
                                + CertificateWords.fingerprint(one).substring(0, 19) + "\u2026",
                        words.ageNotice(one).orElse(null)))
                .toList();
    }
}
