package org.zegel.protocol;

import java.util.Map;

/** An error as the client will see it. */
public final class RequestError extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient Map<String, Object> data;

    public RequestError(ErrorCode code, String message) {
        this(code, message, Map.of());
    }

    public RequestError(ErrorCode code, String message, Map<String, Object> data) {
        super(message);
        this.code = code;
        this.data = Map.copyOf(data);
    }

    public ErrorCode code() {
        return code;
    }

    public Map<String, Object> data() {
        return data;
    }
}
