package org.zegel.consent.dialog;

import java.awt.GridLayout;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JPanel;
import javax.swing.SwingConstants;
import org.jspecify.annotations.Nullable;
import org.zegel.consent.Answer;
import org.zegel.consent.ScopeNames;
import org.zegel.model.Scope;

/**
 * A question with yes and no; for a pairing each scope can be left out. Answers that last are behind one more click.
 * Enter means no.
 */
final class QuestionDialog extends PromptWindow {
    private final CompletableFuture<Answer> answer;
    private final Map<Scope, JCheckBox> scopes = new EnumMap<>(Scope.class);
    private final JPanel more = new JPanel(new GridLayout(0, 1, 0, Look.scaled(Look.GAP / 2)));

    QuestionDialog(QuestionView view, Texts texts, CompletableFuture<Answer> answer) {
        super(texts, view.headline());
        this.answer = answer;
        page().head(view.sign(), view.headline(), view.lead());
        page().facts(view.fields());
        if (!view.scopes().isEmpty()) {
            page().subhead(texts.get("scopes.tick"));
        }
        for (Scope scope : view.scopes()) {
            JCheckBox box = new JCheckBox("", true);
            box.setName("scope-" + ScopeNames.name(scope));
            box.addActionListener(event -> arm());
            scopes.put(scope, box);
            page().toggle(box, texts.get("scope." + ScopeNames.name(scope)), "", null);
        }
        view.notices().forEach(page()::notice);
        if (view.mayRefuseForGood()) {
            describe(button("more", texts.get("button.more"), this::showMore), "");
        }
        JButton deny = button("deny", texts.get("button.deny"), this::refuse);
        JButton yes = guarded(button("once", view.yes(), () -> decide(Answer.Decision.ONCE)), this::grantsSomething);
        describe(yes, view.lead());
        describe(deny, view.headline() + " " + view.lead());
        lasting(view, texts);
        dialog().getRootPane().setDefaultButton(deny);
        dialog().setFocusTraversalPolicy(new FirstFocus(deny));
    }

    @Override
    void refuse() {
        decide(Answer.Decision.DENY);
    }

    private void lasting(QuestionView view, Texts texts) {
        more.setBorder(Look.space(0, 2 * Look.GAP, 2 * Look.GAP, 2 * Look.GAP));
        more.setVisible(false);
        lasting("while", view.lasting().aWhile(), Answer.Decision.FOR_A_WHILE);
        lasting("always", view.lasting().always(), Answer.Decision.ALWAYS);
        more.add(made("forever", texts.get("button.forever"), () -> decide(Answer.Decision.DENY_FOREVER)));
        for (java.awt.Component each : more.getComponents()) {
            ((JButton) each).setHorizontalAlignment(SwingConstants.LEADING);
            describe((JButton) each, view.headline());
        }
        below(more);
    }

    private void lasting(String name, @Nullable String words, Answer.Decision decision) {
        if (words != null) {
            more.add(guarded(made(name, words, () -> decide(decision)), more::isVisible));
        }
    }

    /** What comes under the pointer by this waits as a new window's buttons do. */
    private void showMore() {
        more.setVisible(!more.isVisible());
        guard().restart();
        fit();
    }

    private boolean grantsSomething() {
        return scopes.isEmpty() || scopes.values().stream().anyMatch(JCheckBox::isSelected);
    }

    private static void describe(JButton button, String description) {
        button.getAccessibleContext().setAccessibleDescription(description);
    }

    private void decide(Answer.Decision decision) {
        Set<Scope> granted = scopes.entrySet().stream()
                .filter(entry -> entry.getValue().isSelected())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
        answer.complete(new Answer(decision, granted));
    }
}
