package org.zegel.app.bench;

import java.io.IOException;
import java.nio.file.Path;

/** Another program that does the same to a file. */
interface Peer {
    /** What it is, with its version. */
    String name() throws IOException;

    /** Whether it can do what the row is of. */
    boolean can(Row row);

    /**
     * Gives what it is to do; preparing is not part of what is measured.
     *
     * @param input the message, as Zegel gets it too
     * @param output where the outcome goes
     */
    Run prepare(Row row, Path input, Path output) throws IOException;

    /** One run. */
    @FunctionalInterface
    interface Run {
        void run() throws IOException;
    }
}
