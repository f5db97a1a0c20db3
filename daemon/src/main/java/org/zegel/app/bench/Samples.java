package org.zegel.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.zegel.app.throwaway.Pem;
import org.zegel.protocol.RequestError;

/** The messages that are measured with, made when first needed and kept in a folder. */
final class Samples {
    private final Path folder;
    private final BenchKeys keys;
    private final Way maker;

    /** @param maker who signs and encrypts them */
    Samples(Path folder, BenchKeys keys, Way maker) {
        this.folder = folder;
        this.keys = keys;
        this.maker = maker;
    }

    /** What is done for this row, with the message that it needs. */
    Task task(Row row) throws RequestError, IOException {
        return task(row, row.operation(), input(row));
    }

    /** What is done for this row, with a message that another program made. */
    Task task(Row row, Path input) {
        return task(row, row.operation(), input);
    }

    /** The message as it was before anything was done to it. */
    Path plain(Row row) throws IOException {
        Path file = folder.resolve("plain-" + row.key() + "-" + row.size());
        if (!Files.exists(file)) {
            BenchMail.write(file, BenchKeys.address(row.key()), row.size());
        }
        return file;
    }

    private Path input(Row row) throws RequestError, IOException {
        return switch (row.operation()) {
            case SIGN, ENCRYPT -> plain(row);
            case VERIFY -> made(row, Operation.SIGN, "signed");
            case DECRYPT -> made(row, Operation.ENCRYPT, "encrypted");
            case OPEN -> made(row, Operation.OPEN, "sealed");
        };
    }

    private Path made(Row row, Operation by, String name) throws RequestError, IOException {
        Path file = folder.resolve(name + "-" + row.key() + "-" + row.size() + "-" + row.cipher());
        if (!Files.exists(file)) {
            Task task = task(row, by, plain(row));
            if (by == Operation.OPEN) {
                task.seal(maker, file);
            } else {
                task.run(maker, file);
            }
        }
        return file;
    }

    private Task task(Row row, Operation operation, Path input) {
        return new Task(operation, input, Pem.of(keys.of(row.key()).certificate()), row.cipher());
    }
}
