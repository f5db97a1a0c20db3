package org.zegel.consent.dialog;

import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.Scanner;

/**
 * The drawings: {@code M x y} moves, {@code L x y} draws a line, {@code C} a curve of three points, {@code O x y r} a
 * circle, {@code Z} closes.
 */
final class GlyphPaths {
    /** A wax seal with a Z. */
    static final String SEAL = "O 12 12 10 M 8.5 8.5 L 15.5 8.5 L 8.5 15.5 L 15.5 15.5";

    private static final String SHIELD =
            "M 12 2.5 L 20 5.5 L 20 11.5 C 20 16.5 16.5 20 12 21.8 C 7.5 20 4 16.5 4 11.5" + " L 4 5.5 Z ";
    private static final String KEY = "O 7.8 16.2 4.3 M 11 13 L 20.5 3.5 M 16.2 7.8 L 19.4 11 ";

    private GlyphPaths() {}

    static String of(Sign sign) {
        return switch (sign) {
            case PAIRING ->
                "M 10 14 L 14 10 M 11 6.5 L 13.2 4.3 C 15 2.5 18 2.5 19.7 4.3 C 21.5 6 21.5 9 19.7 10.8 L 17.5 13"
                        + " M 13 17.5 L 10.8 19.7 C 9 21.5 6 21.5 4.3 19.7 C 2.5 18 2.5 15 4.3 13.2 L 6.5 11";
            case SIGN ->
                "M 3.5 20.5 L 5 15 L 15.8 4.2 L 19.8 8.2 L 9 19 Z M 13.2 6.8 L 17.2 10.8 M 14 20.5 L 20.5 20.5";
            case DECRYPT -> "M 5 11 L 19 11 L 19 21 L 5 21 Z M 8 11 L 8 7 C 8 1.8 15.4 1.6 16 6.4 M 12 15 L 12 17.5";
            case EXPORT -> "M 12 15 L 12 3.5 M 7.5 8 L 12 3.5 L 16.5 8 M 4 14 L 4 20.5 L 20 20.5 L 20 14";
            case CHANGE ->
                "M 3 6 L 11 6 M 17 6 L 21 6 O 14 6 2.6 M 3 12 L 5 12 M 11 12 L 21 12 O 8 12 2.6"
                        + " M 3 18 L 13 18 M 19 18 L 21 18 O 16 18 2.6";
            case SECRET -> KEY;
            case NEW_SECRET -> KEY + "M 5.5 3 L 5.5 9 M 2.5 6 L 8.5 6";
            case IDENTITY -> "O 12 7.8 4.2 M 4 21 C 4 13.6 20 13.6 20 21";
            case CERTIFICATE -> "O 12 9 6 M 8.4 13.8 L 7 21.5 L 12 18.8 L 17 21.5 L 15.6 13.8";
            case TRUST -> SHIELD + "M 8 11.8 L 11 14.8 L 16 9.2";
            case DISTRUST -> SHIELD + "M 9 9 L 15 15 M 15 9 L 9 15";
        };
    }

    static String of(QuestionView.Level level) {
        return switch (level) {
            case INFO -> "O 12 12 9.5 M 12 11 L 12 17 M 12 7 L 12 7.1";
            case POLICY -> "M 3 21 L 21 21 M 5 21 L 5 10 M 12 21 L 12 10 M 19 21 L 19 10 M 3 9.5 L 12 3.5 L 21 9.5 Z";
            case WARNING -> "M 12 3 L 22 20.5 L 2 20.5 Z M 12 9.5 L 12 14 M 12 17.3 L 12 17.4";
            case DANGER ->
                "M 8 2.5 L 16 2.5 L 21.5 8 L 21.5 16 L 16 21.5 L 8 21.5 L 2.5 16 L 2.5 8 Z M 12 7 L 12 13"
                        + " M 12 16.8 L 12 16.9";
        };
    }

    static Path2D shape(String path) {
        Path2D shape = new Path2D.Double();
        // The numbers are ours, with a point whatever the language.
        try (Scanner parts = new Scanner(path).useLocale(java.util.Locale.ROOT)) {
            while (parts.hasNext()) {
                switch (parts.next()) {
                    case "M" -> shape.moveTo(parts.nextDouble(), parts.nextDouble());
                    case "L" -> shape.lineTo(parts.nextDouble(), parts.nextDouble());
                    case "C" ->
                        shape.curveTo(
                                parts.nextDouble(),
                                parts.nextDouble(),
                                parts.nextDouble(),
                                parts.nextDouble(),
                                parts.nextDouble(),
                                parts.nextDouble());
                    case "O" -> shape.append(circle(parts.nextDouble(), parts.nextDouble(), parts.nextDouble()), false);
                    case "Z" -> shape.closePath();
                    default -> throw new IllegalArgumentException(path);
                }
            }
        }
        return shape;
    }

    private static Ellipse2D circle(double x, double y, double radius) {
        return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    }
}
