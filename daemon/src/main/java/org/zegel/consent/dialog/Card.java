package org.zegel.consent.dialog;

import java.awt.Color;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.GridBagLayout;
import java.awt.RenderingHints;
import javax.swing.JPanel;

/** A panel with round corners on a colour of its own. */
final class Card extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final int ARC = 12;

    Card(Color ground) {
        super(new GridBagLayout());
        setOpaque(false);
        setBackground(ground);
        setBorder(Look.space(Look.GAP, Look.GAP + 4, Look.GAP, Look.GAP + 4));
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D pen = (Graphics2D) graphics.create();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setColor(getBackground());
        pen.fillRoundRect(0, 0, getWidth(), getHeight(), Look.scaled(ARC), Look.scaled(ARC));
        pen.dispose();
        super.paintComponent(graphics);
    }
}
