package org.zegel.logsearch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirDeletionStrategy;

/** Logs that other processes left in a test's folder are kept for the search before the folder goes. */
public final class GatherThenDelete implements TempDirDeletionStrategy {
    @Override
    public DeletionResult delete(Path folder, AnnotatedElementContext element, ExtensionContext context)
            throws IOException {
        GatheredLogs gathered = VerboseLogs.gathered();
        if (gathered != null) {
            for (Path log : logs(folder)) {
                gathered.addFile(log);
            }
        }
        return TempDirDeletionStrategy.Standard.INSTANCE.delete(folder, element, context);
    }

    private static List<Path> logs(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.getFileName().toString().endsWith(".log"))
                    .filter(Files::isRegularFile)
                    .filter(Files::isReadable)
                    .toList();
        } catch (java.io.UncheckedIOException closedToUs) {
            return List.of();
        }
    }
}
