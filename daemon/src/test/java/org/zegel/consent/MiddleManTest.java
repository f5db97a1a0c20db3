package org.zegel.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.database.Database;
import org.zegel.fixtures.MovableClock;
import org.zegel.model.Caller;
import org.zegel.model.Door;
import org.zegel.model.Failure;
import org.zegel.model.Scope;

/** A program between a client and the daemon that is a daemon to the one and a client to the other. */
class MiddleManTest {
    private static final String PAGE = "https://mail.example";
    private static final int DAEMON_PORT = 47611;
    private static final int SQUATTED_PORT = 47610;
    private static final Set<Scope> SCOPES = EnumSet.of(Scope.VERIFY, Scope.DECRYPT);
    private static final PairingCode.Place AS_THE_CLIENT_SEES_IT =
            new PairingCode.Place(Door.HTTP, PAGE, SQUATTED_PORT);

    /** Two codes are the same once in a million: more than one of this many rounds will not be seen. */
    private static final int ROUNDS = 200;

    @TempDir
    Path home;

    private final SecureRandom random = new SecureRandom();
    private final MovableClock clock = new MovableClock();
    private final ScriptedPrompter person = new ScriptedPrompter();
    private Database database;
    private Pairings pairings;

    @BeforeEach
    void open() throws Failure {
        database = Database.open(home.resolve("zegel.db"), List.of(Pairings.SCHEMA));
        pairings = new Pairings(database, person, ClientPolicy.OPEN, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void noncesOfHisOwnGiveTwoCodes() {
        assertDiffers(() -> {
            byte[] mine = nonce();
            Pairings.Begun begun = begin("Mail", new String[] {"verify", "decrypt"}, mine);
            // The client has committed and waits for a nonce; only after it has one does it tell its own.
            byte[] forTheClient = nonce();
            byte[] theClients = nonce();
            String shownByClient = PairingCode.code(theClients, forTheClient, "Mail", SCOPES, AS_THE_CLIENT_SEES_IT);
            return shownByClient.equals(shownInTheDialog(begun, mine));
        });
    }

    @Test
    void passingTheNoncesOnShowsThatHeListensAtAnotherPort() {
        assertDiffers(() -> codesAgree("Mail", AS_THE_CLIENT_SEES_IT, "Mail", "verify", "decrypt"));
    }

    @Test
    void askingForMoreOrUnderAnotherNameOrOriginShows() {
        PairingCode.Place honest = new PairingCode.Place(Door.HTTP, PAGE, DAEMON_PORT);
        assertThat(codesAgree("Mail", honest, "Mail", "decrypt", "verify"))
                .as("without a middle man")
                .isTrue();
        assertDiffers(() -> codesAgree("Mail", honest, "Mail", "verify", "decrypt", "sign"));
        assertDiffers(() -> codesAgree("Mail", honest, "Mai1", "verify", "decrypt"));
        assertDiffers(() -> codesAgree(
                "Mail", new PairingCode.Place(Door.HTTP, "https://other.example", DAEMON_PORT), "Mail", "verify"));
        assertDiffers(() -> codesAgree(
                "Mail", new PairingCode.Place(Door.NATIVE_MESSAGING, PAGE, null), "Mail", "verify", "decrypt"));
    }

    @Test
    void aPieceMovedFromOneFieldToTheNextShows() {
        PairingCode.Place place = new PairingCode.Place(Door.HTTP, PAGE, DAEMON_PORT);
        assertDiffers(() -> {
            byte[] both = nonce();
            byte[] shorter = java.util.Arrays.copyOf(both, 31);
            byte[] longer = new byte[33];
            longer[0] = both[31];
            return PairingCode.code(both, new byte[32], "Mail", SCOPES, place)
                    .equals(PairingCode.code(shorter, longer, "Mail", SCOPES, place));
        });
    }

    @Test
    void tryingCodesUntilOneFitsNeedsAYesOrMinutesForEach() {
        person.decision = Answer.Decision.DENY;
        int codes = 0;
        for (int attempt = 0; attempt < 1000; attempt++) {
            byte[] mine = nonce();
            try {
                Pairings.Begun begun = begin("Mail", new String[] {"verify", "decrypt"}, mine);
                codes++;
                if (attempt % 2 == 0) {
                    shownInTheDialog(begun, mine);
                }
            } catch (IllegalStateException busy) {
                assertThat(busy.getCause())
                        .isInstanceOfSatisfying(
                                Failure.class,
                                failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.BUSY));
            }
        }
        assertThat(codes).as("codes seen in five minutes").isEqualTo(PendingPairings.MAX_PER_CALLER);
    }

    /** Whether the code of this client is that of the dialog when the nonces are passed on as they are. */
    private boolean codesAgree(String name, PairingCode.Place place, String toldName, String... toldScopes) {
        byte[] theClients = nonce();
        Pairings.Begun begun = begin(toldName, toldScopes, theClients);
        byte[] daemons = Base64.getUrlDecoder().decode(begun.nonce());
        return PairingCode.code(theClients, daemons, name, SCOPES, place).equals(shownInTheDialog(begun, theClients));
    }

    private static void assertDiffers(BooleanSupplier same) {
        int matches = 0;
        for (int round = 0; round < ROUNDS; round++) {
            matches += same.getAsBoolean() ? 1 : 0;
        }
        assertThat(matches).isLessThanOrEqualTo(1);
    }

    private Pairings.Begun begin(String name, String[] scopes, byte[] nonce) {
        try {
            return pairings.begin(caller(), name, List.of(scopes), encode(PairingCode.hash(nonce)));
        } catch (Failure failed) {
            throw new IllegalStateException(failed);
        }
    }

    private String shownInTheDialog(Pairings.Begun begun, byte[] nonce) {
        try {
            pairings.finish(caller(), begun.pairing(), encode(nonce));
        } catch (Failure denied) {
            assertThat(denied.kind()).isEqualTo(Failure.Kind.CONSENT_DENIED);
        }
        return ((Question.Pairing) person.last()).code();
    }

    private static Caller caller() {
        return new Caller(Door.HTTP, PAGE, null, null, "connection").withPort(DAEMON_PORT);
    }

    private byte[] nonce() {
        byte[] nonce = new byte[32];
        random.nextBytes(nonce);
        return nonce;
    }

    private static String encode(byte[] bytes) {
        return new String(Base64.getUrlEncoder().withoutPadding().encode(bytes), StandardCharsets.US_ASCII);
    }
}
