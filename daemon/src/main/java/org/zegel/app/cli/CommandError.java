package org.zegel.app.cli;

import java.util.Map;
import org.zegel.dispatch.Failures;
import org.zegel.model.Failure;
import org.zegel.protocol.RequestError;

/** Ends a command: one sentence for the person, a stable code and data for programs. */
final class CommandError extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final transient Map<String, Object> data;

    CommandError(String code, String message) {
        this(code, message, Map.of());
    }

    private CommandError(String code, String message, Map<String, Object> data) {
        super(message);
        this.code = code;
        this.data = Map.copyOf(data);
    }

    static CommandError of(RequestError error) {
        return new CommandError(error.code().code(), String.valueOf(error.getMessage()), error.data());
    }

    static CommandError of(Failure failure) {
        String code = Failures.codeOf(failure.kind()).code();
        return new CommandError(code, String.valueOf(failure.getMessage()), failure.data());
    }

    String code() {
        return code;
    }

    Map<String, Object> data() {
        return data;
    }
}
