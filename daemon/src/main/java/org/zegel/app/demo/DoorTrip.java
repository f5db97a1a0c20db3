package org.zegel.app.demo;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.zegel.app.client.Backend;
import org.zegel.app.client.Contents;
import org.zegel.model.Verdict;
import org.zegel.protocol.ContentRef;
import org.zegel.protocol.MessageRequest;
import org.zegel.protocol.MessageResult;
import org.zegel.protocol.RequestError;

/** One message's way through a door and back: signed and encrypted in one call, opened in the next. */
final class DoorTrip {
    private final Backend door;
    private final String certificate;

    /** @param certificate PEM of whom the message is encrypted to */
    DoorTrip(Backend door, String certificate) {
        this.door = door;
        this.certificate = certificate;
    }

    /** Gives the verdict; the clear message has been compared with what was sent. */
    Verdict travel(ContentRef message, Reader reader) throws RequestError {
        MessageResult.Messages made = door.call(
                MessageResult.Messages.class,
                MessageRequest.Encrypt.of(message)
                        .to(List.of(ContentRef.ofText(certificate)))
                        .signed());
        MessageResult.Opened opened = door.call(
                MessageResult.Opened.class,
                new MessageRequest.Open(made.messages().getFirst().message(), true, null));
        ContentRef clear = opened.content();
        if (clear == null || !new String(reader.read(clear), StandardCharsets.UTF_8).contains(DemoMail.TEXT_WORD)) {
            throw new IllegalStateException("the clear message did not come back");
        }
        return opened.verdict();
    }

    /** How this door's contents are read. */
    @FunctionalInterface
    interface Reader {
        byte[] read(ContentRef content) throws RequestError;
    }

    /** In chunks, by {@code content.read}. */
    Reader inChunks() {
        return content -> {
            java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
            try {
                new Contents(door).receive(content, out);
            } catch (java.io.IOException impossible) {
                throw new IllegalStateException(impossible);
            }
            return out.toByteArray();
        };
    }
}
