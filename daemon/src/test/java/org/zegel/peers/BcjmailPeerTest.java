package org.zegel.peers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.RecipientId;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.RecipientInformationStore;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.mail.smime.SMIMEAuthEnveloped;
import org.bouncycastle.mail.smime.SMIMEAuthEnvelopedGenerator;
import org.bouncycastle.mail.smime.SMIMEEnveloped;
import org.bouncycastle.mail.smime.SMIMEEnvelopedGenerator;
import org.bouncycastle.mail.smime.SMIMESigned;
import org.bouncycastle.mail.smime.SMIMESignedGenerator;
import org.bouncycastle.mail.smime.SMIMEUtil;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.bouncycastle.operator.OutputEncryptor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.ContentCipher;
import org.zegel.model.Verdict.Lock;
import org.zegel.model.Verdict.Seal;
import org.zegel.peers.Workbench.Opened;
import org.zegel.smime.SignOptions.Mode;

/** Bouncy Castle's own S/MIME for Jakarta Mail, an older release than the rest of Bouncy Castle here: docs/adr/0002. */
class BcjmailPeerTest {
    private static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();
    private static final Session SESSION = Session.getInstance(new Properties());
    private static final TestAuthority ROOT = TestAuthority.root("Root");
    private static final TestIdentity ALICE = ROOT.issue(Spec.mail("Alice", "alice@example.org"));
    private static final String ENTITY =
            "Content-Type: text/plain; charset=us-ascii\r\n\r\nHello Bob,\r\n\r\n  the text.\r\n";
    private static final byte[] MESSAGE =
            ("From: alice@example.org\r\nTo: bob@example.org\r\nSubject: peers\r\nMIME-Version: 1.0\r\n" + ENTITY)
                    .getBytes(ISO_8859_1);

    @TempDir
    Path directory;

    private Workbench bench;

    @BeforeEach
    void prepare() throws Exception {
        bench = new Workbench(directory, ROOT, ALICE);
    }

    private static MimeMessage parsed(byte[] message) throws Exception {
        return new MimeMessage(SESSION, new ByteArrayInputStream(message));
    }

    private static boolean verifies(CMSSignedData signed, TestIdentity signer) throws Exception {
        SignerInformation only = signed.getSignerInfos().iterator().next();
        return only.verify(new JcaSimpleSignerInfoVerifierBuilder()
                .setProvider(BOUNCY_CASTLE)
                .build(signer.certificate()));
    }

