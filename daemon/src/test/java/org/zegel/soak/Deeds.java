package org.zegel.soak;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.zegel.fixtures.KnownSecrets;
import org.zegel.protocol.ContentRef;
import tools.jackson.databind.JsonNode;

/** What an honest client does, and whether it got what it asked for: its own message and nobody else's. */
final class Deeds {
    static final String ALICE = "alice@soak.example";

    private static final int CHUNK = 400_000;
    private static final int LARGE = 1_200_000;
    private static final int BURST = 4;

    private final Line line;
    private final Random random;
    private final String recipientPem;
    private final Ledger ledger;

    Deeds(Line line, Random random, String recipientPem) {
        this.line = line;
        this.random = random;
        this.recipientPem = recipientPem;
        this.ledger = line.ledger;
    }

    /** Does one thing, whichever. A refusal ends it early and is no wrong. */
    void next() throws Exception {
        try {
            switch (random.nextInt(10)) {
                case 0, 1 -> signAndOpen();
                case 2, 3 -> encryptAndOpen();
                case 4 -> inspect();
                case 5 -> contents();
                case 6 -> large();
                case 7 -> cancelled();
                case 8 -> burst();
                default -> lists();
            }
        } catch (Line.Refused refused) {
            ledger.did("was refused");
        }
    }

    /** A message that no other has. */
    record Mail(String marker, String text) {
        Map<String, ?> ref() {
            return Map.of("text", text);
        }
    }

    Mail mail(int filler) {
        String marker = "merkteken-" + Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
        KnownSecrets.know("message text", marker.getBytes(StandardCharsets.US_ASCII));
        String subject = "onderwerp-" + Long.toHexString(random.nextLong());
        KnownSecrets.know("subject", subject.getBytes(StandardCharsets.US_ASCII));
        return new Mail(
                marker,
                "From: Alice <" + ALICE + ">\r\nTo: " + ALICE + "\r\nSubject: " + subject
                        + "\r\nDate: Mon, 2 Nov 2026 10:00:00 +0000\r\nMessage-ID: <" + subject + "@soak.example>\r\n"
                        + "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
                        + marker + "\r\n" + (marker + "\r\n").repeat(filler / (marker.length() + 2)));
    }

    private void signAndOpen() throws Exception {
        Mail mail = mail(random.nextInt(2000));
        JsonNode signed = line.call(
                "message.sign", Map.of("message", mail.ref(), "mode", random.nextBoolean() ? "detached" : "opaque"));
        open(signed.get("message"), mail, "none");
        ledger.did("signed and opened");
    }

    private void encryptAndOpen() throws Exception {
        Mail mail = mail(random.nextInt(2000));
        JsonNode encrypted = line.call("message.encrypt", encryption(mail.ref()));
        JsonNode message = encrypted.at("/messages/0/message");
        if (message.toString().contains(mail.marker())) {
            ledger.wrong("what was encrypted can be read");
        }
        open(message, mail, "closed");
        ledger.did("encrypted and opened");
    }

    private Map<String, ?> encryption(Map<String, ?> message) {
        return Map.of("message", message, "sign", true, "recipients", List.of(Map.of("text", recipientPem)));
    }

    private void open(JsonNode message, Mail mail, String lock) throws Exception {
        JsonNode opened = line.call("message.open", Map.of("message", message, "offline", true));
        if (!opened.get("lock").stringValue().equals(lock)) {
            ledger.wrong("lock " + opened.get("lock") + " instead of " + lock);
        }
        if (!opened.get("seal").stringValue().matches("valid|warning")) {
            ledger.wrong("seal " + opened.get("seal") + " " + opened.at("/signers/0/findings"));
        }
        if (!text(opened.get("content")).contains(mail.marker())) {
            ledger.wrong("somebody else's message");
        }
    }

    private void inspect() throws Exception {
        line.call("message.inspect", Map.of("message", mail(500).ref()));
        ledger.did("inspected");
    }

