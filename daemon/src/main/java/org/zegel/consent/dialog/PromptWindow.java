package org.zegel.consent.dialog;

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.GraphicsConfiguration;
import java.awt.Image;
import java.awt.Insets;
import java.awt.MouseInfo;
import java.awt.PointerInfo;
import java.awt.Rectangle;
import java.awt.Taskbar;
import java.awt.Toolkit;
import java.awt.Window;
import java.awt.event.KeyEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.swing.AbstractButton;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.KeyStroke;
import javax.swing.ScrollPaneConstants;
import javax.swing.WindowConstants;

/**
 * What Zegel's windows have in common: they stand above all others where the person is, closing one means no, and what
 * allows something waits until the {@link Guard} is down.
 */
abstract class PromptWindow {
    private static final double MOST_OF_SCREEN = 0.92;

    private final JDialog dialog;
    private final Page page;
    private final JScrollPane scroll;
    private final JPanel bottom = new JPanel(new BorderLayout());
    private final JPanel buttons = new JPanel(new FlowLayout(FlowLayout.TRAILING, Look.scaled(Look.GAP), 0));
    private final List<Guarded> guarded = new ArrayList<>();
    private final Guard guard;
    private final Rectangle screen;

    PromptWindow(Texts texts, String headline) {
        dialog = new JDialog((Window) null, texts.get("title") + " \u2013 " + headline);
        guard = new Guard(dialog, this::arm);
        screen = screen();
        page = new Page(texts, (int) (screen.width * MOST_OF_SCREEN));
        scroll = new JScrollPane(
                page,
                ScrollPaneConstants.VERTICAL_SCROLLBAR_AS_NEEDED,
                ScrollPaneConstants.HORIZONTAL_SCROLLBAR_AS_NEEDED);
        scroll.setBorder(null);
        buttons.setBorder(Look.space(Look.GAP, Look.GAP, 2 * Look.GAP, Look.GAP));
        bottom.add(buttons, BorderLayout.CENTER);
        dialog.add(scroll, BorderLayout.CENTER);
        dialog.add(bottom, BorderLayout.SOUTH);
        dialog.setAlwaysOnTop(true);
        dialog.setIconImages(frameIcons());
        dialog.setDefaultCloseOperation(WindowConstants.DO_NOTHING_ON_CLOSE);
        dialog.getAccessibleContext().setAccessibleName(headline);
        dialog.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosing(WindowEvent event) {
                refuse();
            }

            @Override
            public void windowActivated(WindowEvent event) {
                guard.restart();
            }
        });
        onKey(KeyEvent.VK_ESCAPE, this::refuse);
        onKey(KeyEvent.VK_PAGE_DOWN, () -> scrollBy(1));
        onKey(KeyEvent.VK_PAGE_UP, () -> scrollBy(-1));
    }

    /** A button that waits for the guard, and for a condition of its own. */
    private record Guarded(AbstractButton button, BooleanSupplier ready) {}

    /** The person closed the window: the same as no. */
    abstract void refuse();

    final void open() {
        prepare();
        dialog.setVisible(true);
        dialog.toFront();
        dialog.requestFocus();
        callAttention();
    }

    /** Gives the window its size and place without showing it. */
    final void prepare() {
        dialog.getAccessibleContext().setAccessibleDescription(page.words());
        Mnemonics.assign(dialog.getContentPane());
        guard.restart();
        fit();
        dialog.setLocation(
                screen.x + (screen.width - dialog.getWidth()) / 2, screen.y + (screen.height - dialog.getHeight()) / 3);
    }

    /** Takes the window away; overridden to wipe what was typed. */
    void dismiss() {
        guard.stop();
        dialog.dispose();
    }

    final JDialog dialog() {
        return dialog;
    }

    final Page page() {
        return page;
    }

    final Guard guard() {
        return guard;
    }

    /** Something below the buttons that is there only when it is asked for. */
    final void below(JComponent component) {
        bottom.add(component, BorderLayout.SOUTH);
    }

    /** The window's size for what it holds now, as far as the screen goes. */
    final void fit() {
        size();
        if (outgrown(page)) {
            size();
        }
    }

    /** Asks every text, so that each is measured. */
    private static boolean outgrown(Container container) {
        boolean any = false;
        for (Component component : container.getComponents()) {
            any |= component instanceof WrappedText text && text.getWidth() > 0 && text.outgrows();
            any |= component instanceof Container inner && !(component instanceof WrappedText) && outgrown(inner);
        }
        return any;
    }

    private void size() {
        scroll.setPreferredSize(null);
        dialog.addNotify();
        int beyond = dialog.getPreferredSize().height - (int) (screen.height * MOST_OF_SCREEN);
        if (beyond > 0) {
            Dimension whole = scroll.getPreferredSize();
            int bar = scroll.getVerticalScrollBar().getPreferredSize().width;
            scroll.setPreferredSize(new Dimension(whole.width + bar, Math.max(0, whole.height - beyond)));
        }
        dialog.pack();
    }

    /** A button that works at once. */
    final JButton button(String name, String text, Runnable action) {
        JButton button = made(name, text, action);
        buttons.add(button);
        return button;
    }

    /** A button that allows something. */
    final JButton guardedButton(String name, String text, Runnable action) {
        return guarded(button(name, text, action), () -> true);
    }

    /** Makes a button wait for the guard, and for a condition that {@link #arm} looks at. */
    final <B extends AbstractButton> B guarded(B button, BooleanSupplier ready) {
        button.setEnabled(false);
        guarded.add(new Guarded(button, ready));
        return button;
    }

    static JButton made(String name, String text, Runnable action) {
        JButton button = new JButton();
        button.putClientProperty("html.disable", true);
        button.setText(text);
        button.setName(name);
        button.addActionListener(event -> action.run());
        return button;
    }

    /** Lets the buttons work whose time has come. */
    final void arm() {
        guarded.forEach(
                one -> one.button().setEnabled(!guard.isUp() && one.ready().getAsBoolean()));
    }

    private void onKey(int key, Runnable action) {
        dialog.getRootPane()
                .registerKeyboardAction(
                        event -> action.run(), KeyStroke.getKeyStroke(key, 0), JComponent.WHEN_IN_FOCUSED_WINDOW);
    }

    private void scrollBy(int direction) {
        Rectangle visible = page.getVisibleRect();
        visible.y += direction * page.getScrollableBlockIncrement(visible, 0, direction);
        page.scrollRectToVisible(visible);
    }

    /** Where the pointer is, there is the person and the window that asked. */
    private static Rectangle screen() {
        PointerInfo pointer = MouseInfo.getPointerInfo();
        GraphicsConfiguration where = pointer == null
                ? new JDialog((Window) null).getGraphicsConfiguration()
                : pointer.getDevice().getDefaultConfiguration();
        Rectangle bounds = where.getBounds();
        Insets taken = Toolkit.getDefaultToolkit().getScreenInsets(where);
        return new Rectangle(
                bounds.x + taken.left,
                bounds.y + taken.top,
                bounds.width - taken.left - taken.right,
                bounds.height - taken.top - taken.bottom);
    }

    /** Where the system does not let a window come to the front by itself. */
    private void callAttention() {
        if (Taskbar.isTaskbarSupported() && Taskbar.getTaskbar().isSupported(Taskbar.Feature.USER_ATTENTION_WINDOW)) {
            Taskbar.getTaskbar().requestWindowUserAttention(dialog);
        }
    }

    private static List<Image> frameIcons() {
        return Stream.of(16, 32, 48, 128).<Image>map(PromptWindow::frameIcon).toList();
    }

    private static Image frameIcon(int size) {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        Glyph.ofZegel(size).paintIcon(new JPanel(), image.getGraphics(), 0, 0);
        return image;
    }
}
