package org.zegel.consent.dialog;

import com.formdev.flatlaf.FlatLightLaf;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.Font;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.awt.event.KeyEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.ArrayList;
import java.util.List;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextArea;
import javax.swing.KeyStroke;
import javax.swing.Timer;
import javax.swing.WindowConstants;

/**
 * What Zegel's windows have in common: the harmless button is the default, closing means no, and buttons that allow
 * something wait a moment, so that a click or key meant for another window allows nothing.
 */
abstract class PromptWindow {
    /** Milliseconds before an allowing button works, counted again whenever the window comes to the front. */
    static final int GUARD = 700;

    private static final int GAP = 8;
    private static final int COLUMNS = 42;

    private final JDialog dialog = new JDialog();
    private final JPanel body = new JPanel(new GridBagLayout());
    private final JPanel buttons = new JPanel(new FlowLayout(FlowLayout.TRAILING));
    private final List<JComponent> guarded = new ArrayList<>();
    private final Timer guard = new Timer(GUARD, event -> arm(true));
    private int row;

    PromptWindow(String title) {
        FlatLightLaf.setup();
        guard.setRepeats(false);
        dialog.setTitle(title);
        dialog.setAlwaysOnTop(true);
        dialog.setDefaultCloseOperation(WindowConstants.DO_NOTHING_ON_CLOSE);
        body.setBorder(BorderFactory.createEmptyBorder(2 * GAP, 2 * GAP, GAP, 2 * GAP));
        dialog.add(body, BorderLayout.CENTER);
        dialog.add(buttons, BorderLayout.SOUTH);
        dialog.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosing(WindowEvent event) {
                refuse();
            }

            @Override
            public void windowActivated(WindowEvent event) {
                restartGuard();
            }
        });
        dialog.getRootPane()
                .registerKeyboardAction(
                        event -> refuse(),
                        KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0),
                        JComponent.WHEN_IN_FOCUSED_WINDOW);
    }

    /** The person closed the window: the same as no. */
    abstract void refuse();

    final void open() {
        restartGuard();
        dialog.pack();
        dialog.setMinimumSize(new Dimension(420, dialog.getHeight()));
        dialog.setLocationRelativeTo(null);
        dialog.setVisible(true);
        dialog.toFront();
    }

    /** Takes the window away; overridden to wipe what was typed. */
    void dismiss() {
        guard.stop();
        dialog.dispose();
    }

    final JDialog dialog() {
        return dialog;
    }

    final void headline(String text) {
        JLabel label = plainLabel(text);
        label.setFont(label.getFont().deriveFont(Font.BOLD, label.getFont().getSize2D() * 1.25f));
        line(label, true);
    }

    final void field(String label, String value) {
        JTextArea text = new JTextArea(value);
        text.setColumns(COLUMNS);
        text.setLineWrap(true);
        text.setEditable(false);
        text.setFocusable(false);
        text.setOpaque(false);
        field(label, text);
    }

    final void field(String label, Component value) {
        body.add(plainLabel(label), at(0, 1));
        body.add(value, at(1, 1));
        row++;
    }

    final void line(Component component, boolean wide) {
        body.add(component, at(wide ? 0 : 1, wide ? 2 : 1));
        row++;
    }

    final void note(String text) {
        JTextArea area = new JTextArea(text);
        area.setColumns(COLUMNS);
        area.setLineWrap(true);
        area.setWrapStyleWord(true);
        area.setEditable(false);
        area.setFocusable(false);
        area.setOpaque(false);
        line(area, true);
    }

    /** A button that works at once. */
    final JButton button(String name, String text, Runnable action) {
        JButton button = new JButton();
        button.putClientProperty("html.disable", true);
        button.setText(text);
        button.setName(name);
        button.addActionListener(event -> action.run());
        buttons.add(button);
        return button;
    }

    /** A button that allows something. */
    final JButton guardedButton(String name, String text, Runnable action) {
        JButton button = button(name, text, action);
        button.setEnabled(false);
        guarded.add(button);
        return button;
    }

    /** Swing takes text that begins with a tag for HTML unless told not to. */
    static JLabel plainLabel(String text) {
        JLabel label = new JLabel();
        label.putClientProperty("html.disable", true);
        label.setText(text);
        return label;
    }

    private void restartGuard() {
        arm(false);
        guard.restart();
    }

    private void arm(boolean enabled) {
        guarded.forEach(component -> component.setEnabled(enabled));
    }

    private GridBagConstraints at(int column, int width) {
        return new GridBagConstraints(
                column,
                row,
                width,
                1,
                column == 1 || width == 2 ? 1 : 0,
                0,
                GridBagConstraints.FIRST_LINE_START,
                GridBagConstraints.HORIZONTAL,
                new Insets(GAP / 2, GAP / 2, GAP / 2, GAP / 2),
                0,
                0);
    }
}