    private void contents() throws Exception {
        byte[] bytes = new byte[1 + random.nextInt(3 * CHUNK)];
        random.nextBytes(bytes);
        String handle = upload(bytes);
        if (!java.util.Arrays.equals(bytes, download(handle))) {
            ledger.wrong("a content came back as another");
        }
        free(handle);
        ledger.did("kept contents");
    }

    /** A message that travels in chunks, both ways. */
    private void large() throws Exception {
        Mail mail = mail(LARGE);
        String handle = upload(mail.text().getBytes(StandardCharsets.US_ASCII));
        try {
            JsonNode encrypted = line.call("message.encrypt", encryption(Map.of("content", handle)));
            JsonNode message = encrypted.at("/messages/0/message");
            try {
                open(message, mail, "closed");
            } finally {
                freeAny(message);
            }
            ledger.did("carried a large message");
        } finally {
            free(handle);
        }
    }

    /** Changes its mind in the middle. */
    private void cancelled() throws Exception {
        Mail mail = mail(random.nextInt(300_000));
        Line.Begun call = line.begin(
                random.nextBoolean() ? "message.sign" : "message.inspect", Map.of("message", mail.ref()), Set.of());
        Thread.sleep(random.nextInt(15));
        line.cancel(call);
        JsonNode result = line.await(call);
        freeAny(result.path("message"));
        ledger.did("was too late to cancel");
    }

    private void burst() throws Exception {
        List<Line.Begun> calls = new ArrayList<>();
        for (int i = 0; i < BURST; i++) {
            calls.add(line.begin("message.sign", Map.of("message", mail(100).ref()), Set.of()));
        }
        for (Line.Begun call : calls) {
            try {
                line.await(call);
                ledger.did("signed in a burst");
            } catch (Line.Refused refused) {
                ledger.did("was refused in a burst");
            }
        }
    }

    private void lists() throws Exception {
        if (line.call("identity.list", Map.of()).get("identities").isEmpty()) {
            ledger.wrong("the identities are gone");
        }
        line.call("client.self", Map.of());
        line.call("audit.list", Map.of("limit", 10));
        line.call("certificate.list", Map.of());
        ledger.did("looked around");
    }

    String upload(byte[] bytes) throws Exception {
        String handle = line.call("content.create", Map.of()).get("content").stringValue();
        for (int at = 0; at < bytes.length; at += CHUNK) {
            byte[] chunk = java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + CHUNK));
            line.call(
                    "content.append",
                    Map.of("content", handle, "base64", Base64.getEncoder().encodeToString(chunk)));
        }
        return handle;
    }

    private byte[] download(String handle) throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        JsonNode chunk;
        do {
            chunk = line.call("content.read", Map.of("content", handle, "offset", all.size()));
            all.writeBytes(chunk.get("base64").binaryValue());
        } while (!chunk.get("end").booleanValue());
        return all.toByteArray();
    }

    private void free(String handle) throws Exception {
        line.call("content.close", Map.of("content", handle));
    }

    private void freeAny(JsonNode ref) throws Exception {
        if (ref.has("content")) {
            free(ref.get("content").stringValue());
        }
    }

    /** The text behind a reference, which is freed if it is a handle. */
    private String text(JsonNode ref) throws Exception {
        if (ref == null) {
            return "";
        }
        if (ref.has("content")) {
            String handle = ref.get("content").stringValue();
            try {
                return new String(download(handle), StandardCharsets.ISO_8859_1);
            } finally {
                free(handle);
            }
        }
        return ref.has("text")
                ? ref.get("text").stringValue()
                : new String(ref.get("base64").binaryValue(), StandardCharsets.ISO_8859_1);
    }

    /** One that begins calls and does not wait, for who hangs up. */
    void beginSomething() throws IOException {
        line.begin(
                "message.sign", Map.of("message", mail(random.nextInt(20_000)).ref()), Set.of());
        line.begin("message.encrypt", encryption(mail(random.nextInt(20_000)).ref()), Set.of());
    }

    static {
        if (CHUNK > ContentRef.MAX_INLINE) {
            throw new AssertionError("chunks of the test are too long");
        }
    }
}
