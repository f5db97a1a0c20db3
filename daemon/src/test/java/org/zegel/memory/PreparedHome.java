package org.zegel.memory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.zegel.app.client.InProcessBackend;
import org.zegel.app.client.Pairing;
import org.zegel.consent.PairingCode;
import org.zegel.consent.SecretQuestion;
import org.zegel.consent.TestPrompter;
import org.zegel.dispatch.Session;
import org.zegel.door.TestParts;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Caller;
import org.zegel.model.Door;
import org.zegel.model.Scope;
import org.zegel.model.Secret;
import org.zegel.protocol.ContentRef;
import org.zegel.protocol.SessionResult;
import org.zegel.protocol.StoreRequest;
import org.zegel.protocol.StoreResult;

/** A home with clients and a key in it, made in this process before the daemon under test is there. */
final class PreparedHome implements AutoCloseable {
    private final TestParts parts;
    private final String passphrase;

    /** {@code passphrase}: of the key file in the home. */
    PreparedHome(Path home, String passphrase) throws Exception {
        this.passphrase = passphrase;
        this.parts = new TestParts(home, Duration.ofMinutes(1), new Owner());
    }

    /** Pairs a client that may do everything; its token. */
    String pair(Door door, @Nullable String origin) throws Exception {
        try (InProcessBackend client = new InProcessBackend(enter(door, origin), () -> {})) {
            return pair(client, door, origin);
        }
    }

    void add(TestIdentity identity, Path folder) throws Exception {
        Path file = identity.writeP12(folder.resolve("identity.p12"), passphrase.toCharArray());
        Session session = enter(Door.SOCKET, null);
        try (InProcessBackend client = new InProcessBackend(session, () -> {})) {
            session.authenticate(pair(client, Door.SOCKET, null));
            client.call(
                    StoreResult.Identities.class,
                    new StoreRequest.ImportIdentity(ContentRef.ofBytes(Files.readAllBytes(file))));
        }
    }

    private Session enter(Door door, @Nullable String origin) throws Exception {
        return parts.gate().enter(new Caller(door, origin, null, null, "prepared"));
    }

    private static String pair(InProcessBackend client, Door door, @Nullable String origin) throws Exception {
        SessionResult.Pairing paired = Pairing.pair(
                client,
                "Memory test",
                EnumSet.allOf(Scope.class),
                new PairingCode.Place(door, origin, null),
                code -> {});
        return Objects.requireNonNull(paired.token());
    }

    @Override
    public void close() {
        parts.close();
    }

    private final class Owner extends TestPrompter {
        @Override
        public Secret askSecret(SecretQuestion question) {
            return Secret.takeOver(passphrase.toCharArray());
        }
    }
}
