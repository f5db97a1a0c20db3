package org.zegel.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.OpenSsl;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.store.cryptoki.SoftToken;

/**
 * A home whose keys are on a SoftHSM token, {@code rsa@example.org} and {@code ec@example.org}, and whose person is a
 * pinentry, which needs no display. openssl is at the other end.
 */
public final class TokenHome {
    /** What stands in every message here. */
    public static final String BODY = "Hello from the token.";

    public static final String LABEL = "Zegel card";

    /** A person who says yes to everything, after reading it, and knows the PIN. */
    private static final String PERSON = """
            #!/bin/sh
            echo OK
            while read -r line; do
                case $line in
                    GETPIN*) echo "D %s"; echo OK ;;
                    CONFIRM*) sleep 1; echo OK ;;
                    BYE*) echo OK; exit ;;
                    *) echo OK ;;
                esac
            done
            """;

    private final Path folder;
    private final SoftToken token;
    private final OpenSsl openssl;
    private boolean moduleIsNamed = true;
    private String pin = SoftToken.PIN;

    /** In a folder of its own, where the home is {@code home}. */
    public TokenHome(Path folder) throws Exception {
        this.folder = folder;
        this.openssl = new OpenSsl(folder);
        this.token = SoftToken.create(folder, LABEL);
        TestAuthority authority = TestAuthority.root("Token CA");
        TestIdentity rita = authority.issue(Spec.mail("Rita", "rsa@example.org"));
        token.importKey(rita.privateKey(), new byte[] {1}, "rsa");
        putCertificate((byte) 1, "rsa", rita);
        TestIdentity edith =
                authority.issue(Spec.mail("Edith", "ec@example.org").key(KeyKind.P256));
        token.importAgreementKey(edith.privateKey(), new byte[] {2}, "ec");
        putCertificate((byte) 2, "ec", edith);
        Files.writeString(folder.resolve("ca.pem"), TestIdentity.pem(authority.certificate()));
        Files.createDirectories(home());
        Files.setPosixFilePermissions(home(), PosixFilePermissions.fromString("rwx------"));
        personKnows(SoftToken.PIN);
    }

    private void putCertificate(byte id, String name, TestIdentity identity) throws Exception {
        token.importCertificate(identity.certificate().getEncoded(), new byte[] {id}, name);
        Files.writeString(folder.resolve(name + ".crt.pem"), TestIdentity.pem(identity.certificate()));
    }

    public Path home() {
        return folder.resolve("home");
    }

    /** From now on the configuration names no module: SoftHSM's has to be found. */
    public void nameNoModule() throws IOException {
        moduleIsNamed = false;
        personKnows(pin);
    }

    /** From now on the person gives this PIN. */
    public void personKnows(String pin) throws IOException {
        this.pin = pin;
        Path person = Files.writeString(folder.resolve("person"), PERSON.formatted(pin));
        Files.setPosixFilePermissions(person, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(home().resolve("config.toml"), """
                [stores]
                modules = [%s]
                [dialog]
                prompts = "pinentry"
                pinentry = "%s"
                [trust]
                system-anchors = false
                offline = true
                """.formatted(
                        moduleIsNamed ? "\"" + SoftToken.LIBRARY + "\"" : "", person));
    }

    /** For a process that uses this home; {@code DISPLAY} has to be taken away besides. */
    public Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(token.environment());
        environment.put("ZEGEL_HOME", home().toString());
        environment.put("HOME", folder.toString());
        environment.put("WAYLAND_DISPLAY", "none");
        return environment;
    }

    /** A message that {@code rsa} or {@code ec} writes. */
    public static String message(String who) {
        return "From: " + who + "@example.org\r\nTo: friend@example.org\r\nSubject: Card\r\n"
                + "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n" + BODY + "\r\n";
    }

    /** The same, as openssl encrypts it to the one named. */
    public String encryptedTo(String who, String keyOption) throws IOException {
        Files.writeString(folder.resolve(who + ".clear"), message(who));
        List<String> command = new ArrayList<>(List.of("cms", "-encrypt", "-in", who + ".clear", "-aes256"));
        command.addAll(List.of("-from", "friend@example.org", "-to", who + "@example.org", "-subject", "Card"));
        command.addAll(List.of("-out", who + ".encrypted", "-recip", who + ".crt.pem", "-keyopt", keyOption));
        openssl.run(command.toArray(String[]::new));
        return Files.readString(folder.resolve(who + ".encrypted"), StandardCharsets.US_ASCII);
    }

    /** What openssl reads in a signed message; fails where it does not verify. */
    public String verified(byte[] signed) throws IOException {
        Files.write(folder.resolve("signed.eml"), signed);
        byte[] content =
                openssl.run("cms", "-verify", "-in", "signed.eml", "-CAfile", "ca.pem", "-purpose", "smimesign");
        return new String(content, StandardCharsets.US_ASCII);
    }
}
