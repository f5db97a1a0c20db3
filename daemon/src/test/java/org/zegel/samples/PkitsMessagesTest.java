package org.zegel.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zegel.fixtures.Pkits;
import org.zegel.fixtures.PkitsExpectation;
import org.zegel.fixtures.samples.World;
import org.zegel.model.Verdict.Chain;
import org.zegel.model.Verdict.ChainStatus;
import org.zegel.model.Verdict.Integrity;
import org.zegel.model.Verdict.Revocation;
import org.zegel.model.Verdict.Seal;
import org.zegel.model.Verdict.Signer;
import org.zegel.model.Verdict.Strength;

/** The signed messages of NIST's PKITS, opened through the whole of Zegel with no more than they carry and the anchor. */
class PkitsMessagesTest {
    /** The signer's own DSA key lacks its parameters: those of a path may not be put to a signature before it is judged. */
    private static final String INHERITS = "ValidDSAParameterInheritanceTest5";

    @TempDir
    static Path folder;

    private static SampleHouse house;
    private static World world;

    @BeforeAll
    static void build() {
        world = new World(List.of(Pkits.anchor()), List.of(), List.of(), List.of(), Pkits.NOW, true, "");
        house = new SampleHouse(folder);
    }

    @AfterAll
    static void leave() throws Exception {
        if (house != null) {
            house.close();
        }
    }

    static List<PkitsExpectation> tests() {
        return PkitsExpectation.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tests")
    void isJudgedAsThePublishedTestSays(PkitsExpectation test) throws Exception {
        Path file = Pkits.folder().resolve("smime").resolve("Signed" + test.test() + ".eml");
        var verdict = house.open(Files.readAllBytes(file), world).verdict();

        Signer signer = verdict.signers().getFirst();
        assertThat(signer.integrity())
                .isEqualTo(test.test().equals(INHERITS) ? Integrity.UNVERIFIABLE : Integrity.INTACT);
        Chain chain = signer.chain();
        if (test.reason() != null) {
            assertThat(chain.reason()).isEqualTo(test.reason());
            assertThat(chain.status()).isNotEqualTo(ChainStatus.TRUSTED);
        } else if (test.isValid()) {
            assertThat(chain.status()).as(chain.toString()).isEqualTo(ChainStatus.TRUSTED);
            assertThat(chain.revocation()).isEqualTo(test.isWeak() ? Revocation.UNKNOWN : Revocation.GOOD);
            assertThat(signer.algorithms()).isEqualTo(test.isWeak() ? Strength.WEAK : Strength.ACCEPTABLE);
        } else {
            assertThat(chain.status() == ChainStatus.TRUSTED && chain.revocation() == Revocation.GOOD)
                    .as(chain.toString())
                    .isFalse();
        }
        if (!test.isValid() || test.isWeak()) {
            assertThat(verdict.seal()).isIn(Seal.WARNING, Seal.BROKEN);
        }
    }
}
