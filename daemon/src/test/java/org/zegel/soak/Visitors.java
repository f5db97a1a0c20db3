package org.zegel.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.zegel.app.daemon.DaemonLine;
import org.zegel.door.TestDaemon;

/** Ways into one daemon, through its real doors. */
final class Visitors {
    static final String EXTENSION = "chrome-extension://abcdefghijklmnopabcdefghijklmnop/";

    private final DaemonProcess daemon;
    private final Ledger ledger;
    private final String recipientPem;
    private final Path relayLog;
    private volatile String troublemakersToken = "none";

    Visitors(DaemonProcess daemon, Ledger ledger, String recipientPem, Path relayLog) {
        this.daemon = daemon;
        this.ledger = ledger;
        this.recipientPem = recipientPem;
        this.relayLog = relayLog;
    }

    DaemonProcess daemon() {
        return daemon;
    }

    FrameLine socket() throws IOException {
        DaemonLine line = daemon.connect();
        return new FrameLine(ledger, line.in(), line.out(), line);
    }

    HttpLine http() throws Exception {
        return new HttpLine(ledger, daemon.httpPort());
    }

    /** A relay as a browser starts it. */
    Process startRelay() throws IOException {
        List<String> command = TestDaemon.java(org.zegel.app.Main.class, "native-host", EXTENSION);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(relayLog.toFile()));
        builder.environment().put("ZEGEL_HOME", daemon.home().toString());
        builder.environment().put("ZEGEL_LOG", "trace");
        return builder.start();
    }

    FrameLine relay(Process relay) {
        return new FrameLine(ledger, relay.getInputStream(), relay.getOutputStream(), relay.getOutputStream());
    }

    Deeds deeds(Line line, Random random) {
        return new Deeds(line, random, recipientPem);
    }

    /** The troublemakers are one client, paired once. */
    void troublemakersToken(String token) {
        troublemakersToken = token;
    }

    String troublemakersToken() {
        return troublemakersToken;
    }
}
