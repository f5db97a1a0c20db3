package org.zegel.memory;

import java.awt.Component;
import java.awt.Container;
import java.awt.EventQueue;
import java.awt.Point;
import java.awt.Robot;
import java.awt.Window;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import javax.swing.AbstractButton;
import javax.swing.JPasswordField;

/** A person at the display of the process it is in, who types through the display's server as a keyboard does. */
final class WindowPerson {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration CLICK_AGAIN = Duration.ofSeconds(1);
    private static final int POLL_MILLIS = 25;

    private WindowPerson() {}

    static void click(String name) throws Exception {
        until(() -> visible(AbstractButton.class)
                .filter(button -> name.equals(button.getName()) && button.isEnabled())
                .peek(AbstractButton::doClick)
                .findFirst()
                .isPresent());
    }

    /** Types the rest of the line into the window's password field of this name, keeping none of it. */
    static void type(String name, InputStream line) throws Exception {
        Robot robot = ready(name);
        int typed = 0;
        for (int next = line.read(); next != '\n'; next = line.read()) {
            press(robot, (char) next);
            typed++;
            int all = typed;
            until(() -> length(name) == all);
        }
    }

    /** Puts what the display's clipboard has into that field. */
    static void paste(String name) throws Exception {
        Robot robot = ready(name);
        robot.keyPress(KeyEvent.VK_CONTROL);
        press(robot, 'v');
        robot.keyRelease(KeyEvent.VK_CONTROL);
        until(() -> length(name) > 0);
    }

    /** When the keyboard is the field's, and the window no longer swallows what comes early. */
    private static Robot ready(String name) throws Exception {
        Robot robot = new Robot();
        until(() -> field(name).findFirst().isPresent());
        takeTheKeyboard(robot, name);
        set(name, "x");
        awaitYes();
        set(name, "");
        return robot;
    }

    /** As a person does: a window that was still moving into place when it was clicked is clicked again. */
    private static void takeTheKeyboard(Robot robot, String name) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        do {
            if (System.nanoTime() > end) {
                throw new IOException("the keyboard is not the window's");
            }
            pointAt(robot, name);
        } while (!within(CLICK_AGAIN, () -> field(name).anyMatch(JPasswordField::isFocusOwner)));
    }

    private static void set(String name, String text) throws Exception {
        until(() -> field(name).peek(field -> field.setText(text)).findFirst().isPresent());
    }

    private static void awaitYes() throws Exception {
        until(() ->
                visible(AbstractButton.class).anyMatch(button -> "ok".equals(button.getName()) && button.isEnabled()));
    }

    /** Presses Enter once that is a yes, and sees the window go. */
    static void enter() throws Exception {
        awaitYes();
        List<Window> open =
                Stream.of(Window.getWindows()).filter(Window::isShowing).toList();
        press(new Robot(), '\n');
        until(() -> open.stream().noneMatch(Window::isShowing));
    }

    private static void pointAt(Robot robot, String name) throws Exception {
        Point middle = onTheEventThread(() -> field(name)
                .findFirst()
                .map(field -> {
                    Point corner = field.getLocationOnScreen();
                    return new Point(corner.x + field.getWidth() / 2, corner.y + field.getHeight() / 2);
                })
                .orElseThrow());
        robot.mouseMove(middle.x, middle.y);
        robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
        robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
    }

    private static void press(Robot robot, char letter) {
        boolean shift = Character.isUpperCase(letter);
        int key = KeyEvent.getExtendedKeyCodeForChar(letter);
        if (shift) {
            robot.keyPress(KeyEvent.VK_SHIFT);
        }
        robot.keyPress(key);
        robot.keyRelease(key);
        if (shift) {
            robot.keyRelease(KeyEvent.VK_SHIFT);
        }
    }

    private static Stream<JPasswordField> field(String name) {
        return visible(JPasswordField.class).filter(field -> name.equals(field.getName()));
    }

    private static int length(String name) {
        return field(name)
                .mapToInt(field -> field.getDocument().getLength())
                .findFirst()
                .orElse(0);
    }

    private static <T extends Component> Stream<T> visible(Class<T> type) {
        return Stream.of(Window.getWindows()).filter(Window::isShowing).flatMap(window -> all(window, type));
    }

    private static <T extends Component> Stream<T> all(Container container, Class<T> type) {
        return Stream.of(container.getComponents())
                .flatMap(component -> Stream.concat(
                        Stream.of(component).filter(type::isInstance).map(type::cast),
                        component instanceof Container inner ? all(inner, type) : Stream.empty()));
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        if (!within(PATIENCE, condition)) {
            throw new IOException("the window is not as awaited");
        }
    }

    private static boolean within(Duration time, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        while (!onTheEventThread(condition)) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return true;
    }

    private static <T> T onTheEventThread(Callable<T> action) throws Exception {
        FutureTask<T> task = new FutureTask<>(action);
        EventQueue.invokeAndWait(task);
        return task.get();
    }
}
