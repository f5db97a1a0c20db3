package org.zegel.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.model.AddressList;
import org.zegel.model.Finding;
import org.zegel.model.Mailbox;

class MailboxCheckTest {
    private static final Pattern UNICODE = Pattern.compile("\\\\u([0-9a-f]{4})");

    private static Mailbox mailbox(String field) {
        return AddressList.parse(field).single().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"boss@x.nl\" <eve@y.nl> | DISPLAY_NAME_HAS_ADDRESS",
                "\"Boss <boss@x.nl>\" <eve@y.nl> | DISPLAY_NAME_HAS_ADDRESS",
                "\"boss@x.nl via list\" <list@y.nl> | DISPLAY_NAME_HAS_ADDRESS",
                "\"eve@y.nl, boss@x.nl\" <eve@y.nl> | DISPLAY_NAME_HAS_ADDRESS",
                "=?utf-8?Q?boss=40x.nl?= <eve@y.nl> | DISPLAY_NAME_HAS_ADDRESS",
                "=?utf-8?B?Ym9zc0B4Lm5s?= <eve@y.nl> | DISPLAY_NAME_HAS_ADDRESS",
                "\"=?utf-8?Q?boss=40x.nl?=\" <eve@y.nl> | DISPLAY_NAME_HAS_ADDRESS",
                "=?utf-8?Q?bo?= =?utf-8?Q?ss=40x=2Enl?= <eve@y.nl> | DISPLAY_NAME_HAS_ADDRESS",
                "\"boss＠x．nl\" <eve@y.nl> | DISPLAY_NAME_HAS_ADDRESS",
                "\"boss@x.nl@\" <eve@y.nl> | DISPLAY_NAME_HAS_ADDRESS",
                "eve@y.nl (boss@x.nl) | COMMENT_HAS_ADDRESS",
                "(boss@x.nl) eve@y.nl | COMMENT_HAS_ADDRESS",
                "Eve (=?utf-8?Q?boss=40x.nl?=) <eve@y.nl> | COMMENT_HAS_ADDRESS",
                "=?utf-8?Q?boss?=@y.nl | ENCODED_WORD_IN_ADDRESS",
                "=?utf-8?Q?a=00b?= <eve@y.nl> | FROM_CONTROL_CHARACTER",
                "=?utf-8?Q?boss=0D=0ABcc=3Ax?= <eve@y.nl> | FROM_CONTROL_CHARACTER",
                "\"B\\u202eoss\" <eve@y.nl> | FROM_BIDI_CONTROL",
                "=?utf-8?B?4oCubmwu?= <eve@y.nl> | FROM_BIDI_CONTROL",
                "\"Bo\\u200bss\" <eve@y.nl> | FROM_INVISIBLE_CHARACTER",
                "\"Bo\\u200dss\" <eve@y.nl> | FROM_INVISIBLE_CHARACTER",
                "bo\\u00adss@y.nl | FROM_INVISIBLE_CHARACTER",
                "\"Boss                    x\" <eve@y.nl> | DISPLAY_NAME_HIDES_ADDRESS",
            })
    void pointsOutWhatDeceives(String field, Finding finding) {
        assertThat(MailboxCheck.of(mailbox(UNICODE.matcher(field)
                        .replaceAll(match -> Character.toString(Integer.parseInt(match.group(1), 16))))))
                .containsExactly(finding);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice@example.org",
                "Alice <alice@example.org>",
                "\"alice@example.org\" <alice@example.org>",
                "\"'Alice@EXAMPLE.org'\" <alice@example.org>",
                "\"Alice (Alice@example.org)\" <alice@example.org>",
                "alice@example.org (Alice)",
                "\"Alice @ Work\" <alice@example.org>",
                "\"@alice\" <alice@example.org>",
                "=?utf-8?Q?Zo=C3=AB?= <zoe@example.org>",
                "\"محمد علی\" <m@example.org>",
                "\"می‌خواهم\" <m@example.org>",
                "\"👩‍💻 Ann\" <ann@example.org>",
                "\"क्‍ष\" <k@example.org>",
                "\"Иван (Ivan) 山田\" <ivan@example.org>",
                "zoë@exämple.org",
                "<иван@пример.рф>",
                "info@xn--bcher-kva.example",
                "山田@例え.jp",
                "jón@þór.is",
                "ærlig@smørrebrød.dk",
                "bilgi@ısparta.com.tr",
                "info@сор.рф",
            })
    void leavesOrdinarySendersAlone(String field) {
        assertThat(MailboxCheck.of(mailbox(field))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "alice@exаmple.org, ADDRESS_MIXED_SCRIPTS",
        "alice@xn--exmple-4nf.org, ADDRESS_MIXED_SCRIPTS",
        "аlice@example.org, ADDRESS_MIXED_SCRIPTS",
        "info@αpple.example, ADDRESS_MIXED_SCRIPTS",
    })
    void pointsOutMixedScripts(String address, Finding finding) {
        assertThat(MailboxCheck.of(mailbox(address))).contains(finding);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"info@аррӏе.com", "info@xn--80ak6aa92e.com", "info@ісо.org", "info@ɑpple.com", "сео@example.org"
            })
    void pointsOutWordsThatLookLikeOthers(String address) {
        assertThat(MailboxCheck.of(mailbox(address))).containsExactly(Finding.ADDRESS_LOOK_ALIKE);
    }

    @Test
    void longNamesPushTheAddressOutOfView() {
        String longest = "n".repeat(MailboxCheck.MAX_NAME);
        assertThat(MailboxCheck.of(mailbox(longest + " <a@b.nl>"))).isEmpty();
        assertThat(MailboxCheck.of(mailbox(longest + "n <a@b.nl>")))
                .containsExactly(Finding.DISPLAY_NAME_HIDES_ADDRESS);
        String wide = "\"a" + "\u00a0".repeat(MailboxCheck.MAX_SPACE) + "b\" <a@b.nl>";
        assertThat(MailboxCheck.of(mailbox(wide))).isEmpty();
        assertThat(MailboxCheck.of(mailbox(wide.replace("a\u00a0", "a\u00a0\u3000"))))
                .containsExactly(Finding.DISPLAY_NAME_HIDES_ADDRESS);
    }
}
