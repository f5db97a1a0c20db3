package org.zegel.app.cli;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.zegel.protocol.JsonCodec;

/** Tells a program which file was written; stdout itself needs no telling. */
final class Written {
    private Written() {}

    static void tell(boolean json, @Nullable Path out) {
        if (json && out != null) {
            StandardOutput.json(JsonCodec.toJson(Map.of("file", out.toString())));
        }
    }
}
