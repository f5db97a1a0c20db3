package org.zegel.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.zegel.app.daemon.DaemonClient;
import org.zegel.model.Progress;
import org.zegel.protocol.ErrorCode;
import org.zegel.protocol.JsonRpcClient;
import org.zegel.protocol.Methods;
import org.zegel.protocol.Request;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.Result;

/** The daemon at its socket; the command line pairs with it once, like any client. */
final class DaemonBackend implements Backend {
    private final DaemonClient client;

    private DaemonBackend(DaemonClient client) {
        this.client = client;
    }

    static Backend open(Path home) throws CommandError, RequestError {
        try {
            DaemonBackend backend = new DaemonBackend(DaemonClient.open(home));
            return backend;
        } catch (IOException unreachable) {
            throw new CommandError(
                    "daemon-unreachable",
                    "Zegel's daemon could not be started. zegel doctor tells more; --in-process works without it.");
        }
    }

    @Override
    public Result call(Request request, Progress progress) throws RequestError {
        try {
            return JsonRpcClient.read(Methods.of(request).method().result(), client.call(request, progress));
        } catch (IOException gone) {
            throw new RequestError(ErrorCode.BUSY, "Zegel's daemon ended in the middle of the call. Try again.");
        }
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException gone) {
            // It is closed either way.
            return;
        }
    }
}
