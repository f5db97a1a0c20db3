package org.zegel.consent.dialog;

import com.formdev.flatlaf.FlatDarkLaf;
import com.formdev.flatlaf.FlatLaf;
import com.formdev.flatlaf.FlatLightLaf;
import com.formdev.flatlaf.util.UIScale;
import java.awt.Color;
import java.awt.Insets;
import javax.swing.UIManager;
import javax.swing.border.Border;
import javax.swing.border.EmptyBorder;

/** What all windows look alike in: colours, distances, scale. */
final class Look {
    /** Between things that belong together, unscaled. */
    static final int GAP = 8;

    private static final Color SEAL_LIGHT = new Color(0x8C2F39);
    private static final Color SEAL_DARK = new Color(0xE5989B);

    private Look() {}

    /** Dresses the windows that are made from now on. */
    static void dress(boolean dark) {
        boolean dressed = UIManager.getLookAndFeel() instanceof FlatLaf worn && worn.isDark() == dark;
        if (dressed) {
            return;
        }
        if (dark) {
            FlatDarkLaf.setup();
        } else {
            FlatLightLaf.setup();
        }
        UIManager.put("Button.minimumWidth", 88);
        UIManager.put("Button.arc", 8);
        UIManager.put("Component.arc", 8);
        UIManager.put("Component.focusWidth", 1);
    }

    static boolean isDark() {
        return FlatLaf.isLafDark();
    }

    static int scaled(int distance) {
        return UIScale.scale(distance);
    }

    static Border space(int top, int left, int bottom, int right) {
        return new EmptyBorder(scaled(top), scaled(left), scaled(bottom), scaled(right));
    }

    static Insets insets(int top, int left, int bottom, int right) {
        return new Insets(scaled(top), scaled(left), scaled(bottom), scaled(right));
    }

    /** Zegel's own colour: sealing wax. */
    static Color seal() {
        return isDark() ? SEAL_DARK : SEAL_LIGHT;
    }

    /** Text that explains. */
    static Color quiet() {
        return isDark() ? new Color(0xA9ADB4) : new Color(0x5A6069);
    }

    /** The colour of a notice's sign. */
    static Color of(QuestionView.Level level) {
        return switch (level) {
            case INFO -> isDark() ? new Color(0x6CB2F5) : new Color(0x1F6FB8);
            case POLICY -> isDark() ? new Color(0xB79CF0) : new Color(0x6440A8);
            case WARNING -> isDark() ? new Color(0xF2B84B) : new Color(0x96600A);
            case DANGER -> isDark() ? new Color(0xFF7B72) : new Color(0xB3261E);
        };
    }

    /** The window's background with a breath of that colour. */
    static Color tint(Color colour) {
        Color ground = UIManager.getColor("Panel.background");
        double share = isDark() ? 0.16 : 0.10;
        return new Color(
                mix(ground.getRed(), colour.getRed(), share),
                mix(ground.getGreen(), colour.getGreen(), share),
                mix(ground.getBlue(), colour.getBlue(), share));
    }

    /** Where facts stand on. */
    static Color card() {
        return isDark() ? new Color(0x46494B) : Color.WHITE;
    }

    private static int mix(int ground, int colour, double share) {
        return (int) Math.round(ground * (1 - share) + colour * share);
    }
}
