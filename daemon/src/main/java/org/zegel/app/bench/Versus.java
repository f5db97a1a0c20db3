package org.zegel.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.zegel.app.throwaway.TemporaryFolder;
import org.zegel.model.Failure;
import org.zegel.protocol.RequestError;

/** Zegel in this process, warmed, beside another program's command: in turn, on the same message. */
public final class Versus {
    private final Clock clock;

    public Versus(Clock clock) {
        this.clock = clock;
    }

    /** The programs that there are to compare with. */
    public enum Program {
        /** {@code openssl cms}. */
        OPENSSL
    }

    /**
     * Compares; each comparison is told when it is there. Before it, each side reads what the other made.
     *
     * @param pairs how many runs of each
     * @throws Disagreement the two sides do not make the same of a message
     */
    public void run(
            Program program,
            BenchOptions options,
            int pairs,
            Consumer<String> words,
            Consumer<Map<String, Object>> json)
            throws Failure, RequestError, IOException {
        try (TemporaryFolder folder = new TemporaryFolder("zegel-bench")) {
            BenchKeys keys = BenchKeys.make(options.keys(), clock);
            Path home = Files.createDirectories(folder.path().resolve("home"));
            Path files = Files.createDirectories(folder.path().resolve("files"));
            try (Way zegel = Ways.inProcess(home, keys, clock)) {
                Peer peer = switch (program) {
                    case OPENSSL -> new OpenSslPeer(files, keys);
                };
                words.accept("Zegel in process, warmed, beside " + peer.name() + " as a command, in turn:");
                words.accept(Pairs.heads());
                Sides sides = new Sides(zegel, peer, new Samples(files, keys, zegel), files);
                for (Row row : Bench.rows(options)) {
                    if (peer.can(row)) {
                        Pairs compared = sides.compare(row, options.warmUp(), pairs);
                        words.accept(compared.words());
                        json.accept(compared.json());
                    }
                }
            }
        }
    }

    /** The two, and what they work on. */
    private record Sides(Way zegel, Peer peer, Samples samples, Path folder) {
        Pairs compare(Row row, Duration warmUp, int pairs) throws RequestError, IOException {
            Task task = samples.task(row);
            Path ours = folder.resolve("ours");
            Path theirs = folder.resolve("theirs");
            Peer.Run run = peer.prepare(row, task.input(), theirs);
            new Measurement(row, task, List.of(zegel), folder).warm(warmUp);
            task.run(zegel, ours);
            run.run();
            agree(row, ours, theirs);
            List<Pairs.Pair> times = new ArrayList<>();
            for (int i = 0; i < pairs; i++) {
                long start = System.nanoTime();
                long call = task.run(zegel, ours);
                long between = System.nanoTime();
                run.run();
                times.add(new Pairs.Pair(between - start, call, System.nanoTime() - between));
            }
            return new Pairs(row, times);
        }

        /** What both made is read by the other, and is the message that it was. */
        private void agree(Row row, Path ours, Path theirs) throws RequestError, IOException {
            Path plain = samples.plain(row);
            switch (row.operation()) {
                case SIGN -> readBack(row, Operation.VERIFY, ours, theirs);
                case ENCRYPT -> readBack(row, Operation.DECRYPT, ours, theirs);
                case VERIFY, DECRYPT, OPEN -> {
                    Agreement.same("Zegel", plain, ours);
                    Agreement.same(peer.name(), plain, theirs);
                }
            }
        }

        private void readBack(Row row, Operation back, Path ours, Path theirs) throws RequestError, IOException {
            Path plain = samples.plain(row);
            Row reading = new Row(back, row.size(), row.key(), row.cipher(), row.door());
            Path read = folder.resolve("read");
            samples.task(reading, theirs).run(zegel, read);
            Agreement.same(peer.name() + " and was read by Zegel", plain, read);
            peer.prepare(reading, ours, read).run();
            Agreement.same("Zegel and was read by " + peer.name(), plain, read);
        }
    }
}
