package org.zegel.app.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.zegel.protocol.JsonCodec;

/** How a failure is told: one line on stderr, or one JSON object on stdout. Never a stack trace. */
final class Errors {
    private Errors() {}

    static void tell(CommandError error, boolean json, @Nullable String file) {
        if (!json) {
            String where = file == null ? "" : file + ": ";
            Words.onStandardError().line("zegel: " + where + error.getMessage() + detail(error.data()));
            return;
        }
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("code", error.code());
        inner.put("message", String.valueOf(error.getMessage()));
        if (!error.data().isEmpty()) {
            inner.put("data", error.data());
        }
        Map<String, Object> line = new LinkedHashMap<>();
        if (file != null) {
            line.put("file", file);
        }
        line.put("error", inner);
        StandardOutput.json(JsonCodec.toJson(line));
    }

    private static String detail(Map<String, Object> data) {
        return data.isEmpty() ? "" : " " + data;
    }
}
