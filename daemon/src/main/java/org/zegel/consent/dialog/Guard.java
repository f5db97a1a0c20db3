package org.zegel.consent.dialog;

import java.awt.KeyEventDispatcher;
import java.awt.KeyboardFocusManager;
import java.awt.Window;
import java.awt.event.KeyEvent;
import javax.swing.SwingUtilities;
import javax.swing.Timer;

/**
 * The moment before a window can be answered, counted again whenever it comes to the front. Keys that come while it
 * lasts were meant for another window: they are swallowed, and it lasts until no key has come for as long again, so
 * that a key held down or a sentence half typed answers nothing.
 */
final class Guard {
    /** Its length in milliseconds. */
    static final int MILLIS = 700;

    private final Window window;
    private final Runnable changed;
    private final Timer timer = new Timer(MILLIS, event -> end());
    private final KeyEventDispatcher swallow = this::swallowed;
    private boolean up = true;

    /** {@code changed} is told whenever it begins or ends. */
    Guard(Window window, Runnable changed) {
        this.window = window;
        this.changed = changed;
        timer.setRepeats(false);
        KeyboardFocusManager.getCurrentKeyboardFocusManager().addKeyEventDispatcher(swallow);
    }

    boolean isUp() {
        return up;
    }

    void restart() {
        up = true;
        timer.restart();
        changed.run();
    }

    /** For good. */
    void stop() {
        timer.stop();
        KeyboardFocusManager.getCurrentKeyboardFocusManager().removeKeyEventDispatcher(swallow);
    }

    void end() {
        up = false;
        changed.run();
    }

    private boolean swallowed(KeyEvent event) {
        if (!up || !window.equals(windowOf(event))) {
            return false;
        }
        timer.restart();
        return true;
    }

    private static Window windowOf(KeyEvent event) {
        return event.getComponent() instanceof Window itself
                ? itself
                : SwingUtilities.getWindowAncestor(event.getComponent());
    }
}
