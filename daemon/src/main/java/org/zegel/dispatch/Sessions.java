package org.zegel.dispatch;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The sessions that speak as clients now, so that a client can be cut off in the middle of them. */
final class Sessions {
    private final Map<ClientSession, String> clients = new ConcurrentHashMap<>();

    void add(String client, ClientSession session) {
        clients.put(session, client);
    }

    void remove(ClientSession session) {
        clients.remove(session);
    }

    boolean isEmpty() {
        return clients.isEmpty();
    }

    /** Cuts off every session of the client. Quick. */
    void cutOff(String client) {
        List<ClientSession> gone = clients.entrySet().stream()
                .filter(entry -> entry.getValue().equals(client))
                .map(Map.Entry::getKey)
                .toList();
        gone.forEach(session -> {
            clients.remove(session);
            session.cutOff();
        });
    }
}
