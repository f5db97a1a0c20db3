package org.zegel.consent.dialog;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.zegel.consent.Asking;
import org.zegel.consent.ChoiceQuestion;
import org.zegel.consent.Grant;
import org.zegel.consent.PlannedChange;
import org.zegel.consent.PolicyNote;
import org.zegel.consent.Question;
import org.zegel.consent.SecretQuestion;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.model.Caller;
import org.zegel.model.Door;
import org.zegel.model.Identity;
import org.zegel.model.IdentityId;
import org.zegel.model.Scope;
import org.zegel.model.StoreId;

/** One of every dialog: as people will see them, and as bad as a stranger can make them. */
final class DialogSamples {
    /** What a stranger writes where Zegel lets it write anything: long, markup, from right to left, without a space. */
    static final String HOSTILE = "<html><b>Zegel</b><br><img src=x>\u202e\u0000\n\u200b"
            + "\u05d0\u05d1\u05d2 W\u00e9rkelijk " + "WWWWW".repeat(40);

    private static final Caller SITE = new Caller(Door.HTTP, "https://webmail.example", null, null, "c");
    private static final Caller EXTENSION = new Caller(
                    Door.NATIVE_MESSAGING,
                    "chrome-extension://kbfnbcaeplbcioakkpcpgfkobkghlhen/",
                    "/usr/lib/zegel/zegel",
                    null,
                    "c")
            .withBrowser("/usr/lib/chromium/chromium", "S/MIME for webmail");
    private static final Caller PROGRAM = new Caller(Door.SOCKET, null, "/usr/bin/thunderbird", null, "c");
    private static final Caller STRANGER = new Caller(
                    Door.NATIVE_MESSAGING, "chrome-extension://" + HOSTILE, HOSTILE, null, "c")
            .withBrowser(null, HOSTILE);
    private static final Question.About MESSAGE = new Question.About(
            "jan.jansen@example.nl",
            "Verslag van de vergadering van dinsdag",
            List.of("piet@example.nl", "bestuur@example.org", "k.de.vries@gemeente.example"));
    private static final Question.About BAD_MESSAGE =
            new Question.About(HOSTILE, HOSTILE, Collections.nCopies(500, HOSTILE));

    private static final TestAuthority ROOT = TestAuthority.root("Zegel Test Root");
    private static final X509Certificate SOFT = ROOT.subordinate("Zegel Test e-mail CA")
            .issue(Spec.mail("Jan Jansen", "jan.jansen@example.nl"))
            .certificate();
    private static final X509Certificate CARD = ROOT.subordinate("Rijkspas CA")
            .issue(Spec.mail("J. Jansen", "jan.jansen@example.nl"))
            .certificate();
    private static final X509Certificate BAD = TestAuthority.root("<html>" + "x".repeat(50), KeyKind.values()[0])
            .issue(Spec.mail("<html><i>" + "\u05d0W".repeat(25), "a".repeat(60) + "@" + "b".repeat(60) + ".example"))
            .certificate();

    /** The pictures are to be the same on every day. */
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private static final X509Certificate OLD = ROOT.subordinate("Rijkspas CA")
            .issue(Spec.mail("J. Jansen", "jan.jansen@example.nl")
                    .validity(Spec.NOT_BEFORE, Instant.parse("2025-03-31T12:00:00Z")))
            .certificate();
    private static final X509Certificate ENDING = ROOT.subordinate("Rijkspas CA")
            .issue(Spec.mail("J. Jansen", "jan.jansen@example.nl")
                    .validity(Spec.NOT_BEFORE, Instant.parse("2026-06-20T12:00:00Z")))
            .certificate();
    private static final PlannedChange WIDER = new PlannedChange.WidenGrant(
            "Webmail",
            "https://webmail.example",
            new Grant(
                    EnumSet.of(Scope.VERIFY, Scope.ENCRYPT, Scope.SIGN),
                    null,
                    Asking.NEVER,
                    Instant.parse("2026-12-31T12:00:00Z")));

    private DialogSamples() {}

