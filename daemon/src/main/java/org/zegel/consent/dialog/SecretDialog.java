package org.zegel.consent.dialog;

import java.awt.Component;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import javax.swing.JButton;
import javax.swing.JPasswordField;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;
import org.zegel.consent.SecretQuestion;
import org.zegel.model.Secret;

/** Asks for a PIN or passphrase; a new passphrase twice. Enter means yes here: what is typed is itself the yes. */
final class SecretDialog extends PromptWindow {
    private static final int COLUMNS = 24;

    private final CompletableFuture<Secret> answer;
    private final Texts texts;
    private final boolean twice;
    private final WipedDocument typed = new WipedDocument();
    private final WipedDocument again = new WipedDocument();
    private final JPasswordField first = new JPasswordField(typed, "", COLUMNS);
    private final JPasswordField second = new JPasswordField(again, "", COLUMNS);
    private final WrappedText problem;
    private final StrengthBar strength;

    SecretDialog(SecretQuestion question, Texts texts, CompletableFuture<Secret> answer) {
        super(texts, SecretRules.headline(question, texts));
        this.answer = answer;
        this.texts = texts;
        this.twice = SecretRules.typedTwice(question);
        this.problem = new WrappedText(" ", page().textWidth());
        this.strength = new StrengthBar(texts);
        Sign sign = twice ? Sign.NEW_SECRET : Sign.SECRET;
        page().head(sign, SecretRules.headline(question, texts), texts.get("secret.for"));
        Facts facts = new Facts(texts);
        facts.caller(question.caller());
        page().facts(facts.fields());
        SecretRules.notices(question, texts).forEach(page()::notice);
        field(first, "secret", SecretRules.label(question, texts));
        if (twice) {
            page().add((Component) strength);
            field(second, "repeat", texts.get("secret.repeat"));
        }
        problem.setVisible(false);
        problem.setName("problem");
        problem.setForeground(Look.of(QuestionView.Level.DANGER));
        page().add((Component) problem);
        button("cancel", texts.get("button.cancel"), this::refuse)
                .getAccessibleContext()
                .setAccessibleDescription(SecretRules.label(question, texts));
        JButton ok = guarded(button("ok", texts.get("yes.secret"), this::accept), () -> typed.getLength() > 0);
        ok.getAccessibleContext().setAccessibleDescription(SecretRules.label(question, texts));
        dialog().getRootPane().setDefaultButton(ok);
        dialog().setFocusTraversalPolicy(new FirstFocus(first));
    }

    @Override
    void refuse() {
        answer.completeExceptionally(SecretRules.cancelled());
    }

    @Override
    void dismiss() {
        typed.wipe();
        again.wipe();
        super.dismiss();
    }

    private void field(JPasswordField field, String name, String label) {
        field.setName(name);
        field.getDocument().addDocumentListener(new Changed());
        page().labelled(label, field);
    }

    private void accept() {
        char[] secret = first.getPassword();
        if (secret.length == 0) {
            return;
        }
        char[] repeated = second.getPassword();
        String wrong = twice ? SecretRules.problem(secret, repeated, texts) : null;
        Arrays.fill(repeated, '\0');
        if (wrong != null) {
            Arrays.fill(secret, '\0');
            say(wrong);
            return;
        }
        Secret given = Secret.takeOver(secret);
        if (!answer.complete(given)) {
            given.close();
        }
    }

    private void say(String words) {
        problem.setVisible(true);
        problem.setText(words);
        problem.getAccessibleContext().setAccessibleName(words);
        fit();
    }

    private void measure() {
        arm();
        if (twice) {
            char[] now = first.getPassword();
            strength.display(now.length == 0 ? -1 : Strength.level(now));
            Arrays.fill(now, '\0');
        }
    }

    /** Whatever is typed or taken away. */
    private final class Changed implements DocumentListener {
        @Override
        public void insertUpdate(DocumentEvent event) {
            measure();
        }

        @Override
        public void removeUpdate(DocumentEvent event) {
            measure();
        }

        @Override
        public void changedUpdate(DocumentEvent event) {
            measure();
        }
    }
}
