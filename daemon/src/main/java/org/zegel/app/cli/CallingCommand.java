package org.zegel.app.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.zegel.app.client.Backend;
import org.zegel.app.client.Contents;
import org.zegel.model.Failure;
import org.zegel.protocol.ContentRef;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.SessionResult;
import picocli.CommandLine.Mixin;

/** A command that is one or a few calls to a backend. */
abstract class CallingCommand extends Command {
    /** Longest file of certificates or keys. */
    static final int MAX_FILE = 4 << 20;

    @Mixin
    DoorOptions door;

    abstract int run(Backend backend) throws CommandError, RequestError;

    @Override
    final int run() throws CommandError, RequestError, Failure {
        try (Backend backend = Backends.open(door)) {
            return run(backend);
        }
    }

    static ContentRef content(Backend backend, Path file) throws CommandError, RequestError {
        try {
            return new Contents(backend).send(new ByteArrayInputStream(Input.bytes(file, MAX_FILE)));
        } catch (IOException unreadable) {
            throw new CommandError("file-unreadable", file + " cannot be read.");
        }
    }

    final int done(SessionResult.Done done, String words) {
        answer(done, List.of(words));
        return ExitStatus.DONE;
    }
}
