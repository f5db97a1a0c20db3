package org.zegel.consent.dialog;

import java.util.concurrent.CompletableFuture;
import javax.swing.ButtonGroup;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JRadioButton;
import org.zegel.consent.Choice;

/** Lets the person choose one of several; none is chosen beforehand. Enter takes what was chosen, once it was. */
final class ChoiceDialog extends PromptWindow {
    private final CompletableFuture<Choice> answer;
    private final ButtonGroup group = new ButtonGroup();
    private final JCheckBox remember = new JCheckBox();
    private int chosen = -1;

    ChoiceDialog(ChoiceView view, Texts texts, CompletableFuture<Choice> answer) {
        super(texts, view.headline());
        this.answer = answer;
        page().head(view.sign(), view.headline(), view.lead());
        page().facts(view.fields());
        for (int i = 0; i < view.options().size(); i++) {
            option(i, view.options().get(i));
        }
        remember.setName("remember");
        page().toggle(remember, view.remember(), "", null);
        JButton none = button("deny", texts.get("button.cancel"), this::refuse);
        JButton yes = guarded(button("once", view.yes(), this::accept), () -> chosen >= 0);
        none.getAccessibleContext().setAccessibleDescription(view.headline() + " " + view.lead());
        yes.getAccessibleContext().setAccessibleDescription(view.lead());
        dialog().getRootPane().setDefaultButton(yes);
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
        radio.setName("option-" + index);
        radio.addActionListener(event -> {
            chosen = index;
            arm();
        });
        group.add(radio);
        page().toggle(radio, option.name(), option.details(), option.notice());
    }
}
