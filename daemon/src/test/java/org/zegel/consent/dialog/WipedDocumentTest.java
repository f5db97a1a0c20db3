package org.zegel.consent.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.List;
import org.junit.jupiter.api.Test;

class WipedDocumentTest {
    @Test
    void nothingTypedOrTakenBackStaysInAnyArray() throws Exception {
        WipedDocument document = new WipedDocument();
        for (int i = 0; i < 40; i++) {
            document.insertString(document.getLength(), "geheim", null);
        }
        document.remove(10, 50);
        document.insertString(3, "meer", null);
        assertThat(held(document)).contains("geheim");

        document.wipe();

        assertThat(document.getLength()).isZero();
        assertThat(held(document)).matches("[\\x00\\n]*");
    }

    @Test
    void holdsTheLongestSecretAndNoMore() throws Exception {
        WipedDocument document = new WipedDocument();
        document.insertString(0, "x".repeat(WipedDocument.MAX_LENGTH), null);
        document.insertString(0, "y", null);

        assertThat(document.getText(0, document.getLength())).isEqualTo("x".repeat(WipedDocument.MAX_LENGTH));
    }

    @Test
    void canBeTypedIntoAgain() throws Exception {
        WipedDocument document = new WipedDocument();
        document.insertString(0, "one", null);
        document.wipe();
        document.insertString(0, "two", null);

        assertThat(document.getText(0, document.getLength())).isEqualTo("two");
    }

    private static String held(WipedDocument document) throws ReflectiveOperationException {
        Field content = WipedDocument.class.getDeclaredField("content");
        content.setAccessible(true);
        Field arrays = content.get(document).getClass().getDeclaredField("arrays");
        arrays.setAccessible(true);
        StringBuilder all = new StringBuilder();
        ((List<?>) arrays.get(content.get(document))).forEach(array -> all.append((char[]) array));
        return all.toString();
    }
}
