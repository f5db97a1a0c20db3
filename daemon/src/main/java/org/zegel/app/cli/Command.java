package org.zegel.app.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.zegel.model.Failure;
import org.zegel.protocol.JsonCodec;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.Result;
import picocli.CommandLine.Mixin;

/** What all commands share: JSON or words, and progress on a terminal. */
abstract class Command implements Callable<Integer> {
    /** Set by Ctrl-C. */
    static final AtomicBoolean CANCELLED = new AtomicBoolean();

    @Mixin
    PrintOptions print;

    protected final Words words = Words.onStandardError();

    abstract int run() throws CommandError, RequestError, Failure, IOException;

    @Override
    public final Integer call() throws CommandError, RequestError, Failure, IOException {
        return run();
    }

    /** Prints the result as JSON for a program, or these lines for a person. */
    final void answer(Result result, Iterable<String> lines) {
        if (print.json) {
            StandardOutput.json(JsonCodec.toJson(result));
        } else {
            lines.forEach(StandardOutput::line);
        }
    }

    /** A progress line while a call runs; close it before printing. */
    final ProgressLine progress(String what) {
        return new ProgressLine(System.err, !print.json && Terminals.errorIsTerminal(), what, CANCELLED);
    }
}
