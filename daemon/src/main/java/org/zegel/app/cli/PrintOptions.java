package org.zegel.app.cli;

import picocli.CommandLine.Option;

/** How a command answers. */
final class PrintOptions {
    @Option(names = "--json", description = "Answer in JSON on stdout, for programs; errors too.")
    boolean json;
}
