package org.zegel.app.cli;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.zegel.app.bench.Bench;
import org.zegel.app.bench.BenchOptions;
import org.zegel.app.bench.Disagreement;
import org.zegel.app.bench.Door;
import org.zegel.app.bench.Operation;
import org.zegel.app.bench.Versus;
import org.zegel.model.Failure;
import org.zegel.model.KebabCase;
import org.zegel.protocol.RequestError;
import org.zegel.trust.throwaway.ThrowawayAuthority;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.json.JsonMapper;

/** {@code zegel bench}. */
@CommandLine.Command(
        name = "bench",
        description = {
            "Measures how fast this machine signs, verifies, encrypts, decrypts and opens, with throwaway keys.",
            "Times are of whole operations: the message is read from a file and its outcome written to one."
        })
final class BenchCommand extends Command {
    /** The protocol knows no fractions, figures do. */
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final int MOST_CLIENTS = 64;
    private static final int MOST_PAIRS = 1_000;
    private static final int MOST_SECONDS = 3_600;

    @Option(
            names = "--operation",
            split = ",",
            paramLabel = "NAME",
            converter = OperationNames.class,
            defaultValue = "sign,verify,encrypt,decrypt,open",
            description = "sign, verify, encrypt, decrypt, open. Default: all.")
    List<Operation> operations;

    @Option(
            names = "--size",
            split = ",",
            paramLabel = "SIZE",
            converter = Sizes.class,
            defaultValue = "10k,1m,10m,100m",
            description = "Bytes of the message; k, m and g are 1,000s. Default: ${DEFAULT-VALUE}.")
    List<Long> sizes;

    @Option(
            names = "--key",
            split = ",",
            paramLabel = "KEY",
            converter = KeyNames.class,
            defaultValue = "rsa-2048,p256",
            description = "rsa-2048, rsa-3072, rsa-4096, p256, ed25519. Default: ${DEFAULT-VALUE}.")
    List<ThrowawayAuthority.Kind> keys;

    @Option(
            names = "--cipher",
            split = ",",
            paramLabel = "NAME",
            converter = CipherNames.class,
            defaultValue = "aes256-cbc,aes256-gcm",
            description = "aes128-cbc, aes256-cbc, aes128-gcm, aes256-gcm. Default: ${DEFAULT-VALUE}.")
    List<String> ciphers;

    @Option(
            names = "--door",
            split = ",",
            paramLabel = "NAME",
            converter = DoorNames.class,
            defaultValue = "in-process",
            description = "in-process, socket, native-messaging, http. Default: ${DEFAULT-VALUE}.")
    List<Door> doors;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "2",
            description =
                    "For each figure, and as long before it to warm up. 0: once and cold. Default: ${DEFAULT-VALUE}.")
    int seconds;

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "1",
            description = "At once, each with its own connection. Default: ${DEFAULT-VALUE}.")
    int clients;

    @Option(
            names = "--vs",
            paramLabel = "PROGRAM",
            converter = ProgramNames.class,
            description = "Beside another program's command, in turn, on the same messages: openssl.")
    Versus.@Nullable Program program;

    @Option(
            names = "--pairs",
            paramLabel = "N",
            defaultValue = "7",
            description = "Runs of each in a comparison. Default: ${DEFAULT-VALUE}.")
    int pairs;

    @Override
    int run() throws CommandError, RequestError, Failure, IOException {
        check("--seconds", seconds, 0, MOST_SECONDS);
        check("--clients", clients, 1, MOST_CLIENTS);
        check("--pairs", pairs, 1, MOST_PAIRS);
        Duration time = Duration.ofSeconds(seconds);
        BenchOptions options = new BenchOptions(operations, sizes, keys, ciphers, doors, time, time, clients);
        Consumer<String> words = line -> {
            if (!print.json) {
                StandardOutput.line(line);
            }
        };
        Consumer<Map<String, Object>> json = figure -> {
            if (print.json) {
                StandardOutput.json(JSON.writeValueAsString(figure));
            }
        };
        try {
            if (program == null) {
                new Bench(Launcher.ofChildren(), Clock.systemUTC()).run(options, words, json);
            } else {
                new Versus(Clock.systemUTC()).run(program, options, pairs, words, json);
            }
            return ExitStatus.DONE;
        } catch (Disagreement wrong) {
            throw new CommandError("disagreement", "No figure is told, because " + wrong.getMessage() + ".");
        }
    }

    private static void check(String option, int value, int least, int most) throws CommandError {
        if (value < least || value > most) {
            throw new CommandError("invalid-parameters", option + " takes " + least + " to " + most + ".");
        }
    }

    private static <E extends Enum<E>> E named(Class<E> type, String name) {
        return Stream.of(type.getEnumConstants())
                .filter(each -> KebabCase.of(each).equals(name))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + name + "' is none of "
                        + Stream.of(type.getEnumConstants()).map(KebabCase::of).collect(Collectors.joining(", "))));
    }

    /** Names of operations. */
    static final class OperationNames implements ITypeConverter<Operation> {
        @Override
        public Operation convert(String name) {
            return named(Operation.class, name);
        }
    }

    /** Names of doors. */
    static final class DoorNames implements ITypeConverter<Door> {
        @Override
        public Door convert(String name) {
            return named(Door.class, name);
        }
    }

    /** Names of other programs. */
    static final class ProgramNames implements ITypeConverter<Versus.Program> {
        @Override
        public Versus.Program convert(String name) {
            return named(Versus.Program.class, name);
        }
    }

    /** Names of kinds of keys. */
    static final class KeyNames implements ITypeConverter<ThrowawayAuthority.Kind> {
        @Override
        public ThrowawayAuthority.Kind convert(String name) {
            return named(ThrowawayAuthority.Kind.class, name);
        }
    }

    /** Names of ciphers. */
    static final class CipherNames implements ITypeConverter<String> {
        private static final List<String> ALL = List.of("aes128-cbc", "aes256-cbc", "aes128-gcm", "aes256-gcm");

        @Override
        public String convert(String name) {
            if (!ALL.contains(name)) {
                throw new TypeConversionException("'" + name + "' is none of " + String.join(", ", ALL));
            }
            return name;
        }
    }

    /** Sizes in bytes: 500, 10k, 1m, 2g. */
    static final class Sizes implements ITypeConverter<Long> {
        private static final long LEAST = 1_000;
        private static final long MOST = 2_000_000_000;

        @Override
        public Long convert(String text) {
            String lower = text.toLowerCase(Locale.ROOT);
            long factor = lower.endsWith("k")
                    ? 1_000
                    : lower.endsWith("m") ? 1_000_000 : lower.endsWith("g") ? 1_000_000_000 : 1;
            String digits = factor == 1 ? lower : lower.substring(0, lower.length() - 1);
            if (!digits.matches("[0-9]{1,10}")) {
                throw new TypeConversionException("'" + text + "' is no size such as 10k, 1m or 2g");
            }
            long size = Long.parseLong(digits) * factor;
            if (size < LEAST || size > MOST) {
                throw new TypeConversionException("'" + text + "' is not between 1k and 2g");
            }
            return size;
        }
    }
}
