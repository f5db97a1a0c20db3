package org.zegel.app.cli;

import picocli.CommandLine.Option;

/** Who does the work. */
final class DoorOptions {
    @Option(names = "--in-process", description = "Do the work in this process, without the daemon.")
    boolean inProcess;
}
