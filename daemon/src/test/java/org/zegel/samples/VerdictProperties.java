package org.zegel.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DLSet;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.x509.Certificate;
import org.zegel.fixtures.samples.Cast;
import org.zegel.fixtures.samples.Cms;
import org.zegel.fixtures.samples.Mail;
import org.zegel.fixtures.samples.Make;
import org.zegel.fixtures.samples.Mime;
import org.zegel.fixtures.samples.World;
import org.zegel.model.Verdict;
import org.zegel.model.Verdict.Seal;
import org.zegel.samples.SampleHouse.Opened;

/** What a verdict must not depend on. Each case prints its seed when it fails. */
class VerdictProperties {
    private static final List<String> WORDS =
            List.of("Hello", ".", "..", "From here", "-- ", " ", "a\tb", "", "--x", "é");

    private static SampleHouse house;

    @BeforeContainer
    static void build() throws IOException {
        house = new SampleHouse(Files.createTempDirectory("zegel-properties"));
    }

    @AfterContainer
    static void leave() throws Exception {
        house.close();
    }

    /** The signer's, its issuers', strangers' and look-alikes', some of them more than once, in any order. */
    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void theOrderOfCertificatesDoesNotMatter(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        boolean eve = random.nextInt(4) == 0;
        SignedData data = parsed(Cms.encapsulated(Mime.bytes(Mail.TEXT), eve ? Cast.EVE : Cast.ALICE));
        List<ASN1Encodable> certificates = new ArrayList<>();
        data.getCertificates().forEach(certificates::add);
        for (byte[] other : others()) {
            for (int i = random.nextInt(3); i > 0; i--) {
                certificates.add(Certificate.getInstance(other));
            }
        }
        Verdict first = open(with(data, certificates)).verdict();
        for (int i = 0; i < 4; i++) {
            Collections.shuffle(certificates, random);
            Opened again = open(with(data, certificates));
            assertThat(again.verdict()).isEqualTo(first);
        }
        assertThat(first.seal()).isEqualTo(eve ? Seal.WARNING : Seal.VALID);
    }

    /** CRLF, LF alone, or some of each, as servers and mailboxes leave them. */
    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void lineEndsChangedUnderWayDoNotMatter(@ForAll long seed, @ForAll @IntRange(max = 3) int kind) throws Exception {
        Random random = new Random(seed);
        Mail mail = Mail.usual().entity(entity(random));
        byte[] sent = switch (kind) {
            case 0 -> Make.signed(mail, Cast.ALICE);
            case 1 -> Make.opaque(mail, Cast.ALICE);
            case 2 -> Make.encrypted(Make.signed(mail, Cast.ALICE), Cast.BOB, Cast.ALICE);
            default -> Mime.bytes(Mime.string(Make.signed(mail, Cast.ALICE)).replace("Hello", "Hullo"));
        };
        Opened expected = house.open(sent, World.USUAL);
        for (BiFunction<String, Random, String> server : SERVERS) {
            Opened arrived = house.open(Mime.bytes(server.apply(Mime.string(sent), random)), World.USUAL);
            assertThat(arrived.verdict().seal()).isEqualTo(expected.verdict().seal());
            assertThat(arrived.verdict().lock()).isEqualTo(expected.verdict().lock());
            assertThat(arrived.findings()).isEqualTo(expected.findings());
            assertThat(arrived.verdict().signers()).isEqualTo(expected.verdict().signers());
        }
    }

    private static final List<BiFunction<String, Random, String>> SERVERS = List.of(
            (message, random) -> message.replace("\r\n", "\n"),
            (message, random) -> {
                StringBuilder out = new StringBuilder();
                for (String line : message.split("\r\n", -1)) {
                    out.append(out.isEmpty() ? "" : random.nextBoolean() ? "\r\n" : "\n")
                            .append(line);
                }
                return out.toString();
            },
            (message, random) -> message.replace("\r\n", "\n").replace("\n", "\r\n"));

    private static String entity(Random random) {
        StringBuilder body = new StringBuilder("Content-Type: text/plain; charset=utf-8\r\n\r\nHello\r\n");
        for (int i = random.nextInt(12); i > 0; i--) {
            body.append(WORDS.get(random.nextInt(WORDS.size()))).append("\r\n");
        }
        String text = body.toString();
        return random.nextInt(3) == 0 ? Mime.multipart("mixed", text, Mime.html("<p>Hello</p>\r\n")) : text;
    }

    private static List<byte[]> others() throws Exception {
        return List.of(
                Cast.BOB.certificate().getEncoded(),
                Cast.EVE.certificate().getEncoded(),
                Cast.MALLORY.certificate().getEncoded(),
                Cast.MALLORY_ROOT.certificate().getEncoded(),
                Cast.ROOT.certificate().getEncoded(),
                Cast.REVOKED.certificate().getEncoded());
    }

    private static Opened open(byte[] cms) throws Exception {
        return house.open(Mail.usual().entity(Mime.cms("signed-data", cms)).bytes(), World.USUAL);
    }

    private static SignedData parsed(byte[] cms) {
        return SignedData.getInstance(ContentInfo.getInstance(cms).getContent());
    }

    private static byte[] with(SignedData data, List<ASN1Encodable> certificates) throws IOException {
        ASN1EncodableVector all = new ASN1EncodableVector();
        certificates.forEach(all::add);
        SignedData made = new SignedData(
                data.getDigestAlgorithms(), data.getEncapContentInfo(), new DLSet(all), null, data.getSignerInfos());
        // A DL set keeps the order that DER would put right.
        return new ContentInfo(CMSObjectIdentifiers.signedData, made).getEncoded(ASN1Encoding.DL);
    }
}
