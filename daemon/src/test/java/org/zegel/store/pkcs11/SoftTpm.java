package org.zegel.store.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.zegel.app.system.PrivateBus;
import org.zegel.fixtures.Needs;
import org.zegel.fixtures.TestIdentity;
import org.zegel.store.cryptoki.ModuleSpec;

/** A TPM 2.0 in software (swtpm) with its resource manager, and a token of tpm2-pkcs11 that keeps its keys in it. */
final class SoftTpm implements AutoCloseable {
    static final String LABEL = "Zegel TPM";
    static final String PIN = "492716";

    private static final Path LIBRARY = Path.of("/usr/lib/x86_64-linux-gnu/libtpm2_pkcs11.so.1");
    private static final String BUS = "tabrmd:bus_type=session";
    private static final int SECONDS = 120;

    private final Path folder;
    private final PrivateBus bus;
    private final List<Process> processes = new ArrayList<>();

    private SoftTpm(Path folder, PrivateBus bus) {
        this.folder = folder;
        this.bus = bus;
    }

    /** An empty token of the label. Needs root: the resource manager is not for others without a user of its own. */
    static SoftTpm start(Path folder) throws Exception {
        Needs.root();
        Needs.file(LIBRARY);
        SoftTpm tpm = new SoftTpm(folder, PrivateBus.start(folder));
        try {
            Files.createDirectories(folder.resolve("state"));
            Files.createDirectories(folder.resolve("store"));
            int port = tpm.startTpm();
            tpm.begin("tpm2-abrmd", "--session", "--allow-root", "--tcti=swtpm:host=127.0.0.1,port=" + port);
            tpm.init();
            tpm.tool("addtoken", "--pid", "1", "--label", LABEL, "--sopin", "administrator", "--userpin", PIN);
            return tpm;
        } catch (Exception | AssertionError failed) {
            tpm.close();
            throw failed;
        }
    }

    /** Puts a key and its certificate into it; the id is what tpm2-pkcs11 makes of these letters. */
    void add(TestIdentity identity, String id) throws IOException, InterruptedException {
        Path key = Files.writeString(
                folder.resolve(id + ".key"),
                TestIdentity.pem("PRIVATE KEY", identity.privateKey().getEncoded()));
        Path certificate = Files.writeString(folder.resolve(id + ".pem"), TestIdentity.pem(identity.certificate()));
        String algorithm = identity.privateKey().getAlgorithm().equals("RSA") ? "rsa" : "ecc";
        tool(
                "import",
                "--label",
                LABEL,
                "--key-label",
                id,
                "--userpin",
                PIN,
                "--privkey",
                key.toString(),
                "--algorithm",
                algorithm,
                "--id",
                id);
        tool("addcert", "--label", LABEL, "--key-label", id, certificate.toString());
    }

    ModuleSpec spec() {
        return new ModuleSpec("TPM", LIBRARY, null);
    }

    /** What the module has to be told by its environment. */
    Map<String, String> environment() {
        return Map.of(
                "DBUS_SESSION_BUS_ADDRESS",
                bus.address(),
                "TPM2TOOLS_TCTI",
                BUS,
                "TPM2_PKCS11_TCTI",
                BUS,
                "TPM2_PKCS11_STORE",
                folder.resolve("store").toString(),
                "TSS2_LOG",
                "all+none");
    }

    /** Its port for orders is the next one: the library expects that. */
    private int startTpm() throws IOException, InterruptedException {
        for (int attempt = 0; attempt < 20; attempt++) {
            int port = freePair();
            Process tpm = begin(
                    "swtpm",
                    "socket",
                    "--tpm2",
                    "--tpmstate",
                    "dir=" + folder.resolve("state"),
                    "--server",
                    "type=tcp,bindaddr=127.0.0.1,port=" + port,
                    "--ctrl",
                    "type=tcp,bindaddr=127.0.0.1,port=" + (port + 1),
                    "--flags",
                    "not-need-init");
            while (tpm.isAlive()) {
                try (Socket listens = new Socket(InetAddress.getLoopbackAddress(), port + 1)) {
                    return port;
                } catch (IOException notYet) {
                    Thread.sleep(20);
                }
            }
        }
        throw new IOException("no port for a TPM");
    }

    private static int freePair() throws IOException {
        try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return one.getLocalPort() - 1;
        }
    }

    /** The resource manager is there when this does not fail any more. */
    private void init() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        Process run = run("init");
        while (run.exitValue() != 0 && System.nanoTime() < end) {
            Thread.sleep(100);
            run = run("init");
        }
        assertThat(run.exitValue()).as(log()).isZero();
    }

    private void tool(String... arguments) throws IOException, InterruptedException {
        assertThat(run(arguments).exitValue()).as(log()).isZero();
    }

    private Process run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tpm2_ptool"));
        command.addAll(List.of(arguments));
        command.add("--path");
        command.add(folder.resolve("store").toString());
        Process run = process(command.toArray(String[]::new));
        assertThat(run.waitFor(SECONDS, TimeUnit.SECONDS)).as(log()).isTrue();
        return run;
    }

    private Process begin(String... command) throws IOException {
        Process process = process(command);
        processes.add(process);
        return process;
    }

    private Process process(String... command) throws IOException {
        List<String> all = new ArrayList<>(List.of(command));
        all.set(0, Needs.program(command[0]).toString());
        ProcessBuilder builder = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("tpm.log").toFile()));
        builder.environment().putAll(environment());
        return builder.start();
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("tpm.log"), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws InterruptedException {
        for (Process process : processes.reversed()) {
            process.destroyForcibly();
            process.waitFor();
        }
        bus.close();
    }
}
