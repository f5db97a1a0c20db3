package org.zegel.app.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.zegel.protocol.RequestError;

/** Does one thing again and again, by one client or several at once, and takes its time. */
final class Measurement {
    private static final int MOST = 100_000;

    private final Row row;
    private final Task task;
    private final List<Way> clients;
    private final Path folder;

    Measurement(Row row, Task task, List<Way> clients, Path folder) {
        this.row = row;
        this.task = task;
        this.clients = List.copyOf(clients);
        this.folder = folder;
    }

    /** Warms up, then measures. */
    Figure take(Duration warmUp, Duration time) throws RequestError, IOException {
        warm(warmUp);
        Usage usage = clients.getFirst().usage();
        usage.reset();
        long processor = usage.processorNanos();
        long start = System.nanoTime();
        List<Times> times = all(time, time.isZero() ? 1 : BenchOptions.LEAST);
        long wall = System.nanoTime() - start;
        return new Figure(row, times, wall, usage.processorNanos() - processor, usage.heapPeak(), usage.residentPeak());
    }

    /** Does it for a while, at least {@link BenchOptions#LEAST} times; not at all when there is no time for it. */
    void warm(Duration time) throws RequestError, IOException {
        if (!time.isZero()) {
            all(time, BenchOptions.LEAST);
        }
    }

    private List<Times> all(Duration time, int least) throws RequestError, IOException {
        if (clients.size() == 1) {
            return one(0, time, least);
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(clients.size())) {
            List<Future<List<Times>>> running = new ArrayList<>();
            for (int i = 0; i < clients.size(); i++) {
                int client = i;
                running.add(threads.submit(() -> one(client, time, least)));
            }
            List<Times> times = new ArrayList<>();
            for (Future<List<Times>> each : running) {
                times.addAll(each.get());
            }
            return times;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("Stopped.", stop);
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case RequestError error -> throw error;
                case IOException error -> throw error;
                case RuntimeException error -> throw error;
                case null, default -> throw new IllegalStateException(failed);
            }
        }
    }

    private List<Times> one(int client, Duration time, int least) throws RequestError, IOException {
        Path output = folder.resolve("output-" + client);
        List<Times> times = new ArrayList<>();
        long end = System.nanoTime() + time.toNanos();
        for (int i = 0; i < MOST && (i < least || System.nanoTime() < end); i++) {
            long start = System.nanoTime();
            long call = task.run(clients.get(client), output);
            times.add(new Times(System.nanoTime() - start, call));
        }
        return times;
    }

    /**
     * Of one run, in nanoseconds.
     *
     * @param whole with handing over and fetching
     * @param call without
     */
    record Times(long whole, long call) {}
}
