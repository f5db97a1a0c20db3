package org.zegel.app.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.app.system.CoreDumps;
import org.zegel.model.Secret;
import picocli.CommandLine.Option;

/** A passphrase in a file that only its owner can read; its first line counts. */
final class PassphraseFile {
    /** Longest passphrase file, in bytes. */
    static final int MAX_LENGTH = 4096;

    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "Holds the passphrase of the key file; refused if others can read it.")
    @Nullable
    Path file;

    /** The passphrase; null where no file was named. */
    @Nullable
    Secret read() throws CommandError {
        if (file == null) {
            return null;
        }
        refuseIfShared(file);
        CoreDumps.forbid();
        byte[] bytes = Input.bytes(file, MAX_LENGTH);
        try {
            CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            char[] all = Arrays.copyOfRange(decoded.array(), 0, decoded.limit());
            Arrays.fill(decoded.array(), '\0');
            char[] line = Arrays.copyOf(all, lineLength(all));
            Arrays.fill(all, '\0');
            return Secret.takeOver(line);
        } catch (CharacterCodingException notText) {
            throw new CommandError("file-unreadable", file + " is not UTF-8 text.");
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static void refuseIfShared(Path file) throws CommandError {
        try {
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view != null && !OWNER.containsAll(view.readAttributes().permissions())) {
                throw new CommandError(
                        "passphrase-file-shared",
                        "Others can read the passphrase file " + file + ". Take that away first: chmod 600 " + file);
            }
        } catch (NoSuchFileException missing) {
            throw new CommandError("file-not-found", "There is no file " + file + ".");
        } catch (IOException unreadable) {
            throw new CommandError("file-unreadable", file + " cannot be read.");
        }
    }

    private static int lineLength(char[] text) {
        int end = 0;
        while (end < text.length && text[end] != '\n' && text[end] != '\r') {
            end++;
        }
        return end;
    }
}
