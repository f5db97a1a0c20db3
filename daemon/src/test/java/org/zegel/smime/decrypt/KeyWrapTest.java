package org.zegel.smime.decrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.junit.jupiter.api.Test;

/** Key wraps that no other program here makes messages with. */
class KeyWrapTest {
    private static final HexFormat HEX = HexFormat.of();

    /** RFC 5649 section 6: AES-192, with padding. */
    @Test
    void paddedAesWrapFitsTheStandardsExample() throws Exception {
        KeyWrap wrap =
                KeyWrap.of(new ASN1ObjectIdentifier("2.16.840.1.101.3.4.1.28")).orElseThrow();
        byte[] wrappingKey = HEX.parseHex("5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8");
        byte[] wrapped = HEX.parseHex("138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a");
        assertThat(wrap.unwrap(wrappingKey, wrapped))
                .isEqualTo(HEX.parseHex("c37b7e6492584340bed12207808941155068f738"));
        wrapped[3] ^= 1;
        assertThatExceptionOfType(CannotDecrypt.class).isThrownBy(() -> wrap.unwrap(wrappingKey, wrapped));
    }
}
