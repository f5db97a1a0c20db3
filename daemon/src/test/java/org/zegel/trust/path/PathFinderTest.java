package org.zegel.trust.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Pkits;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Finding;

/** Which paths are found, and that nobody can make the search long. */
class PathFinderTest extends PathFixture {
    @Test
    void aBagOfCrossedCertificatesDoesNotHoldUpTheSearch() {
        List<TestAuthority> clique = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            clique.add(TestAuthority.root(ca("CA " + i)));
        }
        List<X509Certificate> bag = new ArrayList<>();
        for (TestAuthority issuer : clique) {
            for (TestAuthority subject : clique) {
                bag.add(issuer == subject ? subject.certificate() : issuer.cross(subject));
            }
        }
        Collections.shuffle(bag, new Random(1));
        X509Certificate leaf = clique.getFirst().issue(alice()).certificate();

        long start = System.nanoTime();
        PathFinder.Outcome nowhere = find(leaf, bag);
        X509Certificate bridge = root.cross(clique.get(57));
        bag.add(4_321, bridge);
        PathFinder.Outcome somewhere = find(leaf, bag);
        Duration taken = Duration.ofNanos(System.nanoTime() - start);

        assertThat(bag).hasSize(10_001);
        assertThat(nowhere.paths()).isEmpty();
        assertThat(nowhere.limited()).isTrue();
        assertThat(somewhere.paths())
                .first()
                .satisfies(path -> assertThat(path.certificates()).hasSize(4).contains(bridge));
        assertThat(taken).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void manyIssuersOfOneNameAreTriedUpToALimitThatTheRightHintGoesBefore() {
        List<X509Certificate> crowd = new ArrayList<>();
        for (int i = 0; i < 2 * PathFinder.MAX_VERIFICATIONS; i++) {
            crowd.add(root.issue(ca("CA")).certificate());
        }
        TestIdentity leaf = root.subordinate(ca("CA")).issue(alice());
        assertThat(find(leaf.certificate(), crowd).limited()).isTrue();
        crowd.addAll(leaf.intermediates());
        assertThat(find(leaf.certificate(), crowd).paths()).hasSize(1);
    }

