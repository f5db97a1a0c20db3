package org.zegel.soak;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is reachable in a daemon's heap: bytes of all, and how many objects of each class of Zegel's own. */
record LiveHeap(long bytes, Map<String, Integer> ours) {
    /** Of these there is none when nobody is there: connections, calls, questions, contents, secrets. */
    private static final List<String> TRANSIENT = List.of(
            "org.zegel.door.Connection",
            "org.zegel.door.RunningCall",
            "org.zegel.door.Outbox",
            "org.zegel.dispatch.ClientSession",
            "org.zegel.operation.Call",
            "org.zegel.consent.PromptTask",
            "org.zegel.consent.Ticket",
            "org.zegel.content.HandleEntry",
            "org.zegel.content.SpoolFile",
            "org.zegel.content.SpoolWorkspace",
            "org.zegel.model.Secret");

    private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");
    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)\\s*");

    static LiveHeap parse(List<String> histogram) {
        Map<String, Integer> ours = new TreeMap<>();
        long bytes = -1;
        for (String text : histogram) {
            Matcher line = LINE.matcher(text);
            Matcher total = TOTAL.matcher(text);
            if (line.matches() && line.group(3).startsWith("org.zegel.")) {
                ours.put(line.group(3), Integer.parseInt(line.group(1)));
            } else if (total.matches()) {
                bytes = Long.parseLong(total.group(1));
            }
        }
        if (bytes < 0) {
            throw new AssertionError("no histogram: " + histogram);
        }
        return new LiveHeap(bytes, ours);
    }

    /** The classes whose objects come and go; fails when one of them is not there any more by that name. */
    static Stream<String> transientClasses() {
        return TRANSIENT.stream().peek(LiveHeap::mustExist);
    }

    private static void mustExist(String name) {
        try {
            Class.forName(name, false, LiveHeap.class.getClassLoader());
        } catch (ClassNotFoundException renamed) {
            throw new AssertionError("the list of classes that come and go is out of date", renamed);
        }
    }

    int count(String name) {
        return ours.getOrDefault(name, 0);
    }
}
