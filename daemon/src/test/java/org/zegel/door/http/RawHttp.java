package org.zegel.door.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends bytes as they are, where a client library would put them right, and reads until the door hangs up. */
final class RawHttp {
    static final String JSON = "Content-Type: application/json\r\n";
    private static final int TIMEOUT = 20_000;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3})");

    private RawHttp() {}

    /** The whole answer; a connection that is reset ends it too. */
    static String send(int port, String bytes) throws IOException {
        try (Socket socket = connect(port)) {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            return rest(socket);
        }
    }

    static Socket connect(int port) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(TIMEOUT);
        return socket;
    }

    /** What comes until the end. */
    static String rest(Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        try {
            in.transferTo(all);
        } catch (SocketException reset) {
            if (reset.getMessage() == null || !reset.getMessage().contains("reset")) {
                throw reset;
            }
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** The statuses in the order in which they came. */
    static List<Integer> statuses(String answer) {
        List<Integer> all = new ArrayList<>();
        Matcher matcher = STATUS.matcher(answer);
        while (matcher.find()) {
            all.add(Integer.valueOf(matcher.group(1)));
        }
        return all;
    }

    /** A request with a right Host that asks to hang up afterwards. */
    static String request(int port, String line, String headers, String body) {
        String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
        return line + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n" + headers + length + "\r\n"
                + body;
    }
}