    @Test
    void costlyKeysUseUpTheLimitSooner() throws Exception {
        byte[] prime = new byte[CertificateSignatures.MAX_RSA_BITS / 8];
        Arrays.fill(prime, (byte) 0xff);
        List<X509Certificate> crowd = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            prime[100] = (byte) i;
            PublicKey slow = KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(new BigInteger(1, prime), RSAKeyGenParameterSpec.F4));
            crowd.add(root.issue(ca("CA").keyPair(new KeyPair(slow, root.privateKey())))
                    .certificate());
        }
        X509Certificate leaf = TestAuthority.root(Spec.authority("CA").key(KeyKind.RSA_2048))
                .issue(alice())
                .certificate();
        long start = System.nanoTime();
        assertThat(find(leaf, crowd).limited()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThat(find(leaf, crowd.subList(0, 7)).limited()).isFalse();
    }

    @Test
    void theOrderOfTheCertificatesDoesNotMatter() {
        TestAuthority other = TestAuthority.root("Other", KeyKind.P256);
        TestAuthority sub = other.subordinate(ca("Sub"));
        List<X509Certificate> bag = new ArrayList<>(
                List.of(sub.certificate(), root.cross(other), other.cross(root), root.cross(sub), other.certificate()));
        for (int i = 0; i < 200; i++) {
            bag.add(TestAuthority.root(ca(i % 2 == 0 ? "Sub" : "Other")).certificate());
        }
        X509Certificate leaf = sub.issue(alice()).certificate();
        PathFinder.Outcome first = find(leaf, bag);
        assertThat(first.paths()).isNotEmpty();
        for (int seed = 0; seed < 10; seed++) {
            Collections.shuffle(bag, new Random(seed));
            assertThat(find(leaf, bag)).isEqualTo(first);
        }
    }

    @Test
    void keyIdentifiersAreAHintAndNoMore() throws Exception {
        TestAuthority sub = root.subordinate(ca("Sub"));
        Spec astray = alice().extension(new Extension(
                Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(new byte[20]).getEncoded()));
        assertThat(reason(sub.issue(astray))).isEmpty();
    }

    @Test
    void caTwinsWithOtherKeysAreToldApart() {
        TestAuthority one = root.subordinate(ca("Twin"));
        TestAuthority two = root.subordinate(ca("Twin"));
        TestIdentity leaf = one.issue(alice());
        PathFinder.Outcome outcome = find(leaf.certificate(), List.of(two.certificate(), one.certificate()));
        assertThat(outcome.paths()).hasSize(1);
        assertThat(outcome.paths().getFirst().intermediates()).containsExactly(one.certificate());
    }

    @Test
    void keyRolloverWorksBothWays() {
        TestAuthority old = root;
        TestAuthority renewed = TestAuthority.root("Root", KeyKind.P256);
        TestIdentity byNew = renewed.subordinate(ca("Sub")).issue(alice());
        TestIdentity byOld = old.subordinate(ca("Sub")).issue(alice());
        List<X509Certificate> newWithOld = new ArrayList<>(byNew.intermediates());
        newWithOld.add(old.cross(renewed));
        assertThat(best(byNew.certificate(), old.certificate(), newWithOld, PolicyInputs.ANY))
                .isEmpty();
        List<X509Certificate> oldWithNew = new ArrayList<>(byOld.intermediates());
        oldWithNew.add(renewed.cross(old));
        assertThat(best(byOld.certificate(), renewed.certificate(), oldWithNew, PolicyInputs.ANY))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'CN=Sub,O=Example', 'cn=SUB,o=  example ', true",
        "'CN=Sub,O=Example', 'O=Example,CN=Sub', false",
        "'CN=Straße', 'CN=STRASSE', true",
        "'CN=Ａ', 'CN=a', true",
        "'DC=bücher,DC=example', 'DC=xn--bcher-kva,DC=EXAMPLE', true",
        "'CN=a b', 'CN=ab', false",
    })
    void namesAreComparedAsRfc5280Says(String one, String other, boolean same) {
        assertThat(DistinguishedName.of(new X500Name(one)).equals(DistinguishedName.of(new X500Name(other))))
                .isEqualTo(same);
    }

    @Test
    void dsaParametersAreInheritedFromTheCaAbove() throws Exception {
        X509Certificate leaf = Pkits.certificate("ValidDSAParameterInheritanceTest5EE");
        List<X509Certificate> cas =
                List.of(Pkits.certificate("DSAParametersInheritedCACert"), Pkits.certificate("DSACACert"));
        assertThat(((java.security.interfaces.DSAPublicKey) cas.getFirst().getPublicKey()).getParams())
                .isNull();
        assertThat(best(leaf, Pkits.anchor(), cas, PolicyInputs.ANY)).isEmpty();
        assertThat(PathFinder.find(leaf, List.of(Pkits.anchor()), cas.subList(0, 1), NOW)
                        .paths())
                .isEmpty();
        // With the CA that inherits as anchor there is nothing to inherit from.
        assertThat(PathFinder.find(leaf, cas.subList(0, 1), List.of(), NOW).paths())
                .isEmpty();
    }

    @Test
    void aCertificateTrustedForItselfIsNoCa() {
        TestIdentity alice = TestAuthority.selfSigned(alice());
        assertThat(reason(alice.certificate(), alice)).isEmpty();
        TestAuthority forging = TestAuthority.root(alice());
        assertThat(reason(
                        forging.certificate(),
                        forging.issue(Spec.mail("Boss", "boss@example.org").key(KeyKind.P256))))
                .contains(Finding.ISSUER_NOT_A_CA);
    }

    @Test
    void goesThroughEd448() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Ed448").generateKeyPair();
        TestAuthority edwards =
                root.subordinate(Spec.authority("Ed448").key(KeyKind.ED25519).keyPair(keys));
        assertThat(reason(edwards.issue(alice().signature("Ed448")))).isEmpty();
    }

    @Test
    void pathsEndAtTheLimitOfTheirLength() {
        TestAuthority ca = root;
        for (int i = 2; i < PathFinder.MAX_LENGTH; i++) {
            ca = ca.subordinate(ca("CA " + i));
        }
        assertThat(reason(ca.issue(alice()))).isEmpty();
        TestIdentity beyond = ca.subordinate(ca("One too many")).issue(alice());
        assertThat(find(beyond.certificate(), beyond.intermediates()).paths()).isEmpty();
    }

    private PathFinder.Outcome find(X509Certificate leaf, List<X509Certificate> others) {
        return PathFinder.find(leaf, List.of(root.certificate()), others, NOW);
    }

    private static Spec alice() {
        return Spec.mail("Alice", "alice@example.org").key(KeyKind.P256);
    }
}
