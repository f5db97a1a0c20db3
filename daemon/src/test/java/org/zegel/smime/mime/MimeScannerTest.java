package org.zegel.smime.mime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.content.Content;
import org.zegel.model.EncodedWords;
import org.zegel.model.Failure;
import org.zegel.model.Finding;

final class MimeScannerTest {
    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n"})
    void givesExactOffsetsOfParts(String lineEnd) throws Exception {
        String message = String.join(
                lineEnd,
                "From: a",
                "Content-Type: multipart/mixed; boundary=b",
                "",
                "pre",
                "--b",
                "X: 1",
                "",
                "one",
                "--b",
                "",
                "two",
                "",
                "--b--",
                "post");
        MimeEntity root = MimeScanner.message(content(message));
        assertThat(texts(message, root)).containsExactly("X: 1" + lineEnd + lineEnd + "one", lineEnd + "two" + lineEnd);
        assertThat(root.end()).isEqualTo(message.length());
        assertThat(root.defects()).containsExactly(Finding.TEXT_OUTSIDE_PARTS);
        assertThat(root.crLf()).isEqualTo(lineEnd.length() == 2);
    }

    @Test
    void anOuterBoundaryEndsUnclosedInnerParts() throws Exception {
        String message =
                "Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: multipart/mixed; boundary=i\n\n"
                        + "--i\n\ninner\n--o\n\nlast\n--o--\n";
        MimeEntity root = MimeScanner.message(content(message));
        assertThat(root.children()).hasSize(2);
        assertThat(root.children().getFirst().defects()).containsExactly(Finding.MISSING_CLOSING_BOUNDARY);
        assertThat(texts(message, root.children().getFirst())).containsExactly("\ninner");
    }

