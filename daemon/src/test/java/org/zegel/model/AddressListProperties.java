package org.zegel.model;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;

class AddressListProperties {
    @Provide
    Arbitrary<String> fields() {
        return Arbitraries.strings()
                .withChars("ab.@<>()\\\"[]:;, \t\r\n\u0000\u00e9\u202e")
                .ofMaxLength(40);
    }

    @Property(tries = 5000)
    void neverFailsAndASingleMailboxIsTheWholeField(@ForAll("fields") String field) {
        AddressList list = AddressList.parse(field);
        if (list.single().isPresent()) {
            assertThat(list.addresses()).hasSize(1);
            assertThat(AddressList.parse(list.addresses().getFirst().toString()).addresses())
                    .containsExactly(list.addresses().getFirst());
        }
    }

    @Property(tries = 500)
    void aDisplayNameNeverChangesTheAddress(
            @ForAll @AlphaChars @StringLength(min = 1, max = 12) String local, @ForAll("fields") String name) {
        String quoted =
                name.replaceAll("[\\u0000\\r\\n]", "").replace("\\", "\\\\").replace("\"", "\\\"");
        assertThat(AddressList.parse("\"" + quoted + "\" <" + local + "@example.org>")
                        .single()
                        .map(mailbox -> mailbox.address().toString()))
                .contains(local + "@example.org");
    }
}
