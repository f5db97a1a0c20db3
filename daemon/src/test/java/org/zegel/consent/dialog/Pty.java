package org.zegel.consent.dialog;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.zegel.fixtures.Needs;

/** A real pseudo-terminal with a person at its other end. */
public final class Pty implements AutoCloseable {
    private static final String SCRIPT = """
            import fcntl, os, pty, struct, termios, threading
            master, slave = pty.openpty()
            fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack('HHHH', 40, 120, 0, 0))
            print(os.ttyname(slave), flush=True)
            def show():
                while True:
                    data = os.read(master, 4096)
                    if not data: return
                    os.write(1, data)
            threading.Thread(target=show, daemon=True).start()
            while True:
                data = os.read(0, 4096)
                if not data: break
                os.write(master, data)
            """;

    private static final int READING_MILLIS = 700;

    private final Process process;
    private final BufferedReader screen;
    private final String device;
    private int answered;
    private final StringBuilder seen = new StringBuilder();

    public Pty() throws IOException {
        process = new ProcessBuilder(Needs.program("python3").toString(), "-u", "-c", SCRIPT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        screen = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        device = screen.readLine();
    }

    public String device() {
        return device;
    }

    public void type(String text) throws IOException {
        process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Waits until the screen shows this. */
    public void awaitText(String text) throws Exception {
        for (int i = 0; i < 3000 && !seen().contains(text); i++) {
            Thread.sleep(10);
        }
        if (!seen().contains(text)) {
            throw new AssertionError("not on the screen: " + text + "\n" + seen());
        }
    }

    /** Waits for a question that was not answered before, and answers it with this line. */
    public void answer(String question, String line) throws Exception {
        awaitQuestion(question);
        type(line + "\n");
    }

    /** As {@link #answer}, with keys alone, and not sooner than a person can have read the question. */
    public void press(String question, String keys) throws Exception {
        awaitQuestion(question);
        Thread.sleep(READING_MILLIS);
        type(keys);
    }

    private void awaitQuestion(String question) throws Exception {
        for (int i = 0; i < 3000 && seen().indexOf(question, answered) < 0; i++) {
            Thread.sleep(10);
        }
        int at = seen().indexOf(question, answered);
        if (at < 0) {
            throw new AssertionError("not on the screen: " + question + "\n" + seen().substring(answered));
        }
        answered = at + question.length();
    }

    public String seen() throws IOException {
        while (screen.ready()) {
            seen.append((char) screen.read());
        }
        return seen.toString();
    }

    /** Whether the terminal shows what is typed. */
    public boolean echoes() throws Exception {
        Process stty = new ProcessBuilder(List.of("stty", "-a"))
                .redirectInput(Path.of(device).toFile())
                .start();
        String settings = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return (" " + settings.replaceAll("[\\s;]+", " ") + " ").contains(" echo ");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
