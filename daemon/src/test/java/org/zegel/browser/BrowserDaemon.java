package org.zegel.browser;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.zegel.app.config.Home;
import org.zegel.app.config.Settings;
import org.zegel.app.daemon.DaemonMain;
import org.zegel.app.wiring.ServedZegel;
import org.zegel.app.wiring.Setup;
import org.zegel.app.wiring.Zegel;
import org.zegel.consent.Answer;
import org.zegel.consent.Question;
import org.zegel.consent.TestPrompter;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Failure;
import org.zegel.store.pkcs12.MemoryStore;
import org.zegel.trust.TrustOptions;

/** A whole daemon as the browser test starts it: real but for its keys, and a person who agrees to everything. */
final class BrowserDaemon {
    static final String ADDRESS = "alice@example.org";

    private BrowserDaemon() {}

    /** {@code arguments}: the home. */
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        Clock clock = Clock.systemUTC();
        TestAuthority authority = TestAuthority.root("Browser test");
        TestIdentity alice = authority.issue(Spec.mail("Alice", ADDRESS));
        MemoryStore keys = new MemoryStore("browser", clock);
        keys.add(alice.privateKey(), alice.certificate(), alice.intermediates());
        TrustOptions trust = new TrustOptions(
                List.of(authority.certificate()), List.of(), List.of(authority.crl(List.of())), null, true);
        Settings settings = Settings.defaults();
        DaemonMain.run(
                home,
                files -> new ServedZegel(
                        Zegel.open(Setup.of(new Home(home, true), settings, new Agreeing(), clock)
                                .withMore(List.of(keys))
                                .withTrust(trust)),
                        settings));
    }

    /** Says yes and writes down the code of each pairing, so that the test can compare it with the browser's. */
    private static final class Agreeing extends TestPrompter {
        @Override
        public Answer ask(Question question) throws Failure {
            if (question instanceof Question.Pairing pairing) {
                ChromiumTest.writeCode(pairing);
                return new Answer(Answer.Decision.ONCE, pairing.scopes());
            }
            return Answer.of(Answer.Decision.FOR_A_WHILE);
        }
    }
}
