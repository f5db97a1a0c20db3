package org.zegel.app.helper;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.zegel.app.system.AotCache;
import org.zegel.app.system.CoreDumps;
import org.zegel.app.system.ProtocolStreams;
import org.zegel.store.cryptoki.helper.HelperCommand;
import org.zegel.store.cryptoki.helper.HelperServer;

/** The main class of the helper process. */
public final class ModuleHelper {
    private ModuleHelper() {}

    /** A small JVM of this program: it starts fast, takes little memory and leaves nothing behind when it dies. */
    public static HelperCommand command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx24m", "-Xms2m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-XX:ReservedCodeCacheSize=8m", "-Xshare:auto", "-XX:-UsePerfData", "-Xrs"));
        // The module's crash is the helper's end, and nothing more: no report with memory in it, no core.
        command.addAll(List.of("-XX:+DisableAttachMechanism", "-XX:-CreateCoredumpOnCrash"));
        command.addAll(List.of("-XX:+SuppressFatalErrorMessage", "-XX:+ExitOnOutOfMemoryError", "-Xlog:disable"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(AotCache.option());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ModuleHelper.class.getName()));
        return new HelperCommand(command, Map.of());
    }

    /** Serves the daemon at the other end of the standard streams until it closes them. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        // Before the first PIN.
        CoreDumps.forbid();
        ProtocolStreams streams = ProtocolStreams.take();
        HelperServer.serve(streams.in(), streams.out());
        // Whatever the module's threads are doing.
        Runtime.getRuntime().halt(0);
    }
}
