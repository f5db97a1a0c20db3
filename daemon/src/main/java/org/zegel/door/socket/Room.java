package org.zegel.door.socket;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zegel.door.Connection;
import org.zegel.door.Connection.Standing;

/**
 * The connections that the door holds. When there is no room for one more, the one goes where least is lost: those that
 * have said nothing first, then strangers, then paired clients that wait; of several the one that has been quiet for
 * longest. Whoever is busy stays. One process may take a part of the room alone, and makes room among its own.
 */
final class Room {
    /** Connections of one process, where the system tells it. */
    static final int MAX_PER_PROCESS = 32;

    /** One connection as it stands at this moment. */
    private record Candidate(Connection connection, Standing standing, long quiet) {
        static final Comparator<Candidate> LEAST_LOSS = Comparator.comparing(Candidate::standing)
                .thenComparing(Comparator.comparingLong(Candidate::quiet).reversed());

        static Candidate of(Connection connection, long now) {
            return new Candidate(connection, connection.standing(), now - connection.quietSince());
        }
    }

    private final Map<Connection, Optional<Long>> guests = new LinkedHashMap<>();
    private final int most;
    private final int mostOfOne;

    Room(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /** Takes one in, and ends another for it where need be; false when nobody can go. */
    synchronized boolean admit(Connection connection, @Nullable Long process) {
        if (process != null) {
            List<Connection> own = of(process);
            if (own.size() >= mostOfOne && !endOne(own)) {
                return false;
            }
        }
        if (guests.size() >= most && !endOne(List.copyOf(guests.keySet()))) {
            return false;
        }
        guests.put(connection, Optional.ofNullable(process));
        return true;
    }

    synchronized void leave(Connection connection) {
        guests.remove(connection);
    }

    synchronized List<Connection> all() {
        return List.copyOf(guests.keySet());
    }

    private List<Connection> of(Long process) {
        return guests.entrySet().stream()
                .filter(entry -> Objects.equals(entry.getValue().orElse(null), process))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean endOne(List<Connection> among) {
        long now = System.nanoTime();
        Optional<Connection> least = among.stream()
                .map(connection -> Candidate.of(connection, now))
                .filter(candidate -> candidate.standing() != Standing.BUSY)
                .min(Candidate.LEAST_LOSS)
                .map(Candidate::connection);
        least.ifPresent(connection -> {
            guests.remove(connection);
            connection.giveWay();
        });
        return least.isPresent();
    }
}
