package org.zegel.consent.dialog;

import java.util.ArrayList;
import java.util.List;

/** A row of the table of facts: fields of one label that follow each other are one row of several lines. */
record Fact(String label, String value, QuestionView.Style style) {
    static List<Fact> of(List<QuestionView.Field> fields) {
        List<Fact> facts = new ArrayList<>();
        for (QuestionView.Field field : fields) {
            if (!facts.isEmpty() && facts.getLast().label().equals(field.label())) {
                Fact before = facts.removeLast();
                facts.add(new Fact(field.label(), before.value() + "\n" + field.value(), field.style()));
            } else {
                facts.add(new Fact(field.label(), field.value(), field.style()));
            }
        }
        return facts;
    }

    WrappedText shown(int width) {
        WrappedText text = new WrappedText(value, width);
        return switch (style) {
            case PLAIN -> text;
            case CODE -> text.bold(1.5);
            case DIGITS -> text.digits();
        };
    }
}
