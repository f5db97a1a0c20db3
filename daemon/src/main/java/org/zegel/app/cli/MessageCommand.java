package org.zegel.app.cli;

import java.io.IOException;
import java.io.InputStream;
import org.zegel.app.client.Contents;
import org.zegel.protocol.ContentRef;
import org.zegel.protocol.RequestError;
import picocli.CommandLine.Mixin;

/** A command that hands a message over. */
abstract class MessageCommand extends Command {
    @Mixin
    DoorOptions door;

    /** Hands the message over; says so when a person has to type it. */
    final ContentRef send(Contents contents, Input input) throws CommandError, RequestError {
        if (input.file() == null && Terminals.inputIsTerminal()) {
            words.line("Reading the message from the terminal; end it with Ctrl-D.");
        }
        try (InputStream in = input.open()) {
            return contents.send(in);
        } catch (IOException unreadable) {
            throw new CommandError("file-unreadable", input.name() + " could not be read to its end.");
        }
    }
}
