package org.zegel.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressListTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "alice@example.org | alice@example.org",
                "Alice <alice@example.org> | alice@example.org",
                "\"Alice, of B\" <Alice@EXAMPLE.org> | Alice@example.org",
                "J. R. Tolkien <jrr@example.org> | jrr@example.org",
                "(a (nested) comment) alice (x) @ (y) example . org (z) | alice@example.org",
                "<@relay.example,@two.example:alice@example.org> | alice@example.org",
                "[NL] Sales [team] <sales@example.org> | sales@example.org",
                "\"alice\"@example.org | alice@example.org",
                "\"al ice\"@example.org | \"al ice\"@example.org",
                "\"a@b\"@example.org | \"a@b\"@example.org",
                "Zoë <zoë@exámple.nl> | zoë@xn--exmple-qta.nl",
                "alice@[192.0.2.1] | alice@[192.0.2.1]",
                "=?utf-8?Q?bob=40bank.example?= <alice@example.org> | alice@example.org",
                "\"bob@bank.example\" <alice@example.org> | alice@example.org",
            })
    void readsOneMailbox(String field, String address) {
        AddressList list = AddressList.parse(field);
        assertThat(list.problem()).isNull();
        assertThat(list.single())
                .hasValueSatisfying(
                        mailbox -> assertThat(mailbox.address().toString()).isEqualTo(address));
    }

    @Test
    void keepsEncodedWordsAndUndoesQuoting() {
        assertThat(AddressList.parse("=?utf-8?Q?Zo=C3=AB?= <z@example.org>")
                        .mailboxes()
                        .getFirst()
                        .displayName())
                .isEqualTo("=?utf-8?Q?Zo=C3=AB?=");
        assertThat(AddressList.parse("\"A \\\"B\\\" C\"  D <z@example.org>")
                        .mailboxes()
                        .getFirst()
                        .displayName())
                .isEqualTo("A \"B\" C D");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "alice@example.org (Alice) | Alice",
                "(one) Alice (two (deep)) <alice@example.org (three)> (four) | one two (deep) three four",
                "Alice <alice@example.org> | ``",
                "\"(no comment)\" <alice@example.org> | ``",
            })
    void keepsTheCommentsOfAMailbox(String field, String comments) {
        assertThat(AddressList.parse(field).single().orElseThrow().comments()).isEqualTo(comments);
    }

    @Test
    void commentsBelongToTheirOwnMailbox() {
        AddressList list = AddressList.parse("a@b.c (one), d@e.f, Team: g@h.i (two), (three) j@k.l;, m@n.o");
        assertThat(list.mailboxes()).extracting(Mailbox::comments).containsExactly("one", "", "two", "three", "");
    }

    @Test
    void unfoldsLines() {
        assertThat(AddressList.parse("Alice\r\n <alice@example.org>,\r\n\tbob@example.org\r\n")
                        .addresses())
                .extracting(EmailAddress::toString)
                .containsExactly("alice@example.org", "bob@example.org");
    }

    @Test
    void aGroupIsNeverASingleMailbox() {
        AddressList list = AddressList.parse("Friends: alice@example.org, Bob <bob@example.org>;, carol@example.org");
        assertThat(list.problem()).isNull();
        assertThat(list.groups()).isTrue();
        assertThat(list.addresses()).hasSize(3);
        assertThat(AddressList.parse("One: alice@example.org;").single()).isEmpty();
        assertThat(AddressList.parse("Undisclosed recipients:;").problem()).isNull();
    }

    @Test
    void letsEmptyElementsThrough() {
        assertThat(AddressList.parse(",a@example.org,, b@example.org ,").addresses())
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "alice",
                "alice@",
                "@example.org",
                "a@b@c",
                "alice@example.org bob@example.org",
                "Alice <alice@example.org",
                "<alice@example.org> trailing",
                "<<alice@example.org>>",
                "\"open <alice@example.org>",
                "(open alice@example.org",
                "Group: alice@example.org",
                "A: B: alice@example.org;;",
                "alice@example.org\r\nBcc: eve@example.org",
                "alice\u0000@example.org",
                "\"a\u0007b\" <alice@example.org>",
                "[alice]@example.org",
                "alice..x@example.org",
                ".alice@example.org",
                "alice@example..org",
                "alice@[1.2.3.4",
                "alice@exa\u0085mple.org",
                "<>",
                "kicker@fu\u00dfball.example",
                "alice@exam\u200dple.org",
                "alice@example.org\uff20evil.example",
                "alice@exa\u3000mple.org",
            })
    void saysThatItCannotRead(String field) {
        AddressList list = AddressList.parse(field);
        assertThat(list.problem()).isNotNull();
        assertThat(list.single()).isEmpty();
    }

    @Test
    void readsAllThatIsAnAddressAndListsWhatIsNot() {
        AddressList list = AddressList.parse("Alice <alice@Example.org>, bob@example.org (Bob), \"D, E\" <d@e.f>,"
                + " Team: x@y.z, <@route,@b:r@s.t>;, \"a b\"@c.d, =?utf-8?q?J=C3=B6?= <j@bücher.example>, nobody, ,");
        assertThat(list.addresses().stream().map(Object::toString))
                .containsExactly(
                        "alice@example.org",
                        "bob@example.org",
                        "d@e.f",
                        "x@y.z",
                        "r@s.t",
                        "\"a b\"@c.d",
                        "j@xn--bcher-kva.example");
        assertThat(list.mailboxes().get(2).displayName()).isEqualTo("D, E");
        assertThat(list.problem()).isEqualTo("address-syntax");
        assertThat(list.unreadable()).containsExactly("nobody");
        assertThat(AddressList.parse("undisclosed-recipients:;").unreadable()).isEmpty();
        assertThat(AddressList.parse("<a@b.c> <d@e.f>").unreadable()).hasSize(1);
        assertThat(AddressList.parse("").unreadable()).isEmpty();
    }

    @Test
    void goesOnAfterAnEntryThatItCannotRead() {
        AddressList list =
                AddressList.parse("a@b.c, Team: d@e.f, \"x, y@z\" no one, g@h.i;, (a, b) j, k@l.m> x; n@o.p");
        assertThat(list.addresses()).extracting(EmailAddress::toString).containsExactly("a@b.c", "d@e.f", "n@o.p");
        assertThat(list.unreadable()).hasSize(4);
        assertThat(AddressList.parse("Team: a@b.c").unreadable()).isNotEmpty();
        assertThat(AddressList.parse("\"\u0007, eve@example.org\" <a@b.c>").addresses())
                .isEmpty();
    }

    @Test
    void limitsLengthAndNumber() {
        String full = "a@b,".repeat(AddressParser.MAX_MAILBOXES);
        assertThat(AddressList.parse(full).problem()).isNull();
        assertThat(AddressList.parse(full + "a@b").problem()).isEqualTo("too-many-addresses");
        String bad = "x,".repeat(AddressParser.MAX_MAILBOXES);
        assertThat(AddressList.parse(bad).unreadable()).hasSize(AddressParser.MAX_MAILBOXES);
        assertThat(AddressList.parse(bad + "y,z").unreadable())
                .hasSize(AddressParser.MAX_MAILBOXES + 1)
                .endsWith("y,z");
        String longest = "a@b" + " ".repeat(AddressParser.MAX_FIELD_LENGTH - 3);
        assertThat(AddressList.parse(longest).problem()).isNull();
        assertThat(AddressList.parse(longest + " ").problem()).isEqualTo("field-too-long");
    }

    @Test
    void limitsTheDepthOfComments() {
        assertThat(AddressList.parse("(".repeat(16) + ")".repeat(16) + "a@b").problem())
                .isNull();
        assertThat(AddressList.parse("(".repeat(17) + ")".repeat(17) + "a@b").problem())
                .isEqualTo("comment-syntax");
    }
}