    private static String written(MimeBodyPart part) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        part.writeTo(out);
        return out.toString(ISO_8859_1);
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyKind.class,
            names = {"RSA_2048", "P256", "P521", "ED25519"})
    void verifiesOurSignatures(KeyKind kind) throws Exception {
        TestIdentity signer = ROOT.issue(Spec.mail("Alice", "alice@example.org").key(kind));
        MimeMessage clear = parsed(bench.sign(MESSAGE, signer, Mode.DETACHED));
        SMIMESigned detached = new SMIMESigned((MimeMultipart) clear.getContent());
        assertThat(verifies(detached, signer)).isTrue();
        assertThat(written(detached.getContent())).isEqualTo(payload("clear"));
        SMIMESigned opaque = new SMIMESigned(parsed(bench.sign(MESSAGE, signer, Mode.OPAQUE)));
        assertThat(verifies(opaque, signer)).isTrue();
        assertThat(written(opaque.getContent())).isEqualTo(payload("clear"));
    }

    @Test
    void refusesAnAlteredMessage() throws Exception {
        String signed = new String(bench.sign(MESSAGE, ALICE, Mode.DETACHED), ISO_8859_1);
        MimeMessage altered = parsed(signed.replace("Hello Bob", "Hello Rob").getBytes(ISO_8859_1));
        SMIMESigned detached = new SMIMESigned((MimeMultipart) altered.getContent());
        assertThatThrownBy(() -> verifies(detached, ALICE)).isInstanceOf(CMSException.class);
    }

    @ParameterizedTest
    @EnumSource(ContentCipher.class)
    void decryptsWhatWeEncrypt(ContentCipher cipher) throws Exception {
        MimeMessage message = parsed(bench.encrypt(MESSAGE, cipher, ALICE.certificate()));
        RecipientInformationStore recipients = cipher.authenticated()
                ? new SMIMEAuthEnveloped(message).getRecipientInfos()
                : new SMIMEEnveloped(message).getRecipientInfos();
        RecipientInformation only = recipients.getRecipients().iterator().next();
        assertThat(only.getRID().getType()).isEqualTo(RecipientId.keyTrans);
        byte[] clear = cipher.authenticated()
                ? only.getContent(new JceKeyTransAuthEnvelopedRecipient(ALICE.privateKey()).setProvider(BOUNCY_CASTLE))
                : only.getContent(new JceKeyTransEnvelopedRecipient(ALICE.privateKey()).setProvider(BOUNCY_CASTLE));
        String outer =
                "HP-Outer: From: alice@example.org\r\nHP-Outer: To: bob@example.org\r\nHP-Outer: Subject: [...]\r\n";
        assertThat(written(SMIMEUtil.toMimeBodyPart(clear)))
                .isEqualTo(payload("cipher").replaceFirst("(?=Content-Type)", outer));
    }

    /** A message of text and an attachment, as a program built on Jakarta Mail makes it. */
    private static MimeMessage attached() throws Exception {
        MimeBodyPart text = new MimeBodyPart();
        text.setText("Grüße an Bob\r\n", StandardCharsets.UTF_8.name());
        MimeBodyPart attachment = new MimeBodyPart();
        attachment.setFileName("über.txt");
        attachment.setText("From here\n.\n" + "long ".repeat(300), StandardCharsets.UTF_8.name());
        MimeMessage message = new MimeMessage(SESSION);
        message.setContent(new MimeMultipart(text, attachment));
        message.saveChanges();
        return message;
    }

    private static SMIMESignedGenerator signer(TestIdentity identity, String algorithm) throws Exception {
        SMIMESignedGenerator generator = new SMIMESignedGenerator();
        generator.addSignerInfoGenerator(new JcaSimpleSignerInfoGeneratorBuilder()
                .setProvider(BOUNCY_CASTLE)
                .setSignedAttributeGenerator(new AttributeTable(new org.bouncycastle.asn1.ASN1EncodableVector()))
                .build(algorithm, identity.privateKey(), identity.certificate()));
        generator.addCertificates(new JcaCertStore(List.of(identity.certificate())));
        return generator;
    }

    private static byte[] sent(Object content, String type) throws Exception {
        MimeMessage message = new MimeMessage(SESSION);
        message.setFrom("alice@example.org");
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("bob@example.org"));
        message.setContent(content, type);
        message.saveChanges();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        message.writeTo(out);
        return out.toByteArray();
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyKind.class,
            names = {"RSA_2048", "P256", "ED25519"})
    void itsSignedMessagesAreValid(KeyKind kind) throws Exception {
        TestIdentity identity =
                ROOT.issue(Spec.mail("Alice", "alice@example.org").key(kind));
        String algorithm = switch (kind) {
            case RSA_2048 -> "SHA256withRSA";
            case P256 -> "SHA256withECDSA";
            default -> "Ed25519";
        };
        MimeMultipart clear = signer(identity, algorithm).generate(attached());
        Opened detached = bench.open(sent(clear, clear.getContentType()));
        assertThat(detached.seal()).as(detached.verdict().toString()).isEqualTo(Seal.VALID);
        assertThat(detached.text()).contains("Gr=C3=BC=C3=9Fe an Bob");
        MimeBodyPart inside = signer(identity, algorithm).generateEncapsulated(attached());
        Opened opaque = bench.open(sent(inside.getContent(), inside.getContentType()));
        assertThat(opaque.seal()).as(opaque.verdict().toString()).isEqualTo(Seal.VALID);
        assertThat(opaque.text()).contains("Gr=C3=BC=C3=9Fe an Bob");
    }

    @Test
    void itsEncryptedMessagesOpen() throws Exception {
        SMIMEEnvelopedGenerator generator = new SMIMEEnvelopedGenerator();
        generator.addRecipientInfoGenerator(
                new JceKeyTransRecipientInfoGenerator(ALICE.certificate()).setProvider(BOUNCY_CASTLE));
        OutputEncryptor cbc = new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_CBC)
                .setProvider(BOUNCY_CASTLE)
                .build();
        MimeBodyPart encrypted = generator.generate(attached(), cbc);
        Opened opened = bench.open(sent(encrypted.getContent(), encrypted.getContentType()));
        assertThat(opened.facts().lock()).isEqualTo(Lock.WEAK);
        assertThat(opened.text()).contains("Gr=C3=BC=C3=9Fe an Bob");
    }

    @Test
    void itsAuthenticatedMessagesOpenClosed() throws Exception {
        SMIMEAuthEnvelopedGenerator generator = new SMIMEAuthEnvelopedGenerator();
        generator.addRecipientInfoGenerator(
                new JceKeyTransRecipientInfoGenerator(ALICE.certificate()).setProvider(BOUNCY_CASTLE));
        OutputAEADEncryptor gcm = (OutputAEADEncryptor) new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_GCM)
                .setProvider(BOUNCY_CASTLE)
                .build();
        MimeBodyPart encrypted = generator.generate(attached(), gcm);
        Opened opened = bench.open(sent(encrypted.getContent(), encrypted.getContentType()));
        assertThat(opened.facts().lock()).isEqualTo(Lock.CLOSED);
        assertThat(opened.text()).contains("Gr=C3=BC=C3=9Fe an Bob");
    }

    /** The versions that the record of the decision speaks of. */
    @Test
    void runsOnANewerCore() {
        assertThat(BOUNCY_CASTLE.getVersionStr()).isEqualTo("1.87");
        assertThat(SMIMESigned.class.getProtectionDomain().getCodeSource().getLocation())
                .asString()
                .contains("1.85");
        assertThat(Objects.requireNonNull(
                                CMSSignedData.class.getProtectionDomain().getCodeSource())
                        .getLocation())
                .asString()
                .contains("1.87");
    }

    /** The entity with its protected header fields (RFC 9788). */
    private static String payload(String hp) {
        return "From: alice@example.org\r\nTo: bob@example.org\r\nSubject: peers\r\n"
                + ENTITY.replaceFirst("us-ascii", "us-ascii;\r\n hp=\"" + hp + "\"");
    }
}
