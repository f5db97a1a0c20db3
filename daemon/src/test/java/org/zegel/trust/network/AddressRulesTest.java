package org.zegel.trust.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "192.0.2.7",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.9",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "2001:db8::1",
                "2001::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a00:1",
                "2002:7f00:1::",
                "2002:c0a8:101::",
                "64:ff9b:1::1",
                "100::1",
                "5f00::1",
                "3fff::1"
            })
    void theseAreNotTheInternet(String literal) throws Exception {
        assertThat(AddressRules.isPublic(InetAddress.getByName(literal))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.1",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "172.15.255.255",
                "172.32.0.1",
                "192.169.0.1",
                "198.17.255.255",
                "198.20.0.1",
                "223.255.255.255",
                "2a00:1450::1",
                "2606:4700::1111",
                "2001:4860:4860::8888",
                "::ffff:9.9.9.9",
                "64:ff9b::909:909",
                "2002:909:909::1"
            })
    void theseAre(String literal) throws Exception {
        assertThat(AddressRules.isPublic(InetAddress.getByName(literal))).isTrue();
    }

    @Test
    void nothingIsFetchedFromEverybodyOrNobody() throws Exception {
        for (String literal : new String[] {"0.0.0.0", "::", "224.0.0.1", "ff02::1", "255.255.255.255"}) {
            assertThat(AddressRules.impossible(InetAddress.getByName(literal)))
                    .as(literal)
                    .isTrue();
        }
        assertThat(AddressRules.impossible(InetAddress.getByName("127.0.0.1"))).isFalse();
    }
}
