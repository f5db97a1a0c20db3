package org.zegel.consent.dialog;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.consent.HostileText;
import org.zegel.consent.Question;
import org.zegel.model.Caller;
import org.zegel.model.CertificateSummaries;
import org.zegel.model.CertificateSummary;
import org.zegel.model.Door;

/** Collects the facts of a question. Whatever a stranger may have written is made safe here, and nowhere else. */
final class Facts {
    private static final int LINE = 120;

    /** Longest text of a stranger inside a sentence of ours, in characters. */
    private static final int IN_SENTENCE = 48;

    private static final int MAX_PEOPLE = 6;
    private static final int MAX_ADDRESSES = 5;
    private static final String HTTPS = "https://";

    private final Texts texts;
    private final CertificateWords words;
    private final List<QuestionView.Field> fields = new ArrayList<>();

    Facts(Texts texts) {
        this.texts = texts;
        this.words = new CertificateWords(texts);
    }

    List<QuestionView.Field> fields() {
        return fields;
    }

    void add(String key, String value) {
        add(key, value, QuestionView.Style.PLAIN);
    }

    void add(String key, String value, QuestionView.Style style) {
        fields.add(new QuestionView.Field(texts.get(key), HostileText.shown(value, LINE), style));
    }

    /** Who asks, for a sentence: what the door knows, else what the client calls itself. */
    String who(Caller caller, String clientName) {
        String origin = caller.origin();
        return origin != null && origin.startsWith(HTTPS)
                ? HostileText.inSentence(origin.substring(HTTPS.length()), IN_SENTENCE)
                : "\u201c" + HostileText.inSentence(clientName, IN_SENTENCE) + "\u201d";
    }

    /** A paired client: its name, and what the door knows of it. */
    void client(Caller caller, String clientName) {
        add("client", clientName);
        caller(caller);
    }

    /** What the door and the system know of the caller; what they do not know is said as well. */
    void caller(Caller caller) {
        if (caller.extensionName() != null) {
            add("caller.extension", caller.extensionName());
        }
        if (caller.origin() != null) {
            add("caller.origin", caller.origin());
        } else if (caller.program() != null) {
            add("caller.program", caller.program());
        } else {
            add("caller.origin", texts.get("caller.unknown"));
        }
        if (caller.browser() != null) {
            add("caller.browser", caller.browser());
        }
    }

    /** Whether nobody but the caller itself says who it is, where the system could have told. */
    static boolean isUnconfirmed(Caller caller) {
        return caller.door() != Door.HTTP && !caller.isConfirmed();
    }

    void message(Question.About about, Question.Purpose purpose) {
        if (about.subject() != null) {
            add("subject", about.subject());
        } else if (purpose == Question.Purpose.DECRYPT) {
            add("subject", texts.get("subject.inside"));
        }
        if (about.from() != null) {
            add(purpose == Question.Purpose.DECRYPT ? "from.claimed" : "from", about.from());
        }
        people("recipients", about.recipients());
    }

    void key(X509Certificate certificate) {
        add("key", words.name(certificate));
        add("key.issuer", words.issuedBy(certificate));
    }

    void certificate(X509Certificate certificate) {
        CertificateSummary summary = CertificateSummaries.of(certificate);
        add("certificate.subject", summary.subject());
        List<String> addresses = summary.addresses();
        if (!addresses.isEmpty()) {
            String more = addresses.size() > MAX_ADDRESSES
                    ? " " + texts.get("and-more", addresses.size() - MAX_ADDRESSES)
                    : "";
            addresses.stream().limit(MAX_ADDRESSES - 1L).forEach(address -> add("certificate.address", address));
            addresses.stream()
                    .skip(MAX_ADDRESSES - 1L)
                    .limit(1)
                    .forEach(address -> add("certificate.address", address + more));
        }
        add(
                "certificate.issuer",
                words.isSelfSigned(certificate) ? texts.get("certificate.self-signed") : summary.issuer());
        add("certificate.validity", words.validity(certificate));
        add("certificate.key", summary.keyAlgorithm() + " " + summary.keyBits());
        add("certificate.fingerprint", CertificateWords.fingerprint(certificate), QuestionView.Style.DIGITS);
    }

    /** The sentence that says who wants a key used, for how many people, and as whom. */
    String keyUseLead(Question.KeyUse use) {
        String people = texts.get("lead.people", use.recipients().size());
        @Nullable String from = use.about().from();
        String as = from == null ? "" : texts.get("lead.as", HostileText.inSentence(from, IN_SENTENCE));
        return texts.get("lead." + QuestionView.word(use.purpose()), who(use.caller(), use.clientName()), people, as);
    }

    private void people(String key, List<String> people) {
        int shown = people.size() > MAX_PEOPLE ? MAX_PEOPLE - 1 : people.size();
        people.stream().limit(shown).forEach(one -> add(key, one));
        if (people.size() > shown) {
            add(key, texts.get("and-more", people.size() - shown));
        }
    }
}
