package org.zegel.app.system;

import com.sun.jna.NativeLibrary;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The standard streams for a protocol alone: afterwards native code that reads standard input finds it empty, and what it
 * prints is thrown away.
 */
public record ProtocolStreams(InputStream in, OutputStream out) {
    private static final int READ_WRITE = 2;

    /** Moves the streams. Call it once, before foreign code is loaded. */
    public static ProtocolStreams take() throws IOException {
        return switch (OperatingSystem.current()) {
            case LINUX, MACOS -> unix();
            // There the JVM writes to the handle it started with; what is printed by libraries that share its C library
            // is
            // not kept out. Not run on Windows yet.
            case WINDOWS, OTHER ->
                new ProtocolStreams(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
        };
    }

    private static ProtocolStreams unix() throws IOException {
        // Opened by the JVM, so that programs the module starts do not get them.
        InputStream in = new FileInputStream("/dev/fd/0");
        OutputStream out = new FileOutputStream("/dev/fd/1");
        int nothing = check(call("open", "/dev/null", READ_WRITE));
        check(call("dup2", nothing, 0));
        check(call("dup2", nothing, 1));
        call("close", nothing);
        return new ProtocolStreams(in, out);
    }

    private static int check(int result) throws IOException {
        if (result < 0) {
            throw new IOException("the standard streams cannot be moved");
        }
        return result;
    }

    private static int call(String function, Object... arguments) {
        return NativeLibrary.getInstance("c").getFunction(function).invokeInt(arguments);
    }
}
