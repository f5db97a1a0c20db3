package org.zegel.app.cli;

import org.zegel.protocol.JsonCodec;
import org.zegel.protocol.MessageResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One verdict as one line: the members of the answer to {@code message.open}, with the file's name first. */
final class VerdictJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private VerdictJson() {}

    static String of(String file, MessageResult.Opened opened) {
        ObjectNode line = JSON.createObjectNode().put("file", file);
        JsonNode verdict = JsonCodec.tree(new MessageResult.Opened(opened.verdict(), null));
        line.setAll((ObjectNode) verdict);
        line.remove("content");
        return JSON.writeValueAsString(line);
    }
}
