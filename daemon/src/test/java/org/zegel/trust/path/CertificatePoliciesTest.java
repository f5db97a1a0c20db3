package org.zegel.trust.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Finding;

/** Certificate policies beyond PKITS: what the one who asks requires, and trees that would not end. */
class CertificatePoliciesTest extends PathFixture {
    private static final String GOVERNMENT = "2.16.528.1.1003.1.2.5.1";
    private static final String OTHER = "1.2.3.4";
    private static final PolicyInputs REQUIRED = new PolicyInputs(Set.of(GOVERNMENT), true, false, false);

    @Test
    void aRequiredPolicyMustHoldForTheWholePath() throws IOException {
        TestAuthority sub = root.subordinate(ca("Sub").extension(policies(GOVERNMENT, OTHER)));
        assertThat(reason(sub.issue(alice().extension(policies(GOVERNMENT))), REQUIRED))
                .isEmpty();
        assertThat(reason(sub.issue(alice().extension(policies(OTHER))), REQUIRED))
                .contains(Finding.CERTIFICATE_POLICY_NOT_ACCEPTED);
        assertThat(reason(sub.issue(alice()), REQUIRED)).contains(Finding.CERTIFICATE_POLICY_NOT_ACCEPTED);
        TestAuthority silent = root.subordinate(ca("Silent"));
        assertThat(reason(silent.issue(alice().extension(policies(GOVERNMENT))), REQUIRED))
                .contains(Finding.CERTIFICATE_POLICY_NOT_ACCEPTED);
        TestAuthority any = root.subordinate(ca("Any").extension(policies(PolicyGraph.ANY)));
        assertThat(reason(any.issue(alice().extension(policies(GOVERNMENT))), REQUIRED))
                .isEmpty();
        assertThat(reason(
                        any.issue(alice().extension(policies(GOVERNMENT))),
                        new PolicyInputs(Set.of(GOVERNMENT), true, false, true)))
                .contains(Finding.CERTIFICATE_POLICY_NOT_ACCEPTED);
    }

    @Test
    void aLeafThatIsTheAnchorNeedsNone() {
        TestIdentity alice = TestAuthority.selfSigned(alice());
        assertThat(best(alice.certificate(), alice.certificate(), List.of(), REQUIRED))
                .isEmpty();
    }

    @Test
    void policiesThatCannotBeReadAreRefused() throws IOException {
        for (Extension odd : List.of(
                policies(GOVERNMENT, GOVERNMENT),
                policies(),
                new Extension(Extension.certificatePolicies, false, new byte[] {5, 0}),
                new Extension(Extension.policyMappings, false, new byte[] {0x30, 2, 5, 0}),
                new Extension(Extension.policyConstraints, false, new byte[] {0x30, 3, (byte) 0x80, 1, (byte) 0xff}),
                new Extension(Extension.inhibitAnyPolicy, false, new byte[] {2, 1, (byte) 0xff}))) {
            TestAuthority sub = root.subordinate(ca("Odd").extension(odd));
            assertThat(reason(sub.issue(alice()), PolicyInputs.ANY))
                    .as(odd.getExtnId() + " " + odd)
                    .contains(Finding.POLICIES_MALFORMED);
        }
    }

    /** CVE-2023-0464 of another library: every policy mapped to every other, level after level. */
    @Test
    void mappingsOfEverythingToEverythingDoNotGrowWithoutEnd() throws IOException {
        int count = 64;
        List<String> all = new ArrayList<>();
        ASN1EncodableVector mappings = new ASN1EncodableVector();
        for (int i = 0; i < count; i++) {
            all.add("1.2.3." + i);
            for (int j = 0; j < count; j++) {
                mappings.add(new DERSequence(new org.bouncycastle.asn1.ASN1Encodable[] {
                    new ASN1ObjectIdentifier("1.2.3." + i), new ASN1ObjectIdentifier("1.2.3." + j)
                }));
            }
        }
        Extension policies = policies(all.toArray(new String[0]));
        Extension mapped = new Extension(Extension.policyMappings, true, new DERSequence(mappings).getEncoded());
        TestAuthority ca = root;
        for (int i = 2; i < PathFinder.MAX_LENGTH; i++) {
            ca = ca.subordinate(ca("CA " + i).extension(policies).extension(mapped));
        }
        TestIdentity leaf = ca.issue(alice().extension(policies));
        long start = System.nanoTime();
        assertThat(reason(leaf, new PolicyInputs(Set.of("1.2.3.63"), true, false, false)))
                .isEmpty();
        assertThat(reason(leaf, REQUIRED)).contains(Finding.CERTIFICATE_POLICY_NOT_ACCEPTED);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    private java.util.Optional<Finding> reason(TestIdentity leaf, PolicyInputs inputs) {
        return best(leaf.certificate(), root.certificate(), leaf.chain(), inputs);
    }

    private static Extension policies(String... identifiers) throws IOException {
        ASN1EncodableVector all = new ASN1EncodableVector();
        for (String each : identifiers) {
            all.add(new DERSequence(new ASN1ObjectIdentifier(each)));
        }
        return new Extension(Extension.certificatePolicies, false, new DERSequence(all).getEncoded());
    }

    private static Spec alice() {
        return Spec.mail("Alice", "alice@example.org").key(KeyKind.P256);
    }
}
