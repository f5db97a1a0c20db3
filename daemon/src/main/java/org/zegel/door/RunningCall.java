package org.zegel.door;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.dispatch.Session;
import org.zegel.model.Progress;
import org.zegel.protocol.CallId;
import org.zegel.protocol.ErrorCode;
import org.zegel.protocol.Incoming;
import org.zegel.protocol.JsonRpc;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.Result;

/** One call on its way: reports its progress, can be cancelled, and always ends in an answer. */
public final class RunningCall implements Progress {
    private static final Logger LOG = LoggerFactory.getLogger(RunningCall.class);

    /** Least time between two progress events of a call. */
    private static final long PAUSE_NANOS = 100_000_000L;

    private final Incoming.Call call;
    private final Consumer<Map<String, Object>> progress;
    private final Cancellation cancellation = new Cancellation();
    private long lastReport = System.nanoTime() - PAUSE_NANOS;

    /** {@code progress} receives the data of progress events and must not block. */
    public RunningCall(Incoming.Call call, Consumer<Map<String, Object>> progress) {
        this.call = call;
        this.progress = progress;
    }

    public CallId id() {
        return call.id();
    }

    /** Carries the call out on this thread; {@code done} is told of a result before the answer is made. */
    public byte[] carryOut(Session session, Consumer<Result> done) {
        try {
            report(0, -1, false);
            Result result = session.call(call.request(), this);
            done.accept(result);
            return JsonRpc.result(call.id(), result);
        } catch (RequestError error) {
            return JsonRpc.error(call.id(), error);
        } catch (CancellationException stopped) {
            return JsonRpc.error(call.id(), new RequestError(ErrorCode.CANCELLED, "The call was cancelled."));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError mistake) {
            LOG.error("{} failed unexpectedly", call.request().getClass().getName(), mistake);
            return JsonRpc.error(
                    call.id(), new RequestError(ErrorCode.INTERNAL_ERROR, "Zegel made a mistake; its log says more."));
        }
    }

    /**
     * Stops the call at its next report, or where it waits for a person. Threads are not interrupted: that would close
     * the spool files they read, and the client's contents with them.
     */
    public void cancel() {
        cancellation.cancel();
    }

    @Override
    public void onCancel(Runnable action) {
        cancellation.onCancel(action);
    }

    @Override
    public void report(long done, long total) {
        report(done, total, call.progress());
    }

    private void report(long done, long total, boolean tell) {
        cancellation.report(done, total);
        long now = System.nanoTime();
        if (!tell || (now - lastReport < PAUSE_NANOS && done != total)) {
            return;
        }
        lastReport = now;
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", call.id().value());
        data.put("done", done);
        if (total >= 0) {
            data.put("total", total);
        }
        progress.accept(data);
    }
}
