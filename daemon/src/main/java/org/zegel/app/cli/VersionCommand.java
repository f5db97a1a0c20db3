package org.zegel.app.cli;

import java.util.List;
import java.util.Map;
import org.zegel.protocol.JsonCodec;
import picocli.CommandLine;

/** {@code zegel version}. */
@CommandLine.Command(name = "version", description = "Says which Zegel and which Java this is.")
final class VersionCommand extends Command {
    @Override
    int run() {
        if (print.json) {
            StandardOutput.json(JsonCodec.toJson(Map.of("zegel", zegel(), "java", java())));
        } else {
            List.of("Zegel " + zegel(), "Java " + java()).forEach(StandardOutput::line);
        }
        return ExitStatus.DONE;
    }

    static String zegel() {
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    static String java() {
        return Runtime.version() + " (" + System.getProperty("java.vendor") + ")";
    }
}
