package org.zegel.app.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.logging.LogManager;
import org.zegel.app.config.Home;
import org.zegel.model.Failure;
import org.zegel.protocol.RequestError;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Runs one command line to its exit status. */
public final class CommandLineTool {
    private static final String JSON = "--json";

    private CommandLineTool() {}

    /** Runs the command; whatever goes wrong ends in words (or JSON) and an exit status, never in a stack trace. */
    public static int run(String... arguments) {
        boolean json = Arrays.asList(arguments).contains(JSON);
        // What the library would log goes nowhere: stderr is for the person, stdout for the result.
        LogManager.getLogManager().reset();
        KeyFiles.expect(arguments);
        try (Interruption interruption = Interruption.watch()) {
            return interruption.statusOf(commandLine(json).execute(arguments));
        } catch (OutOfMemoryError full) {
            return tell(
                    new CommandError(
                            "out-of-memory",
                            "The memory that Java may use does not suffice. Allow more with"
                                    + " ZEGEL_JAVA_OPTIONS=-Xmx512m."),
                    json);
        } catch (StackOverflowError deep) {
            return tell(new CommandError("message-malformed", "The input is nested too deeply to be read."), json);
        }
    }

    /** The home of this process; the relay needs it before picocli is worth loading. */
    public static Path home() {
        return Home.current().directory();
    }

    static CommandLine commandLine(boolean json) {
        CommandLine line = new CommandLine(new ZegelCommand());
        line.setUsageHelpAutoWidth(true);
        line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((wrong, _) -> usage(wrong, json));
        line.setExecutionExceptionHandler((failed, _, _) -> tell(error(failed), json));
        line.registerConverter(Instant.class, CommandLineTool::instant);
        addHelp(line);
        return line;
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException wrong) {
            throw new TypeConversionException("'" + text + "' is no moment such as 2026-01-31T12:00:00Z");
        }
    }

    /** Every command and group knows --help. */
    private static void addHelp(CommandLine line) {
        if (!line.getCommandSpec().optionsMap().containsKey("--help")) {
            line.getCommandSpec()
                    .addOption(CommandLine.Model.OptionSpec.builder("-h", "--help")
                            .usageHelp(true)
                            .description("Show this help.")
                            .build());
        }
        line.getSubcommands().values().forEach(CommandLineTool::addHelp);
    }

    private static int usage(ParameterException wrong, boolean json) {
        String help = wrong.getCommandLine().getCommandSpec().qualifiedName(" ") + " --help";
        String message = String.valueOf(wrong.getMessage()).replace('\n', ' ');
        Errors.tell(
                new CommandError("usage", message + (message.endsWith(".") ? "" : ".") + " See " + help + "."),
                json,
                null);
        return ExitStatus.USAGE;
    }

    private static int tell(CommandError error, boolean json) {
        Errors.tell(error, json, null);
        return error.code().equals("usage") ? ExitStatus.USAGE : ExitStatus.FAILED;
    }

    private static CommandError error(Exception failed) {
        if (Command.CANCELLED.get()) {
            return new CommandError("cancelled", "Cancelled; nothing was written.");
        }
        return switch (failed) {
            case CommandError error -> error;
            case RequestError error -> CommandError.of(error);
            case Failure failure -> CommandError.of(failure);
            case CancellationException _ -> new CommandError("cancelled", "Cancelled; nothing was written.");
            default ->
                new CommandError(
                        "internal-error",
                        "Something went wrong inside Zegel ("
                                + failed.getClass().getSimpleName()
                                + "). Please report it, with the command you gave.");
        };
    }
}
