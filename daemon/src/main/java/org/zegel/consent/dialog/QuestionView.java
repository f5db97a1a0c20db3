package org.zegel.consent.dialog;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.zegel.consent.PolicyNote;
import org.zegel.consent.Question;
import org.zegel.model.KebabCase;
import org.zegel.model.Scope;

/**
 * A question in words, the same for display and terminal. Values are already safe to show.
 *
 * @param lead one sentence: who wants what
 * @param scopes what may be granted one by one; empty but for a pairing
 * @param yes the verb on the button that allows
 */
record QuestionView(
        Sign sign,
        String headline,
        String lead,
        List<Field> fields,
        List<Notice> notices,
        List<Scope> scopes,
        String yes,
        Lasting lasting) {
    QuestionView {
        fields = List.copyOf(fields);
        notices = List.copyOf(notices);
        scopes = List.copyOf(scopes);
    }

    /** The words for a yes that is remembered for a while, and for good; null where that is not offered. */
    record Lasting(@Nullable String aWhile, @Nullable String always) {
        static final Lasting NONE = new Lasting(null, null);
    }

    /** A label of ours and a value that may be hostile. */
    record Field(String label, String value, Style style) {
        Field(String label, String value) {
            this(label, value, Style.PLAIN);
        }
    }

    /** How a value is written. */
    enum Style {
        PLAIN,
        /** Large, to be compared with what another screen shows. */
        CODE,
        /** Every digit as wide as the next. */
        DIGITS
    }

    /** Something to mind, in our own words. */
    record Notice(Level level, String text) {}

    /** How much it is to be minded. */
    enum Level {
        /** Good to know. */
        INFO,
        /** What the organisation decided. */
        POLICY,
        /** Think before going on. */
        WARNING,
        /** A wrong yes does lasting harm. */
        DANGER
    }

    static QuestionView of(Question question, Texts texts) {
        Facts facts = new Facts(texts);
        return switch (question) {
            case Question.Pairing pairing -> pairing(pairing, facts, texts);
            case Question.KeyUse use -> keyUse(use, facts, texts);
            case Question.Change change -> change(change, facts, texts);
            case Question.TrustCertificate trust -> trust(trust, facts, texts);
            case Question.PinAtReader pin -> pinAtReader(pin, facts, texts);
        };
    }

    /** Whether a no that lasts is offered: a change is asked for anew each time. */
    boolean mayRefuseForGood() {
        return switch (sign) {
            case PAIRING, SIGN, DECRYPT, EXPORT -> true;
            case CHANGE, TRUST, DISTRUST, SECRET, NEW_SECRET, IDENTITY, CERTIFICATE -> false;
        };
    }

    /** Whether a yes for a while is offered. */
    boolean mayLast() {
        return lasting.aWhile() != null;
    }

    /** The scopes that an answer without choosing among them grants. */
    Set<Scope> allScopes() {
        return Set.copyOf(scopes);
    }

    private static QuestionView pairing(Question.Pairing pairing, Facts facts, Texts texts) {
        facts.add("claims", pairing.clientName());
        facts.caller(pairing.caller());
        String who = facts.who(pairing.caller(), pairing.clientName());
        String code = pairing.code();
        facts.add("code", code.substring(0, code.length() / 2) + " " + code.substring(code.length() / 2), Style.CODE);
        return new QuestionView(
                Sign.PAIRING,
                texts.get("headline.pairing"),
                texts.get("lead.pairing", who),
                facts.fields(),
                notices(pairing.notes(), who, texts, pairingWarnings(pairing, texts)),
                pairing.scopes().stream().sorted().toList(),
                texts.get("yes.pairing"),
                Lasting.NONE);
    }

    private static QuestionView keyUse(Question.KeyUse use, Facts facts, Texts texts) {
        String purpose = word(use.purpose());
        String who = facts.who(use.caller(), use.clientName());
        facts.message(use.about(), use.purpose());
        facts.key(use.identity().certificate());
        facts.client(use.caller(), use.clientName());
        return new QuestionView(
                sign(use.purpose()),
                texts.get("headline." + purpose),
                facts.keyUseLead(use),
                facts.fields(),
                notices(use.notes(), who, texts, useNotices(use, who, texts)),
                List.of(),
                texts.get("yes." + purpose),
                lasting(use, purpose, texts));
    }

    private static QuestionView change(Question.Change change, Facts facts, Texts texts) {
        new ChangeWords(texts, facts).add(change.what());
        facts.client(change.caller(), change.clientName());
        return new QuestionView(
                Sign.CHANGE,
                texts.get("headline.change"),
                texts.get("lead.change", facts.who(change.caller(), change.clientName())),
                facts.fields(),
                ChangeWords.notices(change.what(), texts),
                List.of(),
                texts.get("yes.change"),
                Lasting.NONE);
    }

    private static QuestionView trust(Question.TrustCertificate trust, Facts facts, Texts texts) {
        String reliance = word(trust.reliance());
        facts.certificate(trust.certificate());
        facts.client(trust.caller(), trust.clientName());
        List<Notice> notices = new ArrayList<>();
        notices.add(new Notice(Level.INFO, texts.get("trusted-for." + reliance)));
        if (trust.reliance() != Question.Reliance.NEVER) {
            new CertificateWords(texts).ageNotice(trust.certificate()).ifPresent(notices::add);
        }
        switch (trust.reliance()) {
            case AUTHORITY -> notices.add(new Notice(Level.DANGER, texts.get("warning.trust-authority")));
            case PERSON, RECIPIENT -> notices.add(new Notice(Level.WARNING, texts.get("warning.trust-person")));
            case NEVER -> {}
        }
        return new QuestionView(
                trust.reliance() == Question.Reliance.NEVER ? Sign.DISTRUST : Sign.TRUST,
                texts.get("headline.trust-" + reliance),
                texts.get("lead.trust-" + reliance, facts.who(trust.caller(), trust.clientName())),
                facts.fields(),
                notices,
                List.of(),
                texts.get("yes.trust-" + reliance),
                Lasting.NONE);
    }

    private static QuestionView pinAtReader(Question.PinAtReader pin, Facts facts, Texts texts) {
        facts.add("store", pin.storeName());
        facts.client(pin.caller(), pin.clientName());
        List<Notice> notices = new ArrayList<>();
        if (pin.previousWrong()) {
            notices.add(new Notice(Level.WARNING, texts.get("secret.wrong")));
        }
        if (pin.lastTry()) {
            notices.add(new Notice(Level.DANGER, texts.get("secret.last-try")));
        }
        return new QuestionView(
                Sign.SECRET,
                texts.get("headline.pin-at-reader"),
                texts.get("lead.pin-at-reader"),
                facts.fields(),
                notices,
                List.of(),
                texts.get("yes.pin-at-reader"),
                Lasting.NONE);
    }

    private static Lasting lasting(Question.KeyUse use, String purpose, Texts texts) {
        Question.Lasting may = use.lasting();
        boolean aWhile = !may.period().isZero() && !may.everyYes();
        return new Lasting(
                aWhile ? texts.get("while." + purpose, may.period().toMinutes()) : null,
                may.always() ? texts.get("always." + purpose) : null);
    }

    private static Notice[] useNotices(Question.KeyUse use, String who, Texts texts) {
        Question.Lasting lasting = use.lasting();
        Stream<Notice> every = lasting.everyYes()
                ? Stream.of(new Notice(
                        Level.INFO, texts.get("every-yes", lasting.period().toMinutes(), who)))
                : Stream.empty();
        X509Certificate certificate = use.identity().certificate();
        CertificateWords words = new CertificateWords(texts);
        return Stream.of(warnings(use.purpose(), who, texts), age(use.purpose(), certificate, words).stream(), every)
                .flatMap(each -> each)
                .toArray(Notice[]::new);
    }

    private static Optional<Notice> age(Question.Purpose purpose, X509Certificate certificate, CertificateWords words) {
        return switch (purpose) {
            case SIGN, SIGN_RAW -> words.ageNotice(certificate);
            case DECRYPT, DECRYPT_RAW, EXPORT, CHANGE -> words.readingNotice(certificate);
        };
    }

    private static Sign sign(Question.Purpose purpose) {
        return switch (purpose) {
            case SIGN, SIGN_RAW -> Sign.SIGN;
            case DECRYPT, DECRYPT_RAW -> Sign.DECRYPT;
            case EXPORT -> Sign.EXPORT;
            case CHANGE -> throw new IllegalArgumentException("a change uses no key");
        };
    }

    private static Notice[] pairingWarnings(Question.Pairing pairing, Texts texts) {
        Notice code = new Notice(Level.WARNING, texts.get("warning.pairing"));
        return Facts.isUnconfirmed(pairing.caller())
                ? new Notice[] {code, new Notice(Level.WARNING, texts.get("warning.unconfirmed"))}
                : new Notice[] {code};
    }

    private static Stream<Notice> warnings(Question.Purpose purpose, String who, Texts texts) {
        return switch (purpose) {
            case SIGN, DECRYPT -> Stream.empty();
            case SIGN_RAW, DECRYPT_RAW -> Stream.of(new Notice(Level.WARNING, texts.get("warning.raw", who)));
            case EXPORT -> Stream.of(new Notice(Level.DANGER, texts.get("warning.export")));
            case CHANGE -> throw new IllegalArgumentException("a change uses no key");
        };
    }

    private static List<Notice> notices(Set<PolicyNote> notes, String who, Texts texts, Notice... own) {
        return Stream.concat(
                        Stream.of(own),
                        notes.stream()
                                .sorted()
                                .map(note -> new Notice(Level.POLICY, texts.get("policy." + word(note), who))))
                .toList();
    }

    static String word(Enum<?> constant) {
        return KebabCase.of(constant);
    }
}
