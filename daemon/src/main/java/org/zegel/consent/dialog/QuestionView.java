package org.zegel.consent.dialog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.consent.ConsentService;
import org.zegel.consent.HostileText;
import org.zegel.consent.Question;
import org.zegel.model.Caller;
import org.zegel.model.Identity;
import org.zegel.model.Scope;

/**
 * A question in words, the same for display and terminal. Values are already safe to show.
 *
 * @param scopes what may be granted one by one; empty but for a pairing
 */
record QuestionView(
        String headline, List<Field> fields, @Nullable String warning, List<Scope> scopes, boolean mayLast) {
    private static final int LINE = 120;
    private static final int MAX_RECIPIENTS = 8;

    /** A label of ours and a value that may be hostile. */
    record Field(String label, String value) {}

    static QuestionView of(Question question, Texts texts) {
        List<Field> fields = new ArrayList<>();
        switch (question) {
            case Question.Pairing pairing -> {
                add(fields, texts, "claims", pairing.clientName());
                addCaller(fields, texts, pairing.caller());
                add(
                        fields,
                        texts,
                        "code",
                        pairing.code().substring(0, 3) + " " + pairing.code().substring(3));
                List<Scope> scopes = pairing.scopes().stream().sorted().toList();
                return new QuestionView(
                        texts.get("headline.pairing"), fields, texts.get("warning.pairing"), scopes, false);
            }
            case Question.KeyUse use -> {
                String purpose = use.purpose().name().toLowerCase(Locale.ROOT).replace('_', '-');
                add(fields, texts, "client", use.clientName());
                addCaller(fields, texts, use.caller());
                add(fields, texts, "identity", describe(use.identity()));
                if (use.subject() != null) {
                    add(fields, texts, "subject", use.subject());
                }
                use.recipients().stream()
                        .limit(MAX_RECIPIENTS)
                        .forEach(recipient -> add(fields, texts, "recipients", recipient));
                if (use.recipients().size() > MAX_RECIPIENTS) {
                    add(fields, texts, "recipients", "+ " + (use.recipients().size() - MAX_RECIPIENTS));
                }
                return new QuestionView(
                        texts.get("headline." + purpose),
                        fields,
                        warning(use.purpose(), texts),
                        List.of(),
                        ConsentService.mayBeRemembered(use.purpose()));
            }
            case Question.Change change -> {
                add(fields, texts, "client", change.clientName());
                addCaller(fields, texts, change.caller());
                fields.add(new Field(texts.get("change"), HostileText.shown(change.what(), 5 * LINE)));
                return new QuestionView(texts.get("headline.change"), fields, null, List.of(), false);
            }
        }
    }

    /** The scopes that an answer without choosing among them grants. */
    Set<Scope> allScopes() {
        return Set.copyOf(scopes);
    }

    private static @Nullable String warning(Question.Purpose purpose, Texts texts) {
        return switch (purpose) {
            case SIGN, DECRYPT -> null;
            case SIGN_RAW, DECRYPT_RAW -> texts.get("warning.raw");
            case EXPORT -> texts.get("warning.export");
            case CHANGE -> throw new IllegalArgumentException("a change uses no key");
        };
    }

    private static void addCaller(List<Field> fields, Texts texts, Caller caller) {
        if (caller.origin() != null) {
            add(fields, texts, "caller.origin", caller.origin());
        } else if (caller.program() != null) {
            add(fields, texts, "caller.program", caller.program());
        } else {
            add(fields, texts, "caller.origin", texts.get("caller.unknown"));
        }
    }

    private static String describe(Identity identity) {
        return identity.certificate().getSubjectX500Principal().getName();
    }

    private static void add(List<Field> fields, Texts texts, String key, String value) {
        fields.add(new Field(texts.get(key), HostileText.shown(value, LINE)));
    }
}
