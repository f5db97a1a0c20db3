package org.zegel.store.cryptoki;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.zegel.fixtures.Needs;
import org.zegel.model.Secret;

/** A SoftHSM2 token of its own in a throwaway folder. */
public final class SoftToken {
    public static final Path LIBRARY = Path.of("/usr/lib/softhsm/libsofthsm2.so");
    public static final String PIN = "123456";

    private final Path folder;
    private final Path configuration;
    private final String label;

    private SoftToken(Path folder, String label) {
        this.folder = folder;
        this.configuration = folder.resolve("softhsm2.conf");
        this.label = label;
    }

    /** A token of this label, its PIN {@link #PIN}. */
    public static SoftToken create(Path folder, String label) throws IOException {
        Needs.program("softhsm2-util");
        SoftToken token = new SoftToken(folder, label);
        Path tokens = Files.createDirectories(folder.resolve("tokens"));
        Files.writeString(
                token.configuration,
                "directories.tokendir = " + tokens + "\nobjectstore.backend = file\nlog.level = ERROR\n");
        token.add(label);
        return token;
    }

    /** Another token in the same module. */
    public void add(String other) throws IOException {
        run("softhsm2-util", "--init-token", "--free", "--label", other, "--so-pin", "12345678", "--pin", PIN);
    }

    /** For the process that loads the module. */
    public Map<String, String> environment() {
        return Map.of("SOFTHSM2_CONF", configuration.toString());
    }

    public Path configuration() {
        return configuration;
    }

    public ModuleSpec spec() {
        return new ModuleSpec("SoftHSM", LIBRARY, null);
    }

    public static Secret pin() {
        return Secret.takeOver(PIN.toCharArray());
    }

    /** Puts a key pair made here onto it. */
    public KeyPair importKey(String algorithm, int size, byte[] id, String name) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (size > 0) {
            generator.initialize(size);
        }
        KeyPair pair = generator.generateKeyPair();
        importKey(pair.getPrivate(), id, name);
        return pair;
    }

    /** Puts this key onto it. */
    public void importKey(PrivateKey key, byte[] id, String name) throws IOException {
        Path file = folder.resolve(name + ".pem");
        String encoded = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n" + encoded + "\n-----END PRIVATE KEY-----\n");
        run(
                "softhsm2-util",
                "--import",
                file.toString(),
                "--token",
                label,
                "--label",
                name,
                "--id",
                String.format("%0" + 2 * id.length + "x", new BigInteger(1, id)),
                "--pin",
                PIN);
    }

    /** A pair made on the token, for key agreement. */
    public void makeAgreementKey(byte id, String name) throws IOException {
        Needs.program("pkcs11-tool");
        run(
                "pkcs11-tool",
                "--module",
                LIBRARY.toString(),
                "--token-label",
                label,
                "--login",
                "--pin",
                PIN,
                "--keypairgen",
                "--key-type",
                "EC:prime256v1",
                "--usage-derive",
                "--label",
                name,
                "--id",
                String.format("%02x", id));
    }

    /** Puts an EC key onto it that signs and agrees. */
    public void importAgreementKey(PrivateKey key, byte[] id, String name) throws IOException {
        Needs.program("pkcs11-tool");
        Path file = Files.write(folder.resolve(name + ".key.der"), key.getEncoded());
        run(
                "pkcs11-tool",
                "--module",
                LIBRARY.toString(),
                "--token-label",
                label,
                "--login",
                "--pin",
                PIN,
                "--write-object",
                file.toString(),
                "--type",
                "privkey",
                "--usage-sign",
                "--usage-derive",
                "--label",
                name,
                "--id",
                String.format("%0" + 2 * id.length + "x", new BigInteger(1, id)));
    }

    /** Puts a certificate onto it. */
    public void importCertificate(byte[] encoded, byte[] id, String name) throws IOException {
        Needs.program("pkcs11-tool");
        Path file = Files.write(folder.resolve(name + ".der"), encoded);
        run(
                "pkcs11-tool",
                "--module",
                LIBRARY.toString(),
                "--token-label",
                label,
                "--login",
                "--pin",
                PIN,
                "--write-object",
                file.toString(),
                "--type",
                "cert",
                "--label",
                name,
                "--id",
                String.format("%0" + 2 * id.length + "x", new BigInteger(1, id)));
    }

    private void run(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command))).redirectErrorStream(true);
        builder.environment().putAll(environment());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(command[0] + ": " + said);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException(stop);
        }
    }
}
