package org.zegel.operation.client;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.audit.AuditEvent;
import org.zegel.consent.PairedClient;
import org.zegel.consent.Pairings;
import org.zegel.model.Client;
import org.zegel.model.Failure;
import org.zegel.model.Scope;
import org.zegel.operation.ChangeLog;

/** The paired clients and their grants. */
public final class Clients {
    private final Pairings pairings;
    private final ChangeLog changes;

    public Clients(Pairings pairings, ChangeLog changes) {
        this.pairings = pairings;
        this.changes = changes;
    }

    /** {@code door}: {@code native-messaging}, {@code http} or {@code socket}. */
    public record Entry(
            String id, String name, @Nullable String origin, String door, Set<Scope> scopes, Instant pairedAt) {}

    /** The calling client's own grant. */
    public Entry self(Client client) throws Failure {
        return pairings.grants()
                .find(client.id())
                .map(Clients::entry)
                .orElseThrow(() -> new Failure(
                        Failure.Kind.NOT_PAIRED, "This caller has no pairing: it works in Zegel's own process."));
    }

    public List<Entry> list() throws Failure {
        return pairings.grants().list().stream().map(Clients::entry).toList();
    }

    /** Ends the pairing at once; the client's connections are nobody's from then on. */
    public void revoke(String id, Client by) throws Failure {
        PairedClient revoked = named(id);
        changes.changed(
                AuditEvent.of(by, id.equals(by.id()) ? "client.unpair" : "client.revoke")
                        .withDetail(id + " (" + revoked.name() + ")"),
                () -> pairings.grants().revoke(id));
    }

    private PairedClient named(String id) throws Failure {
        return pairings.grants()
                .find(id)
                .orElseThrow(() -> new Failure(
                        Failure.Kind.INVALID_PARAMETERS, "No client has this id. client.list tells which there are."));
    }

    private static Entry entry(PairedClient client) {
        return new Entry(
                client.id(),
                client.name(),
                client.origin(),
                client.door().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                client.scopes(),
                client.pairedAt());
    }
}
