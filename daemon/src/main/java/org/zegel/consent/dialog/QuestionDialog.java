package org.zegel.consent.dialog;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import org.zegel.consent.Answer;
import org.zegel.consent.ScopeNames;
import org.zegel.model.Scope;

/** A question with yes and no; for a pairing each scope can be left out. */
final class QuestionDialog extends PromptWindow {
    private final CompletableFuture<Answer> answer;
    private final Map<Scope, JCheckBox> scopes = new EnumMap<>(Scope.class);

    QuestionDialog(QuestionView view, Texts texts, CompletableFuture<Answer> answer) {
        super(texts.get("title"));
        this.answer = answer;
        headline(view.headline());
        note(view.lead());
        view.fields().forEach(field -> field(field.label(), field.value()));
        for (Scope scope : view.scopes()) {
            JCheckBox box = new JCheckBox(texts.get("scope." + ScopeNames.name(scope)), true);
            scopes.put(scope, box);
            line(box, false);
        }
        view.notices().forEach(notice -> note(notice.text()));
        button("forever", texts.get("button.forever"), () -> decide(Answer.Decision.DENY_FOREVER));
        JButton deny = button("deny", texts.get("button.deny"), this::refuse);
        if (view.mayLast()) {
            guardedButton("while", texts.get("button.while", view.yes()), () -> decide(Answer.Decision.FOR_A_WHILE));
        }
        guardedButton("once", view.yes(), () -> decide(Answer.Decision.ONCE));
        dialog().getRootPane().setDefaultButton(deny);
    }

    @Override
    void refuse() {
        decide(Answer.Decision.DENY);
    }

    private void decide(Answer.Decision decision) {
        Set<Scope> granted = scopes.entrySet().stream()
                .filter(entry -> entry.getValue().isSelected())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
        answer.complete(new Answer(decision, granted));
    }
}
