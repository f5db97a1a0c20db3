package org.zegel.consent.dialog;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPasswordField;
import org.zegel.consent.SecretQuestion;
import org.zegel.model.Secret;

/** Asks for a PIN or passphrase; a new passphrase twice. */
final class SecretDialog extends PromptWindow {
    private static final int COLUMNS = 24;

    private final CompletableFuture<Secret> answer;
    private final Texts texts;
    private final boolean twice;
    private final JPasswordField first = new JPasswordField(COLUMNS);
    private final JPasswordField second = new JPasswordField(COLUMNS);
    private final JLabel problem = plainLabel(" ");

    SecretDialog(SecretQuestion question, Texts texts, CompletableFuture<Secret> answer) {
        super(texts.get("title"));
        this.answer = answer;
        this.texts = texts;
        this.twice = SecretRules.typedTwice(question);
        String note = SecretRules.note(question, texts);
        if (!note.isEmpty()) {
            note(note);
        }
        first.setName("secret");
        second.setName("repeat");
        field(SecretRules.label(question, texts), first);
        if (twice) {
            field(texts.get("secret.repeat"), second);
        }
        line(problem, true);
        button("cancel", texts.get("button.cancel"), this::refuse);
        JButton ok = guardedButton("ok", texts.get("yes.secret"), this::accept);
        // Enter in the field means OK: what is typed is itself the yes.
        dialog().getRootPane().setDefaultButton(ok);
    }

    @Override
    void refuse() {
        answer.completeExceptionally(SecretRules.cancelled());
    }

    @Override
    void dismiss() {
        first.setText("");
        second.setText("");
        super.dismiss();
    }

    private void accept() {
        char[] typed = first.getPassword();
        if (typed.length == 0) {
            return;
        }
        char[] again = second.getPassword();
        String wrong = twice ? SecretRules.problem(typed, again, texts) : null;
        Arrays.fill(again, '\0');
        if (wrong != null) {
            Arrays.fill(typed, '\0');
            problem.setText(wrong);
            return;
        }
        Secret secret = Secret.takeOver(typed);
        if (!answer.complete(secret)) {
            secret.close();
        }
    }
}
