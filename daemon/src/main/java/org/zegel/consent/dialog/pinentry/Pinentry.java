package org.zegel.consent.dialog.pinentry;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Secret;

/** A pinentry program that was started for one question. Closing it ends the program, whatever it does. */
public final class Pinentry implements AutoCloseable {
    /** Longest text, in bytes when escaped: a command is one line of the protocol. */
    public static final int MAX_TEXT = AssuanLine.MAX - 32;

    private static final long ENDING_MILLIS = 300;

    private final Process process;
    private final OutputStream out;
    private final AssuanReader in;

    private Pinentry(Process process) {
        this.process = process;
        this.out = process.getOutputStream();
        this.in = new AssuanReader(process.getInputStream(), process::isAlive);
    }

    /** The texts of a window. */
    public enum Text {
        TITLE,
        DESC,
        PROMPT,
        ERROR,
        OK,
        CANCEL,
        NOTOK,
        REPEAT,
        REPEATERROR
    }

    /**
     * A secret, and whether the program made sure that it was typed twice alike.
     */
    public record Typed(Secret secret, boolean repeated) implements AutoCloseable {
        @Override
        public void close() {
            secret.close();
        }
    }

    /**
     * Starts the program.
     *
     * @param terminal where it is to ask when it cannot do so in a window
     * @throws IOException when it does not start or speak
     */
    public static Pinentry start(Path program, @Nullable Path terminal, String terminalType, String characters)
            throws IOException {
        Pinentry started = new Pinentry(new ProcessBuilder(program.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
        boolean ready = false;
        try {
            started.await();
            started.option("lc-ctype", characters);
            if (terminal != null) {
                started.option("ttyname", terminal.toString());
                started.option("ttytype", terminalType);
            }
            ready = true;
            return started;
        } finally {
            if (!ready) {
                started.close();
            }
        }
    }

    /** Sets a text; false where the program has none of this kind. Texts are plain and may have line ends. */
    public boolean say(Text text, String words) throws IOException {
        String escaped = AssuanLine.escaped(words);
        if (escaped.getBytes(StandardCharsets.UTF_8).length > MAX_TEXT) {
            throw new IllegalArgumentException("the text does not fit a line");
        }
        return tried("SET" + text.name() + " " + escaped);
    }

    /** The program itself gives up after so long, should this process be gone by then. */
    public void timeout(Duration time) throws IOException {
        tried(String.format(Locale.ROOT, "SETTIMEOUT %d", Math.max(1, time.toSeconds())));
    }

    /** What it draws on, such as {@code curses}, {@code tty} or {@code gnome3:curses}; empty when it does not say. */
    public String flavor() throws IOException {
        send("GETINFO flavor");
        String flavor = "";
        try {
            for (AssuanLine line = in.line(); !isEnd(line); line = in.line()) {
                if (line.is("D")) {
                    flavor = line.text();
                }
            }
        } catch (PinentryException error) {
            if (!process.isAlive()) {
                throw error;
            }
        }
        return flavor;
    }

    /** Asks for a yes; everything else is an exception. */
    public void confirm() throws IOException {
        send("CONFIRM");
        await();
    }

    /** Asks for a secret; what is empty is empty, not a cancel. The caller closes it. */
    public Typed pin() throws IOException {
        send("GETPIN");
        Secret secret = Secret.takeOver(new char[0]);
        boolean repeated = false;
        boolean done = false;
        try {
            AssuanLine line = in.line();
            while (!isEnd(line)) {
                try (AssuanLine now = line) {
                    if (now.is("D") && secret.length() > 0) {
                        // The end of what did not fit one line: a part of a secret is not it.
                        throw new PinentryException(PinentryException.Reason.UNUSABLE, "what was typed is too long");
                    } else if (now.is("D")) {
                        secret.close();
                        secret = now.secret();
                    } else if (now.is("S") && now.text().equals("PIN_REPEATED")) {
                        repeated = true;
                    }
                }
                line = in.line();
            }
            done = true;
            return new Typed(secret, repeated);
        } finally {
            if (!done) {
                secret.close();
            }
        }
    }

    private void option(String name, String value) throws IOException {
        tried("OPTION " + name + "=" + AssuanLine.escaped(value));
    }

    /** Whether the program took the command. */
    private boolean tried(String command) throws IOException {
        send(command);
        try {
            await();
            return true;
        } catch (PinentryException refused) {
            if (refused.reason() != PinentryException.Reason.UNUSABLE || !process.isAlive()) {
                throw refused;
            }
            return false;
        }
    }

    private void send(String command) throws IOException {
        out.write((command + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void await() throws IOException {
        AssuanLine line = in.line();
        while (!isEnd(line)) {
            line.close();
            line = in.line();
        }
    }

    /** {@code OK} ends an answer, {@code ERR} throws; inquiries are not answered. */
    private boolean isEnd(AssuanLine line) throws IOException {
        if (line.is("ERR")) {
            throw PinentryException.ofCode(line.number());
        }
        if (line.is("INQUIRE")) {
            send("CAN");
        }
        return line.is("OK");
    }

    /** Ends the program; it may leave a terminal as it was while asking. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        if (interrupted) {
            process.destroy();
        }
        try {
            out.close();
        } catch (IOException gone) {
            process.destroy();
        }
        try {
            if (!process.waitFor(ENDING_MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroy();
                if (!process.waitFor(ENDING_MILLIS, TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                }
            }
        } catch (InterruptedException again) {
            interrupted = true;
            process.destroyForcibly();
        } finally {
            in.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
