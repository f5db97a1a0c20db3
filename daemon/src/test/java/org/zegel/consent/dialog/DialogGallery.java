package org.zegel.consent.dialog;

import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.EventQueue;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.swing.AbstractButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JRootPane;
import javax.swing.JScrollBar;
import javax.swing.JScrollPane;
import javax.swing.JViewport;
import javax.swing.SwingUtilities;
import javax.swing.UIManager;
import javax.swing.plaf.basic.BasicHTML;
import javax.swing.text.BadLocationException;
import javax.swing.text.JTextComponent;
import org.jspecify.annotations.Nullable;

/**
 * Makes every dialog in every language and theme at the scale of this JVM, looks for what is cut off, blank, markup or
 * without a name, and writes pictures to the folder that it is given, if any, with
 * {@code -Dzegel.dialogs.write=true}. Says each flaw on a line of its own.
 */
final class DialogGallery {
    private static final List<String> FLAWS = new ArrayList<>();
    private static int looked;

    private DialogGallery() {}

    public static void main(String[] arguments) throws Exception {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            System.exit(1);
        });
        Path folder = arguments[0].isEmpty() ? null : Path.of(arguments[0]);
        String suffix = arguments[1];
        EventQueue.invokeAndWait(() -> {});
        for (String language : Languages.ALL) {
            for (boolean dark : new boolean[] {false, true}) {
                String place = language + (dark ? "-dark" : "") + suffix;
                if (folder != null) {
                    look(DialogSamples.usual(), Locale.forLanguageTag(language), dark, folder, place);
                }
                // The theme changes no measure: each language's bad ones are looked at in one of them.
                if (dark == language.equals("en")) {
                    look(DialogSamples.hostile(), Locale.forLanguageTag(language), dark, null, "hostile-" + place);
                }
            }
        }
        FLAWS.forEach(System.out::println);
        System.out.println(looked + " looked at, " + FLAWS.size() + " flaws");
        System.exit(0);
    }

    private static void look(
            Map<String, DialogSamples.Made> samples, Locale language, boolean dark, @Nullable Path folder, String place)
            throws Exception {
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Texts texts = DialogSamples.texts(language);
        for (Map.Entry<String, DialogSamples.Made> sample : samples.entrySet()) {
            EventQueue.invokeAndWait(() -> {
                String name = sample.getKey() + "-" + place;
                Look.dress(dark);
                PromptWindow window = sample.getValue().apply(texts);
                try {
                    window.prepare();
                    window.guard().end();
                    examine(name, window);
                    more(name, window);
                    window.guard().end();
                    BufferedImage picture = picture(window.dialog().getRootPane());
                    if (isBlank(picture)) {
                        flaw(name, "is blank");
                    }
                    if (folder != null && Boolean.getBoolean("zegel.dialogs.write")) {
                        ImageIO.write(
                                picture, "png", folder.resolve(name + ".png").toFile());
                    }
                    looked++;
                } catch (IOException unwritable) {
                    throw new IllegalStateException(unwritable);
                } finally {
                    window.dismiss();
                }
            });
        }
    }

    /** What is behind "more" is looked at too, and in the picture of the one dialog that shows it. */
    private static void more(String name, PromptWindow window) {
        all(window.dialog().getRootPane())
                .filter(component -> "more".equals(component.getName()))
                .map(AbstractButton.class::cast)
                .findFirst()
                .ifPresent(more -> {
                    more.doClick(0);
                    examine(name + " with more", window);
                    if (!name.startsWith("sign-en")) {
                        more.doClick(0);
                    }
                });
    }

    private static void examine(String name, PromptWindow window) {
        JRootPane root = window.dialog().getRootPane();
        Rectangle screen = window.dialog().getGraphicsConfiguration().getBounds();
        if (!screen.contains(window.dialog().getBounds())) {
            flaw(name, "is larger than the screen: " + window.dialog().getBounds());
        }
        if (window.dialog().getAccessibleContext().getAccessibleName().isBlank()
                || window.dialog()
                        .getAccessibleContext()
                        .getAccessibleDescription()
                        .isBlank()) {
            flaw(name, "says nothing to a screen reader");
        }
        all(root).filter(component -> isVisible(component, root)).forEach(component -> {
            String which = name + ": " + component.getClass().getSimpleName() + " " + text(component);
            if (component instanceof JComponent swing && swing.getClientProperty(BasicHTML.propertyKey) != null) {
                flaw(which, "is markup");
            }
            if (isNamed(component) && named(component).isBlank()) {
                flaw(which, "has no name for a screen reader");
            }
            if (isWords(component)) {
                Dimension wanted = component.getPreferredSize();
                if (component.getWidth() < wanted.width || component.getHeight() < wanted.height) {
                    flaw(which, "is cut off: " + component.getSize() + " of " + wanted);
                }
                if (component instanceof WrappedText words && lastLine(words) > words.getHeight() + 1) {
                    flaw(which, "needs more lines");
                }
                if (!isInside(component, root)) {
                    flaw(which, "is outside its window: " + component.getBounds());
                }
            }
        });
    }

    /** Where the last character really is drawn to. */
    private static double lastLine(JTextComponent words) {
        try {
            return words.modelToView2D(words.getDocument().getLength()).getMaxY();
        } catch (BadLocationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Inside every container up to the window; what can be scrolled to counts as inside, but only up and down. */
    private static boolean isInside(Component component, JRootPane root) {
        Rectangle area = new Rectangle(component.getSize());
        for (Component at = component; at != root; at = at.getParent()) {
            if (!new Rectangle(at.getSize()).contains(area)) {
                return false;
            }
            area.translate(at.getX(), at.getY());
            if (at.getParent() instanceof JViewport viewport) {
                return area.x >= 0
                        && area.x + area.width <= viewport.getWidth()
                        && viewport.getParent() instanceof JScrollPane;
            }
        }
        return true;
    }

    private static boolean isVisible(Component component, JRootPane root) {
        for (Component at = component; at != root; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return SwingUtilities.getAncestorOfClass(JScrollBar.class, component) == null;
    }

    private static boolean isWords(Component component) {
        return component instanceof JLabel
                || component instanceof AbstractButton
                || component instanceof JTextComponent
                || "strength".equals(component.getName());
    }

    private static boolean isNamed(Component component) {
        return component instanceof AbstractButton || component instanceof JTextComponent;
    }

    private static String named(Component component) {
        String name = component.getAccessibleContext().getAccessibleName();
        return name == null ? "" : "problem".equals(component.getName()) ? "problem" : name;
    }

    private static String text(Component component) {
        return switch (component) {
            case JTextComponent words -> words.getText();
            case AbstractButton button -> button.getText();
            case JLabel label -> label.getText();
            default -> "";
        };
    }

    private static BufferedImage picture(JRootPane root) {
        BufferedImage picture = new BufferedImage(root.getWidth(), root.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = picture.createGraphics();
        pen.setColor(UIManager.getColor("Panel.background"));
        pen.fillRect(0, 0, root.getWidth(), root.getHeight());
        root.paint(pen);
        pen.dispose();
        return picture;
    }

    private static boolean isBlank(BufferedImage picture) {
        int[] pixels = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
        return Stream.of(pixels)
                        .flatMapToInt(java.util.Arrays::stream)
                        .distinct()
                        .limit(20)
                        .count()
                < 20;
    }

    private static void flaw(String which, String what) {
        FLAWS.add(which.replaceAll("\\R", " ") + " " + what);
    }

    private static Stream<Component> all(Container container) {
        return Stream.of(container.getComponents())
                .flatMap(component -> Stream.concat(
                        Stream.of(component), component instanceof Container inner ? all(inner) : Stream.empty()));
    }
}
