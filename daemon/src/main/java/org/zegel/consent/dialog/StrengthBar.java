package org.zegel.consent.dialog;

import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;

/** How strong a new passphrase is: so many bars, and the same in words. */
final class StrengthBar extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final int BARS = Strength.MOST;

    private final transient Texts texts;
    private final JLabel words = Page.plain(" ");
    private final Bars bars = new Bars();
    private int level = -1;

    StrengthBar(Texts texts) {
        super(new BorderLayout(Look.scaled(Look.GAP), 0));
        this.texts = texts;
        setOpaque(false);
        setName("strength");
        words.setForeground(Look.quiet());
        add(bars, BorderLayout.LINE_START);
        add(words, BorderLayout.CENTER);
        display(-1);
    }

    /** 0 to {@link Strength#MOST}; -1 while nothing was typed. */
    void display(int now) {
        level = now;
        String text = now < 0 ? texts.get("strength.none") : texts.get("strength." + now);
        words.setText(text);
        words.getAccessibleContext().setAccessibleName(texts.get("strength") + ": " + text);
        bars.repaint();
    }

    private final class Bars extends JComponent {
        private static final long serialVersionUID = 1L;

        @Override
        public Dimension getPreferredSize() {
            return new Dimension(Look.scaled(BARS * 30), Look.scaled(10));
        }

        @Override
        protected void paintComponent(Graphics graphics) {
            Graphics2D pen = (Graphics2D) graphics.create();
            pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            int step = getWidth() / BARS;
            int thick = Look.scaled(8);
            for (int i = 0; i < BARS; i++) {
                pen.setColor(i < Math.max(level, level == 0 ? 1 : 0) ? colour() : Look.tint(Look.quiet()));
                pen.fillRoundRect(i * step, (getHeight() - thick) / 2, step - Look.scaled(4), thick, thick, thick);
            }
            pen.dispose();
        }

        private Color colour() {
            return switch (level) {
                case 0, 1 -> Look.of(QuestionView.Level.DANGER);
                case 2 -> Look.of(QuestionView.Level.WARNING);
                default -> Look.isDark() ? new Color(0x6CC26C) : new Color(0x2E7D32);
            };
        }
    }
}
