package org.zegel.door.http;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.zegel.model.DisplayText;

/** Which process holds a socket: Linux shows each process's open files to its own user. */
final class SocketHolder {
    private static final Path PROC = Path.of("/proc");

    private SocketHolder() {}

    /** The process that holds the socket of this inode; null when none is found. */
    static @Nullable Long find(long inode) {
        String target = "socket:[" + inode + "]";
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, target)) {
                    return Long.valueOf(process.getFileName().toString());
                }
            }
        } catch (IOException | NumberFormatException notLinux) {
            return null;
        }
        return null;
    }

    /** The path of this process's program; null where it is hidden, or the process does not hold the socket any more. */
    static @Nullable String program(long process, long inode) {
        Path folder = PROC.resolve(Long.toString(process));
        try {
            String path = Files.readSymbolicLink(folder.resolve("exe")).toString();
            // Looked at afterwards: as long as it holds the socket the number is still its own.
            return holds(folder, "socket:[" + inode + "]") ? DisplayText.of(path) : null;
        } catch (IOException hidden) {
            return null;
        }
    }

    private static boolean holds(Path process, String target) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                if (Files.readSymbolicLink(file).toString().equals(target)) {
                    return true;
                }
            }
        } catch (IOException notOurs) {
            return false;
        } catch (java.nio.file.DirectoryIteratorException ended) {
            return false;
        }
        return false;
    }
}
