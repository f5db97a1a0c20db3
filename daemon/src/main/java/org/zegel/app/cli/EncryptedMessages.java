package org.zegel.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.zegel.app.client.Contents;
import org.zegel.protocol.JsonCodec;
import org.zegel.protocol.MessageResult;
import org.zegel.protocol.RequestError;

/** Writes what encryption answered: one message, or one for each group that may not know of the others. */
final class EncryptedMessages {
    private final MessageResult.Messages encrypted;
    private final Contents contents;
    private final boolean json;

    EncryptedMessages(MessageResult.Messages encrypted, Contents contents, boolean json) {
        this.encrypted = encrypted;
        this.contents = contents;
        this.json = json;
    }

    void write(@Nullable Path out, @Nullable Path directory) throws CommandError, RequestError {
        List<MessageResult.Addressed> messages = encrypted.messages();
        if (directory == null && messages.size() > 1) {
            for (MessageResult.Addressed each : messages) {
                contents.forget(each.message());
            }
            throw new CommandError(
                    "several-messages",
                    "This makes " + messages.size()
                            + " messages, because Bcc recipients get one of their own. Say where"
                            + " they go with --out-dir DIR.");
        }
        List<Map<String, Object>> written = new ArrayList<>();
        int number = 0;
        for (MessageResult.Addressed each : messages) {
            number++;
            Path file = directory == null ? out : prepared(directory).resolve("message-" + number + ".eml");
            Output.write(file, false, stream -> contents.receive(each.message(), stream));
            if (file != null) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("file", file.toString());
                line.put("recipients", each.recipients());
                written.add(line);
            }
        }
        tell(written);
    }

    private void tell(List<Map<String, Object>> written) {
        if (json && !written.isEmpty()) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("messages", written);
            answer.put("cipher", encrypted.cipher());
            StandardOutput.json(JsonCodec.toJson(answer));
        }
    }

    private static Path prepared(Path directory) throws CommandError {
        try {
            return Files.createDirectories(directory);
        } catch (IOException unwritable) {
            throw new CommandError("file-unwritable", "The folder " + directory + " cannot be made.");
        }
    }
}
