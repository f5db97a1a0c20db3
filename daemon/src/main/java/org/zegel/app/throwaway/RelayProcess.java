package org.zegel.app.throwaway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.zegel.door.nativemessaging.Relay;

/** The real relay, started as a browser starts it: frames on its stdin and stdout, the extension's id in its arguments. */
public final class RelayProcess implements Relay.Line {
    /** Whom the relay is told that it speaks for. */
    public static final String EXTENSION = "chrome-extension://pdmngbbajjiblinhomfkfjeelgdlhgff/";

    private static final long PATIENCE_SECONDS = 5;

    private final Process process;

    /** @param program how this program is started, without arguments */
    public RelayProcess(List<String> program, Path home) throws IOException {
        List<String> command = new ArrayList<>(program);
        command.add("native-host");
        command.add(EXTENSION);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("ZEGEL_HOME", home.toString());
        process = builder.start();
    }

    @Override
    public InputStream in() {
        return process.getInputStream();
    }

    @Override
    public OutputStream out() {
        return process.getOutputStream();
    }

    /** Ends it as a browser does: by closing its stdin. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
