package org.zegel.consent.dialog;

import java.awt.Component;
import java.awt.Container;
import java.util.HashSet;
import java.util.Set;
import javax.swing.AbstractButton;

/** Gives every button the first letter of its text that no other has, so that Alt and the letter press it. */
final class Mnemonics {
    private Mnemonics() {}

    static void assign(Container container) {
        assign(container, new HashSet<>());
    }

    private static void assign(Container container, Set<Integer> taken) {
        for (Component component : container.getComponents()) {
            if (component instanceof AbstractButton button && !button.getText().isEmpty()) {
                button.getText()
                        .codePoints()
                        .filter(letter -> letter < 0x80 && Character.isLetter(letter))
                        .map(Character::toUpperCase)
                        .filter(taken::add)
                        .findFirst()
                        .ifPresent(button::setMnemonic);
            } else if (component instanceof Container inner) {
                assign(inner, taken);
            }
        }
    }
}
