package org.zegel.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.zegel.app.throwaway.ServedKeys;
import org.zegel.app.throwaway.TemporaryFolder;
import org.zegel.app.throwaway.ThrowawayDaemonProcess;
import org.zegel.model.Failure;
import org.zegel.model.KebabCase;
import org.zegel.protocol.RequestError;
import org.zegel.trust.throwaway.ThrowawayAuthority.Kind;

/** Measures operations at ways in, with throwaway keys: nothing of the person's is read or kept. */
public final class Bench {
    /** The command that serves a bench's keys in a process of its own. */
    public static final String DAEMON = "bench-daemon";

    private final List<String> program;
    private final Clock clock;

    /** @param program how this program is started, without arguments */
    public Bench(List<String> program, Clock clock) {
        this.program = List.copyOf(program);
        this.clock = clock;
    }

    /** The operations and keys that go together, in the order in which they are measured. */
    static List<Row> rows(BenchOptions options) {
        List<Row> rows = new ArrayList<>();
        for (Door door : options.doors()) {
            for (Operation operation : options.operations()) {
                for (Kind key : options.keys()) {
                    if (fits(operation, key)) {
                        rows.addAll(rows(options, door, operation, key));
                    }
                }
            }
        }
        return rows;
    }

    /** Measures all; each figure is told when it is there. */
    public void run(BenchOptions options, Consumer<String> words, Consumer<Map<String, Object>> json)
            throws Failure, RequestError, IOException {
        words.accept(Figure.heads());
        try (TemporaryFolder folder = new TemporaryFolder("zegel-bench");
                Doors doors = new Doors(folder.path(), options)) {
            for (Row row : rows(options)) {
                Figure figure = doors.measured(row);
                words.accept(figure.words());
                json.accept(figure.json());
            }
        }
    }

    private static List<Row> rows(BenchOptions options, Door door, Operation operation, Kind key) {
        List<Row> rows = new ArrayList<>();
        for (long size : options.sizes()) {
            if (operation.hasCipher()) {
                options.ciphers().forEach(cipher -> rows.add(new Row(operation, size, key, cipher, door)));
            } else {
                rows.add(new Row(operation, size, key, null, door));
            }
        }
        return rows;
    }

    private static boolean fits(Operation operation, Kind key) {
        return switch (key) {
            case ED25519 -> !operation.hasCipher();
            case X25519 -> operation == Operation.ENCRYPT || operation == Operation.DECRYPT;
            default -> true;
        };
    }

    /** Each way in with its keys and samples, opened when first needed. */
    private final class Doors implements AutoCloseable {
        private final Path folder;
        private final BenchOptions options;
        private final BenchKeys keys;
        private final Map<Door, List<Way>> ways = new EnumMap<>(Door.class);
        private @Nullable ThrowawayDaemonProcess daemon;
        private ServedKeys.@Nullable Address address;

        Doors(Path folder, BenchOptions options) {
            this.folder = folder;
            this.options = options;
            this.keys = BenchKeys.make(options.keys(), clock);
        }

        Figure measured(Row row) throws Failure, RequestError, IOException {
            List<Way> clients = clients(row.door());
            Path messages = Files.createDirectories(folder.resolve(row.door().name()));
            ServedKeys.Address known = address;
            Samples samples = new Samples(messages, keys, clients.getFirst());
            Task task = samples.task(row);
            if (known != null && row.door() != Door.IN_PROCESS) {
                task = new Task(
                        task.operation(), task.input(), known.certificate(BenchKeys.address(row.key())), task.cipher());
            }
            return new Measurement(row, task, clients, folder).take(options.warmUp(), options.time());
        }

        private List<Way> clients(Door door) throws Failure, RequestError, IOException {
            List<Way> found = ways.get(door);
            if (found == null) {
                found = new ArrayList<>();
                ways.put(door, found);
                for (int i = 0; i < options.clients(); i++) {
                    found.add(way(door, i));
                }
            }
            return found;
        }

        private Way way(Door door, int number) throws Failure, RequestError, IOException {
            return switch (door) {
                case IN_PROCESS ->
                    number == 0
                            ? Ways.inProcess(Files.createDirectories(folder.resolve("home")), keys, clock)
                            : Objects.requireNonNull(first(door));
                case SOCKET -> Ways.socket(daemon(), address().home());
                case NATIVE_MESSAGING ->
                    Ways.nativeMessaging(program, daemon(), address().home());
                case HTTP -> Ways.http(daemon(), address().httpPort(), first(door));
            };
        }

        private @Nullable Way first(Door door) {
            List<Way> opened = ways.getOrDefault(door, List.of());
            return opened.isEmpty() ? null : opened.getFirst();
        }

        private ThrowawayDaemonProcess daemon() throws IOException {
            ThrowawayDaemonProcess running = daemon;
            if (running == null) {
                running = ThrowawayDaemonProcess.start(program, arguments());
                daemon = running;
                address = running.address();
            }
            return running;
        }

        private ServedKeys.Address address() throws IOException {
            daemon();
            ServedKeys.Address known = address;
            if (known == null) {
                throw new IllegalStateException("the daemon did not say where it is");
            }
            return known;
        }

        private List<String> arguments() {
            List<String> arguments = new ArrayList<>(List.of(DAEMON));
            options.keys().forEach(key -> arguments.add(KebabCase.of(key)));
            return arguments;
        }

        @Override
        public void close() {
            ways.values().forEach(each -> each.stream().distinct().forEach(Way::close));
            if (daemon != null) {
                daemon.close();
            }
        }
    }
}
