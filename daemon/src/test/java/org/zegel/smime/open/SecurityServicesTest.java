package org.zegel.smime.open;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.fixtures.samples.HandSignedData;
import org.zegel.fixtures.samples.HandSigner;
import org.zegel.model.Finding;
import org.zegel.model.SecurityServices;
import org.zegel.model.SecurityServices.ReceiptsFrom;
import org.zegel.model.SignerFacts;
import org.zegel.model.Verdict.Integrity;

/** The attributes of RFC 2634 as they are told. */
class SecurityServicesTest {
    private static final TestIdentity ALICE = TestAuthority.root("CA").issue(Spec.mail("Alice", "alice@example.org"));

    @TempDir
    private Path directory;

    private SignerFacts signed(String attribute, ASN1Encodable value) throws Exception {
        HandSigner signer = new HandSigner(ALICE).with(PKCSObjectIdentifiers.id_aa.branch(attribute), value);
        byte[] cms = HandSignedData.holding(Messages.bytes(Messages.ENTITY))
                .by(signer)
                .der();
        SignerFacts facts = new OpenFixture(directory)
                .cms(cms, null)
                .opened()
                .facts()
                .signers()
                .getFirst();
        assertThat(facts.integrity()).isEqualTo(Integrity.INTACT);
        return facts;
    }

    private static ASN1Encodable sequence(ASN1Encodable... members) {
        return new DERSequence(members);
    }

    private static ASN1Encodable address(String address) {
        return new GeneralNames(new GeneralName(GeneralName.rfc822Name, address));
    }

    private static ASN1Encodable label(String policy) {
        return new DERSet(new ASN1Encodable[] {
            new ASN1ObjectIdentifier(policy),
            new ASN1Integer(4),
            new DERPrintableString("Eyes only"),
            new DERSet(sequence(
                    new DERTaggedObject(false, 0, new ASN1ObjectIdentifier("1.2.3.9")),
                    new DERTaggedObject(true, 1, new ASN1Integer(1))))
        });
    }

    @Test
    void aReceiptRequestSaysOfWhomAndTo() throws Exception {
        ASN1Encodable all = new DERTaggedObject(false, 0, new ASN1Integer(0));
        ASN1Encodable firstTier = new DERTaggedObject(false, 0, new ASN1Integer(1));
        ASN1Encodable listed = new DERTaggedObject(false, 1, sequence(address("bob@example.org")));
        List<ASN1Encodable> choices = List.of(all, firstTier, listed);
        List<ReceiptsFrom> meant = List.of(ReceiptsFrom.ALL, ReceiptsFrom.FIRST_TIER, ReceiptsFrom.LISTED);
        for (int i = 0; i < choices.size(); i++) {
            SignerFacts facts = signed(
                    "1",
                    sequence(
                            new DEROctetString(new byte[4]),
                            choices.get(i),
                            sequence(address("a@example.org"), address("b\u0007@example.org"))));
            assertThat(facts.services().receiptRequest().from()).isEqualTo(meant.get(i));
            assertThat(facts.services().receiptRequest().to()).containsExactly("a@example.org", "b\ufffd@example.org");
            assertThat(facts.findings()).containsExactly(Finding.RECEIPT_REQUESTED);
        }
    }

    @Test
    void labelsSayTheirPolicyClassificationMarkAndCategories() throws Exception {
        SecurityServices.Label expected = new SecurityServices.Label("1.2.3.4", 4, "Eyes only", List.of("1.2.3.9"));
        assertThat(signed("2", label("1.2.3.4")).services().label()).isEqualTo(expected);
        assertThat(signed("9", sequence(label("1.2.3.4"))).services().equivalentLabels())
                .containsExactly(expected);
    }

    @Test
    void expansionsAndHintsAreTold() throws Exception {
        Instant then = Instant.parse("2026-06-01T10:00:00Z");
        ASN1Encodable expansion = sequence(new DEROctetString(new byte[20]), new DERGeneralizedTime(Date.from(then)));
        assertThat(signed("3", sequence(expansion)).services().listExpansions()).containsExactly(then);
        assertThat(signed("4", sequence(new DERUTF8String("A\u202eB"), CMSObjectIdentifiers.data))
                        .services()
                        .contentDescription())
                .isEqualTo("A\ufffdB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "9"})
    void whatCannotBeReadIsLeftAside(String attribute) throws Exception {
        SignerFacts facts = signed(attribute, new ASN1Integer(7));
        assertThat(facts.services()).isNull();
        assertThat(facts.findings()).containsExactly(Finding.SECURITY_SERVICE_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 64, 65})
    void listsAreBounded(int count) throws Exception {
        ASN1Encodable many =
                new DERSequence(Collections.nCopies(count, label("1.2.3.4")).toArray(ASN1Encodable[]::new));
        assertThat(signed("9", many).services().equivalentLabels()).hasSize(Math.min(count, 64));
    }
}
