package org.zegel.trust.network;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One exchange over one connection to one address: HTTP/1.1 (RFC 9112), closed afterwards. No cookies, no proxy, no
 * authentication, no redirects of its own.
 */
final class HttpConnection {
    private static final int HTTP_PORT = 80;
    private static final int BLOCK = 16 * 1024;

    private HttpConnection() {}

    /** @param deadline for all of it, checked at every read */
    static HttpAnswer exchange(InetAddress address, FetchRequest request, Duration connectTimeout, Deadline deadline)
            throws IOException {
        URI uri = request.uri();
        int port = uri.getPort() < 0 ? HTTP_PORT : uri.getPort();
        try (Socket socket = new Socket(Proxy.NO_PROXY)) {
            int patience = Math.min((int) connectTimeout.toMillis(), deadline.millisLeft());
            socket.connect(new InetSocketAddress(address, port), Math.max(patience, 1));
            OutputStream out = socket.getOutputStream();
            out.write(head(uri, request.body(), request.kind()).getBytes(StandardCharsets.US_ASCII));
            if (request.body() != null) {
                out.write(request.body());
            }
            out.flush();
            return new HttpAnswerReader(
                            new BufferedInputStream(new Timed(socket, deadline), BLOCK),
                            request.kind().maxBytes())
                    .read();
        }
    }

    private static String head(URI uri, byte @Nullable [] body, FetchRequest.Kind kind) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        String host = uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
        StringBuilder head = new StringBuilder();
        head.append(body == null ? "GET " : "POST ").append(target).append(" HTTP/1.1\r\n");
        head.append("Host: ").append(host).append("\r\n");
        head.append("Accept: ").append(kind.accept()).append(", */*\r\n");
        head.append("User-Agent: Zegel\r\nConnection: close\r\n");
        if (body != null) {
            head.append("Content-Type: application/ocsp-request\r\n");
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    /** Before each read the socket is told how long there is left: dripping bytes gains nothing. */
    private static final class Timed extends FilterInputStream {
        private final Socket socket;
        private final Deadline deadline;

        Timed(Socket socket, Deadline deadline) throws IOException {
            super(socket.getInputStream());
            this.socket = socket;
            this.deadline = deadline;
        }

        @Override
        public int read() throws IOException {
            socket.setSoTimeout(deadline.millisLeft());
            return super.read();
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            socket.setSoTimeout(deadline.millisLeft());
            return super.read(bytes, from, length);
        }
    }
}
