package org.zegel.logsearch;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.zegel.app.config.LogLevel;
import org.zegel.app.daemon.LogFiles;
import org.zegel.fixtures.KnownSecrets;

/** Every test of this process logs all that there is to log, as a daemon at {@code trace} does, to be searched later. */
public final class VerboseLogs implements BeforeAllCallback, BeforeEachCallback {
    /** Libraries of the tests, which are not in the product. */
    private static final List<Logger> NOT_OURS = Stream.of(
                    "com.tngtech.archunit",
                    "net.jqwik",
                    "org.junit",
                    "com.code_intelligence",
                    "org.eclipse.angus",
                    "jakarta.mail",
                    "com.sun.mail",
                    "jdk.httpserver",
                    "com.sun.net.httpserver",
                    "jdk.internal.httpclient")
            .map(Logger::getLogger)
            .toList();

    private static final Everything HANDLER = KnownSecrets.folder() == null ? null : new Everything();

    @Override
    public void beforeAll(ExtensionContext context) {
        listen();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        listen();
    }

    /** The command line turns logging off; whoever runs it in this process is listened to again. */
    private static void listen() {
        Logger root = Logger.getLogger("");
        if (HANDLER != null && !Arrays.asList(root.getHandlers()).contains(HANDLER)) {
            root.addHandler(HANDLER);
            LogFiles.setLevel(LogLevel.TRACE);
            NOT_OURS.forEach(logger -> logger.setLevel(Level.INFO));
            Control.log();
        }
    }

    /** Gathers without looking. */
    static GatheredLogs gathered() {
        return HANDLER == null ? null : HANDLER.logs;
    }

    private static final class Everything extends Handler {
        private final GatheredLogs logs = new GatheredLogs(KnownSecrets.folder());
        private final Formatter formatter = new SimpleFormatter();

        Everything() {
            setLevel(Level.ALL);
            Runtime.getRuntime().addShutdownHook(new Thread(logs::close, "gathered-logs"));
        }

        @Override
        public void publish(LogRecord entry) {
            StringWriter text = new StringWriter();
            text.append(entry.getLoggerName())
                    .append(' ')
                    .append(formatter.formatMessage(entry))
                    .append('\n');
            if (entry.getParameters() != null) {
                text.append(Arrays.deepToString(entry.getParameters())).append('\n');
            }
            if (entry.getThrown() != null) {
                entry.getThrown().printStackTrace(new PrintWriter(text));
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            logs.add(bytes, bytes.length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
