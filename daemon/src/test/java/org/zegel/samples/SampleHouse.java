package org.zegel.samples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.zegel.app.client.Contents;
import org.zegel.app.client.InProcessBackend;
import org.zegel.app.config.Configuration;
import org.zegel.app.config.Home;
import org.zegel.app.wiring.Setup;
import org.zegel.app.wiring.Zegel;
import org.zegel.consent.TestPrompter;
import org.zegel.dispatch.Session;
import org.zegel.fixtures.TestIdentity;
import org.zegel.fixtures.samples.Cast;
import org.zegel.fixtures.samples.World;
import org.zegel.model.Caller;
import org.zegel.model.Door;
import org.zegel.model.Finding;
import org.zegel.model.Layer;
import org.zegel.model.Progress;
import org.zegel.model.Verdict;
import org.zegel.protocol.ContentRef;
import org.zegel.protocol.MessageRequest;
import org.zegel.protocol.MessageResult;
import org.zegel.protocol.SessionRequest;
import org.zegel.protocol.SessionResult;
import org.zegel.store.pkcs12.MemoryStore;
import org.zegel.trust.TrustOptions;

/** Opens samples through the whole of Zegel: one for each world, made when it is first needed. */
final class SampleHouse implements AutoCloseable {
    private static final Clock CLOCK = Clock.fixed(Cast.NOW, ZoneOffset.UTC);

    private final Path folder;
    private final Map<World, Room> rooms = new LinkedHashMap<>();

    SampleHouse(Path folder) {
        this.folder = folder;
    }

    /** @param clear the clear message, null when none was released */
    record Opened(Verdict verdict, byte[] clear) {
        /** All findings of the verdict, wherever they stand. */
        Set<Finding> findings() {
            Set<Finding> all = EnumSet.noneOf(Finding.class);
            all.addAll(verdict.findings());
            for (Verdict.Signer signer : verdict.signers()) {
                all.addAll(signer.findings());
                if (signer.chain().reason() != null) {
                    all.add(signer.chain().reason());
                }
            }
            verdict.layers().forEach(layer -> collect(layer, all));
            return all;
        }

        private static void collect(Layer layer, Set<Finding> all) {
            all.addAll(layer.findings());
            layer.children().forEach(child -> collect(child, all));
        }
    }

    Opened open(byte[] message, World world) throws Exception {
        Room room = rooms.get(world);
        if (room == null) {
            room = room(world);
            rooms.put(world, room);
        }
        InProcessBackend backend = new InProcessBackend(room.session, () -> {});
        Contents contents = new Contents(backend);
        ContentRef sent = contents.send(new java.io.ByteArrayInputStream(message));
        MessageResult.Opened opened =
                backend.call(MessageResult.Opened.class, new MessageRequest.Open(sent, true, true), Progress.NONE);
        ContentRef clear = opened.content();
        if (clear == null) {
            return new Opened(opened.verdict(), null);
        }
        var out = new java.io.ByteArrayOutputStream();
        contents.receive(clear, out);
        return new Opened(opened.verdict(), out.toByteArray());
    }

    private record Room(Zegel zegel, Session session) {}

    private Room room(World world) throws Exception {
        Home home = new Home(folder.resolve("world-" + rooms.size()), true);
        Files.createDirectory(
                home.directory(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(home.config(), world.config());
        MemoryStore keys = new MemoryStore("sample", CLOCK);
        for (TestIdentity each : world.keys()) {
            keys.add(each.privateKey(), each.certificate(), each.intermediates());
        }
        TrustOptions trust = new TrustOptions(world.anchors(), world.certificates(), world.crls(), world.at(), true);
        Zegel zegel = Zegel.open(Setup.of(home, Configuration.load(home), new TestPrompter(), CLOCK)
                .withNamed(List.of(keys))
                .withTrust(trust));
        return new Room(zegel, world.grant() ? zegel.inProcess(caller(Door.IN_PROCESS)) : verifier(zegel));
    }

    /** A client that was paired for verifying alone. */
    private static Session verifier(Zegel zegel) throws Exception {
        Session client = zegel.gate().enter(caller(Door.SOCKET));
        byte[] nonce = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        SessionResult.Pairing first = (SessionResult.Pairing) client.call(
                new SessionRequest.Pair("Verifier", List.of("verify"), base64(sha256(nonce)), null, null),
                Progress.NONE);
        SessionResult.Pairing second = (SessionResult.Pairing)
                client.call(new SessionRequest.Pair(null, null, null, first.pairing(), base64(nonce)), Progress.NONE);
        if (!client.authenticate(second.token())) {
            throw new AssertionError("a fresh token is not known");
        }
        return client;
    }

    private static Caller caller(Door door) {
        return new Caller(door, null, null, null, "samples");
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    @Override
    public void close() throws IOException {
        for (Room room : rooms.values()) {
            room.session().close();
            room.zegel().close();
        }
    }
}
