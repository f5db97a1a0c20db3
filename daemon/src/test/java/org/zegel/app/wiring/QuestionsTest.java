package org.zegel.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.consent.Choice;
import org.zegel.consent.ChoiceQuestion;
import org.zegel.consent.Question;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.IdentityId;
import org.zegel.protocol.CertificateRequest;
import org.zegel.protocol.ContentRef;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.SessionRequest;
import org.zegel.protocol.SessionResult;
import org.zegel.protocol.StoreRequest;
import org.zegel.trust.TrustOptions;

/** What a person is asked in the course of whole calls. */
class QuestionsTest {
    private static final TestAuthority CA = TestAuthority.root("Questions root");
    private static final TestIdentity ALICE = CA.issue(Spec.mail("Alice", "alice@example.org"));
    private static final TestIdentity AGAIN = CA.issue(Spec.mail("Alice on a card", "alice@example.org"));
    private static final String MAIL =
            TestZegel.message("alice@example.org", "bob@example.org", "Cc: carol@example.org\r\n");

    @TempDir
    Path home;

    private TestZegel zegel;
    private IdentityId again;

    @BeforeEach
    void open() throws Exception {
        zegel = new TestZegel(home, TrustOptions.DEFAULT, ALICE);
        again = zegel.add(AGAIN);
    }

    @AfterEach
    void close() {
        zegel.close();
    }

    @Test
    void thePersonChoosesAmongSeveralIdentitiesAndIsAskedAgainUnlessItIsKept() throws Exception {
        int index = zegel.keys.identities().getFirst().id().equals(again) ? 0 : 1;
        zegel.prompter.choice = new Choice(index, false);
        zegel.sign(MAIL);
        zegel.prompter.choice = new Choice(index, true);
        zegel.sign(MAIL);
        zegel.sign(MAIL);

        assertThat(zegel.prompter.choices).hasSize(2).allSatisfy(question -> {
            ChoiceQuestion.ChooseIdentity asked = (ChoiceQuestion.ChooseIdentity) question;
            assertThat(asked.address()).isEqualTo("alice@example.org");
            assertThat(asked.subject()).isEqualTo("Lunch");
            assertThat(asked.identities()).hasSize(2);
        });
        assertThat(zegel.prompter.asked(Question.KeyUse.class))
                .hasSize(3)
                .allSatisfy(use -> assertThat(use.identity().id()).isEqualTo(again));
    }

    @Test
    void aChoiceThatIsKeptIsALineOfTheAuditLog() throws Exception {
        zegel.prompter.choice = new Choice(0, false);
        zegel.sign(MAIL);
        assertThat(lines("identity.prefer")).isEmpty();
        zegel.prompter.choice = new Choice(0, true);
        zegel.sign(MAIL);
        zegel.call(new StoreRequest.PreferIdentity(again.value(), "alice@example.org"));

        String chosen = zegel.keys.identities().getFirst().id().value();
        assertThat(lines("identity.prefer"))
                .allSatisfy(line -> assertThat(line.detail()).isEqualTo("for alice@example.org"))
                .extracting(SessionResult.AuditEntry::identity)
                .containsExactly(again.value(), chosen);
    }

    @Test
    void choosingIsNoConsent() {
        zegel.prompter.choice = new Choice(0, true);
        zegel.prompter.decision = org.zegel.consent.Answer.Decision.DENY;

        assertThatThrownBy(() -> zegel.sign(MAIL)).isInstanceOf(RequestError.class);
        assertThat(zegel.prompter.choices).hasSize(1);
    }

    @Test
    void aQuestionSaysWhomTheMessageIsFromAndTo() throws Exception {
        zegel.prompter.choice = new Choice(0, true);
        String signed = zegel.sign(MAIL);
        zegel.know(CA.issue(Spec.mail("Bob", "bob@example.org")), CA.issue(Spec.mail("Carol", "carol@example.org")));
        zegel.open(zegel.text(zegel.encrypt(signed).messages().getFirst().message()));

        assertThat(zegel.prompter.asked(Question.KeyUse.class))
                .extracting(Question.KeyUse::purpose)
                .containsExactly(Question.Purpose.SIGN, Question.Purpose.DECRYPT);
        assertThat(zegel.prompter.asked(Question.KeyUse.class)).allSatisfy(use -> {
            assertThat(use.about().from()).isEqualTo("alice@example.org");
            assertThat(use.recipients()).containsExactly("bob@example.org", "carol@example.org");
        });
    }

    @Test
    void eachCertificateThatIsPinnedIsShownWhole() throws Exception {
        List<TestIdentity> people = IntStream.range(0, 5)
                .mapToObj(i -> CA.issue(Spec.mail("Person " + i, "person" + i + "@example.org")))
                .toList();
        zegel.call(new CertificateRequest.Import(file(people), true));

        assertThat(zegel.prompter.asked(Question.TrustCertificate.class))
                .extracting(Question.TrustCertificate::certificate)
                .containsExactlyElementsOf(
                        people.stream().map(TestIdentity::certificate).toList());
        assertThat(zegel.prompter.asked(Question.TrustCertificate.class))
                .allSatisfy(asked -> assertThat(asked.reliance()).isEqualTo(Question.Reliance.RECIPIENT));
    }

    @Test
    void manyArePinnedInPartsOnly() {
        List<TestIdentity> people = IntStream.range(0, 6)
                .mapToObj(i -> CA.issue(Spec.mail("Person " + i, "person" + i + "@example.org")))
                .toList();

        assertThatThrownBy(() -> zegel.call(new CertificateRequest.Import(file(people), true)))
                .hasMessageContaining("at most 5");
        assertThat(zegel.prompter.asked(Question.TrustCertificate.class)).isEmpty();
    }

    private List<SessionResult.AuditEntry> lines(String operation) throws RequestError {
        return ((SessionResult.Audit) zegel.call(new SessionRequest.ListAudit(null)))
                .entries().stream()
                        .filter(line -> line.operation().equals(operation))
                        .toList();
    }

    private static ContentRef file(List<TestIdentity> people) {
        return ContentRef.ofText(
                people.stream().map(one -> TestIdentity.pem(one.certificate())).collect(Collectors.joining()));
    }
}
