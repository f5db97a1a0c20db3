package org.zegel.consent.dialog;

import java.awt.Dimension;
import java.awt.Font;
import java.awt.Insets;
import javax.swing.JTextArea;
import javax.swing.text.BadLocationException;
import javax.swing.text.View;

/** Text of any length, wrapped at a width that is known beforehand. Never markup, never edited. */
final class WrappedText extends JTextArea {
    private static final long serialVersionUID = 1L;

    /** What the look and feel keeps free for a caret at the end of a line, in pixels. */
    static final int CARET = 4;

    private final int width;
    private int shown;

    WrappedText(String text, int width) {
        super(text);
        this.width = width;
        setLineWrap(true);
        setWrapStyleWord(true);
        setEditable(false);
        setFocusable(false);
        setOpaque(false);
        setBorder(null);
        getAccessibleContext().setAccessibleName(text);
    }

    WrappedText bold(double times) {
        setFont(getFont().deriveFont(Font.BOLD, (float) (getFont().getSize2D() * times)));
        return this;
    }

    WrappedText digits() {
        setFont(new Font(Font.MONOSPACED, Font.PLAIN, getFont().getSize()));
        return this;
    }

    @Override
    public Dimension getPreferredSize() {
        // The height of wrapped lines is known only when the width is.
        Insets around = getInsets();
        View lines = getUI().getRootView(this);
        lines.setSize(width - around.left - around.right - CARET, Float.MAX_VALUE);
        int height = (int) Math.ceil(lines.getPreferredSpan(View.Y_AXIS));
        return new Dimension(width, Math.max(height + around.top + around.bottom, shown));
    }

    /**
     * Looks how far down the text really goes, now that it is laid out: lines that run both ways break otherwise than can
     * be told before. Whether it is further than it has room.
     */
    boolean outgrows() {
        try {
            shown = (int) Math.ceil(modelToView2D(getDocument().getLength()).getMaxY());
        } catch (BadLocationException impossible) {
            throw new IllegalStateException(impossible);
        }
        boolean outgrows = shown > getHeight();
        if (outgrows) {
            revalidate();
        }
        return outgrows;
    }

    @Override
    public Dimension getMinimumSize() {
        return getPreferredSize();
    }
}
