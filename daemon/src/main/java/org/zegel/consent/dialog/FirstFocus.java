package org.zegel.consent.dialog;

import java.awt.Component;
import java.awt.Container;
import javax.swing.LayoutFocusTraversalPolicy;

/** The usual order of the tab key, beginning somewhere else than at the first. */
final class FirstFocus extends LayoutFocusTraversalPolicy {
    private static final long serialVersionUID = 1L;

    private final transient Component first;

    FirstFocus(Component first) {
        this.first = first;
    }

    @Override
    public Component getDefaultComponent(Container container) {
        return first;
    }

    @Override
    public Component getInitialComponent(java.awt.Window window) {
        return first;
    }
}
