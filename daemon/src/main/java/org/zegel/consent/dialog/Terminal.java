package org.zegel.consent.dialog;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.zegel.model.Failure;
import org.zegel.model.Secret;

/** A terminal device opened for one question. Waiting for an answer ends when the thread is interrupted. */
final class Terminal implements AutoCloseable {
    /** The terminal of this very process. */
    static final Path OWN = Path.of("/dev/tty");

    /** Longest answer, in bytes. */
    static final int MAX_ANSWER = 1024;

    private static final Pattern DEVICE = Pattern.compile("/dev/(pts/[0-9]{1,6}|tty[A-Za-z0-9]{1,16})");
    private static final int TYPE = 0170000;
    private static final int CHARACTER_DEVICE = 0020000;
    private static final int POLL = 30;
    private static final int STTY_SECONDS = 5;

    private final Path device;
    private final InputStream in;
    private final OutputStream out;
    private boolean silent;

    private Terminal(Path device) throws IOException {
        this.device = device;
        this.in = new FileInputStream(device.toString());
        try {
            this.out = Files.newOutputStream(device, StandardOpenOption.WRITE);
        } catch (IOException failed) {
            in.close();
            throw failed;
        }
    }

    /** Whether a caller may name this device: a terminal that belongs to the person Zegel runs for. */
    static boolean isUsable(String name) {
        try {
            Path path = Path.of(name);
            if (!DEVICE.matcher(name).matches() || !isCharacterDevice(path)) {
                return false;
            }
            Path own = Files.createTempFile("zegel", null);
            try {
                return Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                        .equals(Files.getAttribute(own, "unix:uid"));
            } finally {
                Files.delete(own);
            }
        } catch (IOException | RuntimeException notATerminal) {
            return false;
        }
    }

    static boolean hasOwn() {
        try (Terminal own = new Terminal(OWN)) {
            return isCharacterDevice(own.device);
        } catch (IOException | RuntimeException none) {
            return false;
        }
    }

    static Terminal open(Path device) throws IOException {
        return new Terminal(device);
    }

    void print(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Forgets what was typed before the question could be read, the line that was not ended yet included. */
    void discardTyped() throws IOException {
        String settings = settings();
        stty("-icanon");
        try {
            byte[] dropped = new byte[MAX_ANSWER];
            while (in.available() > 0 && in.read(dropped) > 0) {
                Arrays.fill(dropped, (byte) 0);
            }
        } finally {
            stty(settings);
        }
    }

    /** How the terminal is set, for {@link #restore}. */
    String settings() throws IOException {
        return stty("-g").strip();
    }

    /** Sets the terminal as it was. */
    void restore(String settings) throws IOException {
        stty(settings);
    }

    /**
     * One line as typed, without its end.
     *
     * @throws Failure {@code PIN_CANCELLED} when it is longer than {@value #MAX_ANSWER} bytes: a part of it is not it
     */
    Secret readLine() throws IOException, Failure {
        byte[] line = new byte[MAX_ANSWER];
        try {
            int length = fill(line);
            if (length == line.length && line[length - 1] != '\n') {
                throw SecretRules.tooLong();
            }
            while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r')) {
                length--;
            }
            CharBuffer characters = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(line, 0, length));
            char[] exact = new char[characters.remaining()];
            characters.get(exact);
            Arrays.fill(characters.array(), '\0');
            return Secret.takeOver(exact);
        } finally {
            Arrays.fill(line, (byte) 0);
        }
    }

    void echo(boolean on) throws IOException {
        silent = !on;
        stty(on ? "echo" : "-echo");
    }

    /** Works to the end when interrupted, lest the terminal stays as nobody can use it. */
    private String stty(String argument) throws IOException {
        Process stty = new ProcessBuilder("stty", argument)
                .redirectInput(device.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean interrupted = Thread.interrupted();
        try {
            String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (!stty.waitFor(STTY_SECONDS, TimeUnit.SECONDS) || stty.exitValue() != 0) {
                throw new IOException("stty failed");
            }
            return said;
        } catch (InterruptedException again) {
            interrupted = true;
            throw new IOException("interrupted", again);
        } finally {
            stty.destroy();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (in;
                out) {
            if (silent) {
                echo(true);
            }
        }
    }

    private int fill(byte[] line) throws IOException, Failure {
        int length = 0;
        while (length < line.length && (length == 0 || line[length - 1] != '\n')) {
            awaitTyping();
            int read = in.read(line, length, line.length - length);
            if (read <= 0) {
                throw SecretRules.withdrawn();
            }
            length += read;
        }
        return length;
    }

    /** A blocking read could not be given up, so it begins only when there is something to read. */
    private void awaitTyping() throws IOException, Failure {
        try {
            while (in.available() == 0) {
                Thread.sleep(POLL);
            }
        } catch (InterruptedException withdrawn) {
            Thread.currentThread().interrupt();
            throw SecretRules.withdrawn();
        }
    }

    private static boolean isCharacterDevice(Path path) throws IOException {
        int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return (mode & TYPE) == CHARACTER_DEVICE;
    }
}
