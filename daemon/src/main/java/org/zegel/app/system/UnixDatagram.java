package org.zegel.app.system;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Sends datagrams to sockets in the file system, which the JDK does not: journald and syslog listen there. */
public final class UnixDatagram {
    /** Longest path of a socket on every system, in bytes. */
    private static final int MAX_PATH = 103;

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int MSG_DONTWAIT_LINUX = 0x40;
    private static final int MSG_NOSIGNAL_LINUX = 0x4000;
    private static final int MSG_DONTWAIT_MACOS = 0x80;

    private UnixDatagram() {}

    /**
     * Sends one datagram, whole, and never waits.
     *
     * @throws IOException when nobody listens there, or does not keep up
     */
    public static void send(Path socket, byte[] datagram) throws IOException {
        byte[] address = address(socket);
        NativeLibrary c;
        try {
            c = NativeLibrary.getInstance("c");
        } catch (LinkageError missing) {
            throw new IOException("no C library", missing);
        }
        int descriptor = c.getFunction("socket").invokeInt(new Object[] {AF_UNIX, SOCK_DGRAM, 0});
        if (descriptor < 0) {
            throw new IOException("no socket: error " + Native.getLastError());
        }
        try {
            NativeLong length = new NativeLong(datagram.length);
            Object[] arguments = {descriptor, datagram, length, flags(), address, address.length};
            Object sent = c.getFunction("sendto").invoke(NativeLong.class, arguments);
            int error = Native.getLastError();
            if (((NativeLong) sent).longValue() != datagram.length) {
                throw new IOException("nothing was taken by " + socket + ": error " + error);
            }
        } finally {
            c.getFunction("close").invokeInt(new Object[] {descriptor});
        }
    }

    private static int flags() {
        return OperatingSystem.current() == OperatingSystem.MACOS
                ? MSG_DONTWAIT_MACOS
                : MSG_DONTWAIT_LINUX | MSG_NOSIGNAL_LINUX;
    }

    /** {@code struct sockaddr_un}: on macOS the family has but one byte, after one for the length. */
    private static byte[] address(Path socket) throws IOException {
        byte[] path = socket.toString().getBytes(StandardCharsets.UTF_8);
        if (path.length > MAX_PATH) {
            throw new IOException("the path of the socket is too long");
        }
        ByteBuffer address = ByteBuffer.allocate(2 + path.length + 1).order(ByteOrder.nativeOrder());
        if (OperatingSystem.current() == OperatingSystem.MACOS) {
            address.put((byte) address.capacity()).put((byte) AF_UNIX);
        } else {
            address.putShort((short) AF_UNIX);
        }
        return address.put(path).put((byte) 0).array();
    }
}
