package org.zegel.consent.dialog;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.RoundRectangle2D;
import javax.swing.Icon;

/**
 * A drawing of lines on a grid of 24, sharp at any scale.
 *
 * @param tile whether it stands on a rounded tile of its colour
 */
record Glyph(String path, Color colour, int size, boolean tile) implements Icon {
    private static final double GRID = 24;
    private static final double TILE_SHARE = 0.62;

    /** At the head of a question. */
    static Glyph of(Sign sign) {
        Color colour = sign == Sign.DISTRUST || sign == Sign.EXPORT ? Look.of(QuestionView.Level.DANGER) : Look.seal();
        return new Glyph(GlyphPaths.of(sign), colour, Look.scaled(44), true);
    }

    /** Beside a notice. */
    static Glyph of(QuestionView.Level level) {
        return new Glyph(GlyphPaths.of(level), Look.of(level), Look.scaled(20), false);
    }

    /** Zegel's own, for the window's frame. */
    static Glyph ofZegel(int size) {
        return new Glyph(GlyphPaths.SEAL, new Color(0x8C2F39), size, false);
    }

    @Override
    public void paintIcon(Component component, Graphics graphics, int x, int y) {
        Graphics2D pen = (Graphics2D) graphics.create();
        try {
            pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            pen.translate(x, y);
            if (tile) {
                pen.setColor(Look.tint(colour));
                pen.fill(new RoundRectangle2D.Double(0, 0, size, size, size * 0.36, size * 0.36));
                pen.translate(size * (1 - TILE_SHARE) / 2, size * (1 - TILE_SHARE) / 2);
            }
            double scale = (tile ? size * TILE_SHARE : size) / GRID;
            pen.scale(scale, scale);
            pen.setColor(colour);
            pen.setStroke(new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            pen.draw(GlyphPaths.shape(path));
        } finally {
            pen.dispose();
        }
    }

    @Override
    public int getIconWidth() {
        return size;
    }

    @Override
    public int getIconHeight() {
        return size;
    }
}
