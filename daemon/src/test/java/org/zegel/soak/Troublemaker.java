package org.zegel.soak;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.zegel.app.daemon.DaemonLine;
import org.zegel.protocol.Limits;

/** What no honest client does. Each comes in by a line of its own and may be cut off. */
final class Troublemaker {
    private static final String STATUS = "HTTP/1.1 200";
    private static final int ANSWER_MILLIS = 90_000;
    private static final int CROWD = Limits.MAX_CONNECTIONS + 16;

    private final Visitors visitors;
    private final Random random;
    private final Ledger ledger;

    Troublemaker(Visitors visitors, Random random, Ledger ledger) {
        this.visitors = visitors;
        this.random = random;
        this.ledger = ledger;
    }

    /** Hangs up while its calls run, or in the middle of a frame. */
    void breaksOff() throws Exception {
        FrameLine line = visitors.socket();
        line.provoke();
        try (line) {
            if (!isLetIn(line)) {
                return;
            }
            Deeds deeds = visitors.deeds(line, random);
            deeds.beginSomething();
            Thread.sleep(random.nextInt(40));
            if (random.nextBoolean()) {
                byte[] frame = frame(Line.message(7_000_000, "client.self", Map.of()));
                line.bytes(java.util.Arrays.copyOf(frame, 1 + random.nextInt(frame.length - 1)));
            }
            ledger.did("broke off");
        }
    }

    /** Sends what is no frame, no JSON or no call; a call afterwards is answered where the frames go on. */
    void babbles() throws Exception {
        FrameLine line = visitors.socket();
        line.provoke();
        try (line) {
            if (!isLetIn(line)) {
                return;
            }
            List<byte[]> harmless = List.of(
                    frame(new byte[0]),
                    frame("{".getBytes(StandardCharsets.US_ASCII)),
                    frame("[".repeat(50_000).getBytes(StandardCharsets.US_ASCII)),
                    frame(new byte[] {(byte) 0xc3, (byte) 0x28}),
                    frame("{\"jsonrpc\":\"2.0\",\"method\":\"$/relay\",\"params\":{\"origin\":\"x\"}}"
                            .getBytes(StandardCharsets.US_ASCII)),
                    frame(new byte[Limits.MAX_INCOMING + 1]));
            for (byte[] each : harmless) {
                line.bytes(each);
            }
            line.call("client.self", Map.of());
            if (line.complaints.get() < harmless.size() - 1) {
                ledger.wrong("only " + line.complaints + " complaints about " + harmless.size() + " bad frames");
            }
            byte[] absurd = new byte[4];
            ByteBuffer.wrap(absurd).order(ByteOrder.nativeOrder()).putInt(random.nextBoolean() ? -1 : 1 << 30);
            line.bytes(absurd);
            ledger.did("babbled");
        }
    }

    /** While a crowd is there, one more may be turned away. */
    private boolean isLetIn(FrameLine line) throws Exception {
        try {
            line.authenticate(visitors.troublemakersToken());
            return true;
        } catch (IOException full) {
            ledger.did("was turned away");
            return false;
        }
    }

    /** More calls at once than anybody is allowed. */
    void floods() throws Exception {
        FrameLine line = visitors.socket();
        line.provoke();
        try (line) {
            line.authenticate(visitors.troublemakersToken());
            List<Line.Begun> calls = new ArrayList<>();
            for (int i = 0; i < 3 * Limits.MAX_CALLS; i++) {
                calls.add(line.begin(
                        "message.sign",
                        Map.of("message", visitors.deeds(line, random).mail(50).ref()),
                        Set.of()));
            }
            for (Line.Begun call : calls) {
                try {
                    line.await(call);
                } catch (Line.Refused busy) {
                    ledger.did("flooded and was refused");
                }
            }
            ledger.did("flooded");
        } catch (IOException cutOff) {
            ledger.did("was cut off");
        }
    }

    /** Asks again and again to be let in, and does not wait for the answer. */
    void begs() throws Exception {
        FrameLine line = visitors.socket();
        line.provoke();
        try (line) {
            for (int i = 0; i < 12; i++) {
                line.begin(
                        "client.pair",
                        Map.of(
                                "name",
                                "Beggar " + i,
                                "scopes",
                                Line.ALL_SCOPES,
                                "commitment",
                                Line.base64(new byte[32])),
                        Set.of("not-paired", "policy-forbids"));
            }
            Thread.sleep(random.nextInt(20));
            ledger.did("begged");
        } catch (IOException cutOff) {
            ledger.did("was cut off");
        }
    }

    /** More connections than the door has room for, all silent. */
    void crowds() throws Exception {
        List<DaemonLine> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < CROWD; i++) {
                crowd.add(visitors.daemon().connect());
            }
        } catch (IOException full) {
            ledger.did("was turned away");
        } finally {
            for (DaemonLine each : crowd) {
                each.close();
            }
        }
        ledger.did("crowded");
    }

    /** A whole request over HTTP whose answer it does not wait for, one without its end, and any piece of one. */
    void leavesHttp(HttpLine line) throws Exception {
        byte[] request = line.rawRequest(
                "message.sign",
                Map.of("message", visitors.deeds(line, random).mail(5000).ref()));
        leavesHttp(line, request, request.length);
        leavesHttp(line, request, request.length - 1 - random.nextInt(4000));
        leavesHttp(line, request, random.nextInt(request.length));
        ledger.did("left HTTP");
    }

    /** A request before it is answered, so that the door knows already whose connection it is. */
    private void leavesHttp(HttpLine line, byte[] request, int length) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", line.port())) {
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write(line.rawRequest("client.self", Map.of()));
            String status = new String(socket.getInputStream().readNBytes(STATUS.length()), StandardCharsets.US_ASCII);
            if (!status.equals(STATUS)) {
                // On a machine that is busy beyond measure the door cannot tell in time whose a new connection is.
                ledger.did("was not let in over HTTP: " + status);
                return;
            }
            socket.getOutputStream().write(request, 0, length);
            socket.getOutputStream().flush();
            Thread.sleep(random.nextInt(20));
        }
    }

    private static byte[] frame(byte[] body) {
        return ByteBuffer.allocate(Integer.BYTES + body.length)
                .order(ByteOrder.nativeOrder())
                .putInt(body.length)
                .put(body)
                .array();
    }
}
