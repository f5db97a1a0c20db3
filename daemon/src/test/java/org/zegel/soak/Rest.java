package org.zegel.soak;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A daemon at rest: what it has open and in memory while one client is connected and silent. */
record Rest(Map<String, Integer> files, long threads, Map<String, Long> virtualThreads, LiveHeap heap) {
    static Rest of(DaemonProcess daemon) throws Exception {
        LiveHeap heap = daemon.liveHeap();
        return new Rest(daemon.openFiles(), daemon.threads(), named(daemon), heap);
    }

    /** What there is more of than there was, one line each. */
    List<String> leftBehind(DaemonProcess daemon, long heapMargin, long threadMargin) throws Exception {
        List<String> left = new ArrayList<>();
        Rest now = of(daemon);
        now.files.remove("closed");
        now.files.forEach((kind, count) -> more(left, "open files: " + kind, files.getOrDefault(kind, 0), count));
        more(left, "threads (margin " + threadMargin + ")", threads + threadMargin, now.threads);
        now.virtualThreads.forEach(
                (name, count) -> more(left, "threads named " + name, virtualThreads.getOrDefault(name, 0L), count));
        LiveHeap.transientClasses()
                .forEach(name -> more(left, "objects of " + name, heap.count(name), now.heap.count(name)));
        more(left, "bytes of heap (margin " + heapMargin + ")", heap.bytes() + heapMargin, now.heap.bytes());
        return left;
    }

    private static void more(List<String> left, String what, long before, long now) {
        if (now > before) {
            left.add(what + ": " + now + ", was " + before);
        }
    }

    /** Those that work for one caller: of these names, without their numbers. */
    private static Map<String, Long> named(DaemonProcess daemon) throws IOException, Exception {
        return daemon.threadNames().stream()
                .map(name -> name.replaceAll("[0-9]+", "#"))
                .filter(name -> name.matches("call|prompt|outbox|socket-#|relay.*|events.*|http-#.*"))
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
    }
}