    /** Light windows, on that day. */
    static Appearance light(Locale locale) {
        return new Appearance(locale, () -> false, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    static Texts texts(Locale locale) {
        return new Texts(locale, light(locale).clock());
    }

    /** One of each, as bad as can be. */
    static List<PlannedChange> changes() {
        return List.of(
                new PlannedChange.ImportIdentity(HOSTILE),
                new PlannedChange.RemoveIdentity(HOSTILE, BAD, true),
                new PlannedChange.ChangePassphrase(HOSTILE),
                new PlannedChange.AddModule(HOSTILE),
                new PlannedChange.RemoveModule(HOSTILE),
                new PlannedChange.KeepCertificates(BAD, 1234),
                new PlannedChange.ForgetCertificate(BAD),
                new PlannedChange.TakeBackTrust(BAD, Question.Reliance.RECIPIENT),
                new PlannedChange.WidenGrant(
                        HOSTILE,
                        HOSTILE,
                        new Grant(
                                EnumSet.allOf(Scope.class), Set.of(identity(BAD).id()), Asking.minutes(60), NOW)),
                new PlannedChange.ForgetRefusals());
    }

    /** Makes the window; to be called by the toolkit's thread. */
    interface Made extends Function<Texts, PromptWindow> {}

    /** By the name of the picture in the documentation. */
    static Map<String, Made> usual() {
        Map<String, Made> all = new LinkedHashMap<>();
        all.put(
                "pairing",
                asking(new Question.Pairing(
                        EXTENSION,
                        "Roundcube S/MIME",
                        EnumSet.of(Scope.CERTIFICATES, Scope.VERIFY, Scope.ENCRYPT, Scope.SIGN, Scope.DECRYPT),
                        "402817")));
        all.put(
                "pairing-policy",
                asking(new Question.Pairing(
                        new Caller(
                                Door.NATIVE_MESSAGING,
                                "chrome-extension://kbfnbcaeplbcioakkpcpgfkobkghlhen/",
                                null,
                                null,
                                "c"),
                        "Roundcube S/MIME",
                        EnumSet.of(Scope.VERIFY, Scope.SIGN),
                        "402817",
                        EnumSet.allOf(PolicyNote.class))));
        all.put("sign", asking(use(SITE, Question.Purpose.SIGN, SOFT, MESSAGE)));
        all.put(
                "decrypt",
                asking(use(
                        PROGRAM,
                        Question.Purpose.DECRYPT,
                        OLD,
                        new Question.About("piet@example.nl", null, List.of()))));
        all.put("sign-raw", asking(use(PROGRAM, Question.Purpose.SIGN_RAW, SOFT, Question.About.NOTHING)));
        all.put("decrypt-raw", asking(use(PROGRAM, Question.Purpose.DECRYPT_RAW, SOFT, Question.About.NOTHING)));
        all.put("export", asking(use(PROGRAM, Question.Purpose.EXPORT, SOFT, Question.About.NOTHING)));
        all.put(
                "change",
                asking(new Question.Change(PROGRAM, "Thunderbird", new PlannedChange.ImportIdentity("Zegel"))));
        all.put("change-grant", asking(new Question.Change(PROGRAM, "Thunderbird", WIDER)));
        all.put(
                "change-certificate",
                asking(new Question.Change(PROGRAM, "Thunderbird", new PlannedChange.KeepCertificates(ENDING, 2))));
        all.put("trust-authority", asking(trust(ROOT.certificate(), Question.Reliance.AUTHORITY)));
        all.put("trust-person", asking(trust(SOFT, Question.Reliance.PERSON)));
        all.put("trust-expired", asking(trust(OLD, Question.Reliance.PERSON)));
        all.put("trust-recipient", asking(trust(SOFT, Question.Reliance.RECIPIENT)));
        all.put("trust-never", asking(trust(CARD, Question.Reliance.NEVER)));
        all.put(
                "choose-identity",
                choosing(new ChoiceQuestion.ChooseIdentity(
                        SITE,
                        "Webmail",
                        "jan.jansen@example.nl",
                        MESSAGE.subject(),
                        List.of(identity(SOFT), identity(CARD)))));
        all.put(
                "choose-certificate",
                choosing(new ChoiceQuestion.ChooseCertificate(
                        EXTENSION, "Roundcube S/MIME", "jan.jansen@example.nl", List.of(SOFT, ENDING))));
        all.put("pin", typing(SecretQuestion.Kind.PIN, "Rijkspas", null, false));
        all.put("pin-for-use", typing(SecretQuestion.Kind.PIN_FOR_USE, "Rijkspas", null, false));
        all.put("pin-at-reader", asking(new Question.PinAtReader(PROGRAM, "Thunderbird", "Rijkspas", true, true)));
        all.put("pin-last-try", typing(SecretQuestion.Kind.PIN, "Rijkspas", 1, true));
        all.put("passphrase", typing(SecretQuestion.Kind.PASSPHRASE, "Zegel", null, true));
        all.put("new-passphrase", typing(SecretQuestion.Kind.NEW_PASSPHRASE, "Zegel", null, false));
        all.put("file-passphrase", typing(SecretQuestion.Kind.FILE_PASSPHRASE, "jansen.p12", null, false));
        all.put("export-passphrase", typing(SecretQuestion.Kind.EXPORT_PASSPHRASE, "", null, false));
        return all;
    }

    /** The same kinds, filled by a stranger to the brim. */
    static Map<String, Made> hostile() {
        Map<String, Made> all = new LinkedHashMap<>();
        all.put(
                "pairing",
                asking(new Question.Pairing(
                        STRANGER, HOSTILE, EnumSet.allOf(Scope.class), "402817", EnumSet.allOf(PolicyNote.class))));
        for (Question.Purpose purpose : Question.Purpose.values()) {
            if (purpose != Question.Purpose.CHANGE) {
                all.put(
                        "use-" + purpose,
                        asking(new Question.KeyUse(
                                STRANGER,
                                HOSTILE,
                                purpose,
                                identity(BAD),
                                BAD_MESSAGE,
                                EnumSet.allOf(PolicyNote.class))));
            }
        }
        changes()
                .forEach(change -> all.put(
                        "change-" + change.getClass().getSimpleName(),
                        asking(new Question.Change(STRANGER, HOSTILE, change))));
        for (Question.Reliance reliance : Question.Reliance.values()) {
            all.put("trust-" + reliance, asking(new Question.TrustCertificate(STRANGER, HOSTILE, BAD, reliance)));
        }
        all.put(
                "choose-identity",
                choosing(new ChoiceQuestion.ChooseIdentity(
                        STRANGER, HOSTILE, HOSTILE, HOSTILE, Collections.nCopies(30, identity(BAD)))));
        all.put(
                "choose-certificate",
                choosing(new ChoiceQuestion.ChooseCertificate(
                        STRANGER, HOSTILE, HOSTILE, Collections.nCopies(30, BAD))));
        all.put("pin-at-reader", asking(new Question.PinAtReader(STRANGER, HOSTILE, HOSTILE, true, true)));
        for (SecretQuestion.Kind kind : SecretQuestion.Kind.values()) {
            all.put("secret-" + kind, typing(kind, HOSTILE, 1, true));
        }
        return all;
    }

    static Identity identity(X509Certificate certificate) {
        StoreId store = new StoreId("test");
        return new Identity(
                IdentityId.of(store, certificate),
                store,
                certificate,
                new ArrayList<>(),
                Set.of(Identity.KeyUse.SIGN, Identity.KeyUse.DECRYPT),
                false);
    }

    private static Question use(
            Caller caller, Question.Purpose purpose, X509Certificate certificate, Question.About about) {
        return new Question.KeyUse(caller, "Thunderbird", purpose, identity(certificate), about, Set.of());
    }

    private static Question trust(X509Certificate certificate, Question.Reliance reliance) {
        return new Question.TrustCertificate(PROGRAM, "Thunderbird", certificate, reliance);
    }

    private static Made asking(Question question) {
        return texts -> new QuestionDialog(QuestionView.of(question, texts), texts, new CompletableFuture<>());
    }

    private static Made choosing(ChoiceQuestion question) {
        return texts -> new ChoiceDialog(ChoiceView.of(question, texts), texts, new CompletableFuture<>());
    }

    private static Made typing(SecretQuestion.Kind kind, String store, Integer left, boolean wrong) {
        SecretQuestion question = new SecretQuestion(PROGRAM, kind, store, left, wrong);
        return texts -> new SecretDialog(question, texts, new CompletableFuture<>());
    }
}
