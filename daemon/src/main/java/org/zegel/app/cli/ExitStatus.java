package org.zegel.app.cli;

/** What a command's exit status says; the numbers are part of the command line's contract. */
final class ExitStatus {
    static final int DONE = 0;

    /** The work was done and the answer is no: a seal that is not valid, a message that may not be shown. */
    static final int ANSWER_IS_NO = 1;

    static final int USAGE = 2;
    static final int FAILED = 3;

    /** Ended by Ctrl-C, as shells count it. */
    static final int INTERRUPTED = 130;

    private ExitStatus() {}
}
