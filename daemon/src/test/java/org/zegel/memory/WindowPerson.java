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
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import javax.swing.AbstractButton;
import javax.swing.JPasswordField;

/** A person at the display of the process it is in, who types through the display's server as a keyboard does. */
final class WindowPerson {
    private static final int PATIENCE_MILLIS = 40_000;
    private static final int POLL_MILLIS = 25;

    /** More than a window swallows keys for after the last one that came too early. */
    private static final int PAUSE_MILLIS = 900;

    private WindowPerson() {}

    static void click(String name) throws Exception {
        until(() -> visible(AbstractButton.class)
                .filter(button -> name.equals(button.getName()) && button.isEnabled())
                .peek(AbstractButton::doClick)
                .findFirst()
                .isPresent());
    }

    /** Types one line into the window's password field, keeping none of it. */
    static void type(InputStream line) throws Exception {
        Robot robot = new Robot();
        until(() -> visible(JPasswordField.class).findFirst().isPresent());
        while (length() == 0) {
            pointAt(robot);
            press(robot, 'x');
            if (!within(PAUSE_MILLIS, () -> length() == 1)) {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        robot.keyPress(KeyEvent.VK_BACK_SPACE);
        robot.keyRelease(KeyEvent.VK_BACK_SPACE);
        until(() -> length() == 0);
        int typed = 0;
        for (int next = line.read(); next != '\n'; next = line.read()) {
            press(robot, (char) next);
            typed++;
            int all = typed;
            until(() -> length() == all);
        }
    }

    /** Presses Enter once that is a yes. */
    static void enter() throws Exception {
        until(() ->
                visible(AbstractButton.class).anyMatch(button -> "ok".equals(button.getName()) && button.isEnabled()));
        press(new Robot(), '\n');
    }

    private static void pointAt(Robot robot) throws Exception {
        Point middle = onTheEventThread(() -> visible(JPasswordField.class)
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

    private static int length() {
        return visible(JPasswordField.class)
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
        if (!within(PATIENCE_MILLIS, condition)) {
            throw new IOException("the window is not as awaited");
        }
    }

    private static boolean within(int millis, Callable<Boolean> condition) throws Exception {
        for (int waited = 0; waited < millis; waited += POLL_MILLIS) {
            if (onTheEventThread(condition)) {
                return true;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return false;
    }

    private static <T> T onTheEventThread(Callable<T> action) throws Exception {
        FutureTask<T> task = new FutureTask<>(action);
        EventQueue.invokeAndWait(task);
        return task.get();
    }
}
