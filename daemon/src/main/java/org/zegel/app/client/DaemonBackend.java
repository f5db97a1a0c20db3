package org.zegel.app.client;

import java.io.IOException;
import org.zegel.app.daemon.DaemonClient;
import org.zegel.model.Progress;
import org.zegel.protocol.ErrorCode;
import org.zegel.protocol.JsonRpcClient;
import org.zegel.protocol.Methods;
import org.zegel.protocol.Request;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.Result;

/** A connection to the daemon. */
public final class DaemonBackend implements Backend {
    private final DaemonClient client;

    /** Takes the connection over; the caller has it greeted and paired. */
    public DaemonBackend(DaemonClient client) {
        this.client = client;
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
