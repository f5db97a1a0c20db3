package org.zegel.app.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Text on standard output, always UTF-8, a line at a time. */
final class StandardOutput {
    private StandardOutput() {}

    /** A line for a person. */
    static void line(String text) {
        json(Words.printable(text));
    }

    /** A line for a program, exactly as it is; JSON escapes what has to be. */
    static void json(String text) {
        PrintStream out = System.out;
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        out.flush();
    }
}