    @Test
    void toleratesMboxLinesByteOrderMarksAndMissingSeparators() throws Exception {
        String mbox = "From a@b Mon Jan 1\nSubject: x\n\nbody";
        assertThat(MimeScanner.message(content(mbox)).headerStart()).isEqualTo(mbox.indexOf("Subject"));
        String marked = "\ufeffSubject: x\n\nbody";
        MimeEntity root = MimeScanner.message(content(marked));
        assertThat(root.headerStart()).isEqualTo(3);
        assertThat(root.header().first("subject")).isPresent();
        MimeEntity missing = MimeScanner.message(content("Subject: x\nno colon here\n"));
        assertThat(missing.bodyStart()).isEqualTo(11);
        assertThat(missing.defects()).containsExactly(Finding.MISSING_HEADER_SEPARATOR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\nbody", "no header at all", "\0\1\2\3", "<html><p>x</p></html>"})
    void refusesWhatHasNoHeader(String text) throws Exception {
        assertThatThrownBy(() -> MimeScanner.message(content(text)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.MESSAGE_MALFORMED));
        assertThat(MimeScanner.entity(content(text)).children()).isEmpty();
    }

    @Test
    void countsHeaderFieldsUpToTheLimit() throws Exception {
        String atLimit = "X: y\n".repeat(MimeLimits.MAX_HEADER_FIELDS);
        assertThat(MimeScanner.message(content(atLimit)).header().fields()).hasSize(MimeLimits.MAX_HEADER_FIELDS);
        assertRefused(atLimit + "X: y\n");
    }

    @Test
    void readsFieldsUpToTheLimit() throws Exception {
        String atLimit = "X:" + "y".repeat(MimeLimits.MAX_FIELD_LENGTH - 2);
        assertThat(MimeScanner.message(content(atLimit)).header().fields()).hasSize(1);
        assertRefused(atLimit + "y");
        assertRefused("X:" + "y".repeat(MimeLimits.MAX_FIELD_LENGTH - 3) + "\n zz");
    }

    @Test
    void readsHeadersUpToTheLimit() throws Exception {
        String field = "X:" + "y".repeat((1 << 18) - 2) + "\n";
        String atLimit = field.repeat(MimeLimits.MAX_HEADER_BYTES >> 18);
        assertThat(MimeScanner.message(content(atLimit)).header().fields()).hasSize(16);
        assertRefused(atLimit + "X:\n");
    }

    @Test
    void nestsUpToTheLimit() throws Exception {
        String attached = "Content-Type: message/rfc822\n\n";
        MimeScanner.message(content(attached.repeat(MimeLimits.MAX_NESTING - 1) + "Subject: x\n"));
        assertRefused(attached.repeat(MimeLimits.MAX_NESTING) + "Subject: x\n");
    }

    @Test
    void countsPartsUpToTheLimit() throws Exception {
        String start = "Content-Type: multipart/mixed; boundary=b\n\n";
        String atLimit = start + "--b\n\nx\n".repeat(MimeLimits.MAX_PARTS - 1);
        assertThat(MimeScanner.message(content(atLimit)).children()).hasSize(MimeLimits.MAX_PARTS - 1);
        assertRefused(atLimit + "--b\n\nx\n");
    }

    @Test
    void readsParametersOfRfc2231AndReportsDuplicates() {
        ContentType type = ContentType.parse("Text/Plain (c); name*0*=utf-8''%C3%BC; name*1=\"b;er\"; charset=a;"
                + " charset=b; file=with spaces.txt");
        assertThat(type.mediaType()).isEqualTo("text/plain");
        assertThat(type.parameter("name")).contains("üb;er");
        assertThat(type.parameter("charset")).contains("a");
        assertThat(type.parameter("file")).contains("with spaces.txt");
        assertThat(type.duplicates()).containsExactly("charset");
    }

    @Test
    void decodesEncodedWords() {
        assertThat(EncodedWords.decode("a =?utf-8?q?=C3?= =?UTF-8?B?vA==?= =?iso-8859-1?Q?=E9_x?= =?broken"))
                .isEqualTo("a üé x =?broken");
        assertThat(EncodedWords.decode("=?no-such?Q?x?=")).isEqualTo("x");
    }

    private static void assertRefused(String message) {
        assertThatThrownBy(() -> MimeScanner.message(content(message)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.MESSAGE_MALFORMED));
    }

    private static List<String> texts(String message, MimeEntity parent) {
        return parent.children().stream()
                .map(part -> message.substring((int) part.headerStart(), (int) part.end()))
                .toList();
    }

    private static Content content(String text) {
        return Content.of(text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "multipart/mixed; boundary=b | ",
                "multipart/mixed;boundary=\"b\"; | ",
                "multipart/mixed ; charset=utf-8; boundary=b; name=\"a (b) \\\\ c\" | ",
                "multipart/mixed; boundary=----=_Part:1?2 | ",
                "multipart/mixed; boundary=\"b c\" | ",
                "multipart/(x)mixed; boundary=b | AMBIGUOUS_CONTENT_TYPE",
                "multipart / mixed; boundary=b | AMBIGUOUS_CONTENT_TYPE",
                "\"multipart/mixed\"; boundary=b | AMBIGUOUS_CONTENT_TYPE",
                "multipart; boundary=b | AMBIGUOUS_CONTENT_TYPE",
                "multipart/mixed; boundary=b (x) | AMBIGUOUS_CONTENT_TYPE",
                "multipart/mixed; boundary = b | AMBIGUOUS_CONTENT_TYPE",
                "multipart/mixed; boundary=b c | AMBIGUOUS_CONTENT_TYPE",
                "multipart/mixed boundary=b | AMBIGUOUS_CONTENT_TYPE",
                "multipart/mixed; boundary=b; boundary=b | DUPLICATE_PARAMETER",
                "multipart/mixed; boundary=\"\\\\b\" | AMBIGUOUS_BOUNDARY",
                "multipart/mixed; boundary*=utf-8''b | AMBIGUOUS_BOUNDARY",
                "multipart/mixed; boundary*0=\"b\" | AMBIGUOUS_BOUNDARY",
            })
    void pointsOutWhatReadersTakeInSeveralWays(String type, Finding finding) throws Exception {
        String boundary = type.contains("\"b c\"") || type.endsWith("b c") ? "b c" : "b";
        boundary = type.contains("Part") ? "----=_Part:1?2" : boundary;
        MimeEntity root = MimeScanner.message(
                content("Content-Type: " + type + "\r\n\r\n--" + boundary + "\r\n\r\nx\r\n--" + boundary + "--\r\n"));
        Set<Finding> seen = new HashSet<>(root.defects());
        // Whether the boundary then fits is another matter.
        seen.remove(Finding.MISSING_BOUNDARY);
        seen.remove(Finding.MULTIPART_WITHOUT_PARTS);
        seen.remove(Finding.MISSING_CLOSING_BOUNDARY);
        assertThat(seen).isEqualTo(finding == null ? Set.of() : Set.of(finding));
    }

    @Test
    void linesThatBeginLikeABoundaryArePointedOutOnTheMultipartTheyMayEnd() throws Exception {
        String inner = "Content-Type: multipart/mixed; boundary=bc\n\n--bc\n\nx\n--bc--\n";
        MimeEntity root =
                MimeScanner.message(content("Content-Type: multipart/mixed; boundary=b\n\n--b\n" + inner + "--b--\n"));
        assertThat(root.defects()).containsExactly(Finding.AMBIGUOUS_BOUNDARY);
        assertThat(root.children().getFirst().defects()).isEmpty();
        MimeEntity apart =
                MimeScanner.message(content("Content-Type: multipart/mixed; boundary=a\n\n--a\n" + inner + "--a--\n"));
        assertThat(apart.defects()).isEmpty();
        MimeEntity same = MimeScanner.message(
                content("Content-Type: multipart/mixed; boundary=b\n\n--b\n" + inner.replace("bc", "b") + "--b--\n"));
        assertThat(same.defects()).contains(Finding.AMBIGUOUS_BOUNDARY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X: a\rb", "X: a\0b", "X: a\r\r"})
    void controlsThatReadersStopAtArePointedOut(String field) throws Exception {
        assertThat(MimeScanner.message(content(field + "\n\nbody")).defects())
                .containsExactly(Finding.AMBIGUOUS_HEADER);
    }
}
