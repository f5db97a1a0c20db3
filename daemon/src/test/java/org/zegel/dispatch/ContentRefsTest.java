package org.zegel.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.content.Content;
import org.zegel.content.ContentLimits;
import org.zegel.content.ContentWriter;
import org.zegel.content.EncryptedSpool;
import org.zegel.content.HandleTable;
import org.zegel.content.Workspace;
import org.zegel.model.Caller;
import org.zegel.model.Client;
import org.zegel.model.Door;
import org.zegel.model.Failure;
import org.zegel.model.Progress;
import org.zegel.operation.Call;
import org.zegel.protocol.ContentRef;

class ContentRefsTest {
    private static final Client CLIENT = new Client("a", "A", Set.of(), new Caller(Door.SOCKET, null, null, null, "1"));

    @TempDir
    Path home;

    private HandleTable handles;
    private Workspace workspace;
    private ContentRefs refs;

    @BeforeEach
    void enter() throws IOException {
        EncryptedSpool spool = new EncryptedSpool(home.resolve("spool"), ContentLimits.DEFAULT);
        handles = new HandleTable(spool, ContentLimits.DEFAULT, Clock.systemUTC());
        workspace = spool.open();
        refs = new ContentRefs(handles, new Call(CLIENT, Progress.NONE, workspace));
    }

    @AfterEach
    void leave() {
        workspace.close();
        handles.close();
    }

    @Test
    void readsTextAsUtf8() throws Exception {
        assertThat(refs.read(ContentRef.ofText("zegel é 😀")).bytes(100))
                .isEqualTo("zegel é 😀".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void takesInlineUpToTheLimitAndNotOneByteMore() throws Exception {
        assertThat(refs.read(ContentRef.ofBytes(new byte[ContentRef.MAX_INLINE]))
                        .size())
                .isEqualTo(ContentRef.MAX_INLINE);
        assertFails(Failure.Kind.CONTENT_TOO_LARGE, ContentRef.ofBytes(new byte[ContentRef.MAX_INLINE + 1]));
        assertFails(Failure.Kind.CONTENT_TOO_LARGE, ContentRef.ofText("a".repeat(ContentRef.MAX_INLINE + 1)));
        assertFails(Failure.Kind.CONTENT_TOO_LARGE, ContentRef.ofText("é".repeat(ContentRef.MAX_INLINE / 2 + 1)));
    }

    @Test
    void refusesHalfACharacter() {
        assertFails(Failure.Kind.INVALID_PARAMETERS, ContentRef.ofText("a\ud83d"));
    }

    @Test
    void anotherClientsHandleIsAsIfThereWereNone() throws Exception {
        String handle = handles.adopt("b", Content.of(new byte[] {1}));

        assertFails(Failure.Kind.CONTENT_NOT_FOUND, ContentRef.ofHandle(handle));
    }

    @Test
    void givesPlainTextAsText() throws Exception {
        assertThat(refs.give(ascii("Subject: x\r\n\r\ny\r\n")).text()).isEqualTo("Subject: x\r\n\r\ny\r\n");
    }

    @Test
    void givesBytesAsBase64() throws Exception {
        byte[] utf8 = "é".getBytes(StandardCharsets.UTF_8);

        assertThat(refs.give(Content.of(utf8)).base64()).isEqualTo(utf8);
        assertThat(refs.give(Content.of(new byte[] {0, 'a'})).base64()).isNotNull();
    }

    @Test
    void givesTextThatWouldSwellInJsonAsBase64() throws Exception {
        assertThat(refs.give(ascii("\"".repeat(100_000))).base64()).isNotNull();
    }

    @Test
    void oneAnswerHoldsNoMoreInlineThanTheLimit() throws Exception {
        int half = ContentRef.MAX_INLINE / 2;

        assertThat(refs.give(ascii("a".repeat(half))).text()).isNotNull();
        assertThat(refs.give(ascii("b".repeat(half))).text()).isNotNull();
        assertThat(refs.give(ascii("c")).content()).isNotNull();
    }

    @Test
    void whatIsLargerOutlivesTheCallUnderAHandle() throws Exception {
        byte[] large = new byte[3 * ContentRef.MAX_INLINE];
        Arrays.fill(large, (byte) 'x');
        Content content;
        try (ContentWriter writer = workspace.writer()) {
            writer.write(large);
            content = writer.finish();
        }

        ContentRef ref = refs.give(content);
        workspace.close();

        Content kept = handles.open("a", Objects.requireNonNull(ref.content()));
        assertThat(kept.bytes(large.length)).isEqualTo(large);
    }

    private void assertFails(Failure.Kind kind, ContentRef ref) {
        assertThatThrownBy(() -> refs.read(ref))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    private static Content ascii(String text) {
        return Content.of(text.getBytes(StandardCharsets.US_ASCII));
    }
}
