package org.zegel.soak;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the daemon has said is done, and must still be done after any crash; and what was asked for when it crashed,
 * which may have been done or not.
 */
final class Promises {
    /** Of one kind of thing, by its id. */
    static final class Things {
        private final Set<String> there = ConcurrentHashMap.newKeySet();
        private final Set<String> gone = ConcurrentHashMap.newKeySet();
        private final Set<String> unsettled = ConcurrentHashMap.newKeySet();

        void asked(String id) {
            unsettled.add(id);
        }

        void added(String id) {
            there.add(id);
            unsettled.remove(id);
        }

        /** Before the request: from now on until the answer both are right. */
        void removing(String id) {
            unsettled.add(id);
            there.remove(id);
        }

        void removed(String id) {
            gone.add(id);
            unsettled.remove(id);
        }

        /** All of them are taken away behind the daemon's back. */
        void lost() {
            there.clear();
        }

        Set<String> there() {
            return Set.copyOf(there);
        }

        /** What is wrong with what the daemon says it has; empty when nothing is. */
        String differences(Set<String> listed) {
            StringBuilder wrong = new StringBuilder();
            for (String id : there) {
                if (!listed.contains(id)) {
                    wrong.append(" lost ").append(id);
                }
            }
            for (String id : listed) {
                if (gone.contains(id) && !unsettled.contains(id)) {
                    wrong.append(" came back ").append(id);
                }
            }
            return wrong.toString();
        }
    }

    final Things clients = new Things();
    final Things identities = new Things();
    final Things trusted = new Things();

    /** Tokens of clients, by id. */
    final Map<String, String> tokens = new ConcurrentHashMap<>();

    /** Uses of keys that were answered: each is a line of the audit log. */
    final AtomicLong uses = new AtomicLong();
}
