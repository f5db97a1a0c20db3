package org.zegel.consent.dialog;

import java.util.concurrent.CompletableFuture;
import javax.swing.ButtonGroup;
import javax.swing.JCheckBox;
import javax.swing.JRadioButton;
import org.zegel.consent.Choice;

/** Lets the person choose one of several; none is chosen beforehand. */
final class ChoiceDialog extends PromptWindow {
    private final CompletableFuture<Choice> answer;
    private final ButtonGroup group = new ButtonGroup();
    private final JCheckBox remember = new JCheckBox();
    private int chosen = -1;

    ChoiceDialog(ChoiceView view, Texts texts, CompletableFuture<Choice> answer) {
        super(texts.get("title"));
        this.answer = answer;
        headline(view.headline());
        note(view.lead());
        view.fields().forEach(field -> field(field.label(), field.value()));
        for (int i = 0; i < view.options().size(); i++) {
            option(i, view.options().get(i));
        }
        remember.putClientProperty("html.disable", true);
        remember.setText(view.remember());
        remember.setName("remember");
        line(remember, true);
        dialog().getRootPane().setDefaultButton(button("deny", texts.get("button.deny"), this::refuse));
        guardedButton("once", view.yes(), this::accept);
    }

    @Override
    void refuse() {
        answer.completeExceptionally(SecretRules.noChoice());
    }

    private void accept() {
        if (chosen >= 0) {
            answer.complete(new Choice(chosen, remember.isSelected()));
        }
    }

    private void option(int index, ChoiceView.Option option) {
        JRadioButton radio = new JRadioButton();
        radio.putClientProperty("html.disable", true);
        radio.setText(option.name());
        radio.setName("option-" + index);
        radio.addActionListener(event -> chosen = index);
        group.add(radio);
        line(radio, true);
        note(option.details());
    }
}
