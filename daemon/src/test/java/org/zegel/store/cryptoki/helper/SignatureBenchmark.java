package org.zegel.store.cryptoki.helper;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.zegel.app.helper.ModuleHelper;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Secret;
import org.zegel.store.cryptoki.Mechanism;
import org.zegel.store.cryptoki.SoftToken;
import org.zegel.store.cryptoki.Token;
import org.zegel.store.cryptoki.TokenKey;

/**
 * What a signature costs through the helper, beside the JDK's own PKCS#11 provider on the same SoftHSM token. By hand, with
 * the tests' class path: {@code java --enable-native-access=ALL-UNNAMED -cp … org.zegel.store.cryptoki.helper.SignatureBenchmark}
 */
final class SignatureBenchmark {
    private static final byte[] SHA256_INFO = HexFormat.of().parseHex("3031300d060960864801650304020105000420");
    private static final byte[] MESSAGE = new byte[256];
    private static final String WORKER = "worker";

    private final PrintStream out;

    private SignatureBenchmark(PrintStream out) {
        this.out = out;
    }

    /** Medians in microseconds. */
    record Result(double ours, double jdk) {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0 && arguments[0].equals(WORKER)) {
            new SignatureBenchmark(System.out).run(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
            return;
        }
        Path folder = Files.createTempDirectory("zegel-bench");
        start(folder, 15, 400).inheritIO().start().waitFor();
    }

    /** Makes a token; the process that is not started yet measures on it. */
    static ProcessBuilder start(Path folder, int rounds, int uses) throws Exception {
        SoftToken token = SoftToken.create(folder, "bench");
        TestAuthority authority = TestAuthority.root("Root");
        put(token, authority.issue(Spec.mail("RSA", "rsa@example.org").key(KeyKind.RSA_2048)), (byte) 1, "rsa");
        put(token, authority.issue(Spec.mail("EC", "ec@example.org").key(KeyKind.P256)), (byte) 2, "p256");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                SignatureBenchmark.class.getName(),
                WORKER,
                Integer.toString(rounds),
                Integer.toString(uses));
        // SunPKCS11 loads the module into its own process.
        builder.environment().putAll(token.environment());
        return builder;
    }

    private static void put(SoftToken token, TestIdentity identity, byte id, String name) throws Exception {
        token.importKey(identity.privateKey(), new byte[] {id}, name);
        token.importCertificate(identity.certificate().getEncoded(), new byte[] {id}, name);
    }

    private void run(int rounds, int uses) throws Exception {
        Provider provider = Security.getProvider("SunPKCS11")
                .configure("--name=bench\nlibrary=" + SoftToken.LIBRARY + "\nslotListIndex=0\n");
        KeyStore store = KeyStore.getInstance("PKCS11", provider);
        store.load(null, SoftToken.PIN.toCharArray());
        HelperCommand command = new HelperCommand(ModuleHelper.command().command(), Map.of());
        try (ModuleProcesses modules = new ModuleProcesses(command, HelperLimits.STANDARD)) {
            long begun = System.nanoTime();
            ModuleProcess module =
                    modules.module(new org.zegel.store.cryptoki.ModuleSpec("SoftHSM", SoftToken.LIBRARY, null));
            Token token = module.tokens().getFirst();
            out.printf("first answer of a helper: %d ms%n", (System.nanoTime() - begun) / 1_000_000);
            try (Secret pin = SoftToken.pin()) {
                module.login(token, pin);
            }
            for (TokenKey key : module.keys(token)) {
                boolean rsa = key.label().equals("rsa");
                PrivateKey jdkKey = (PrivateKey) store.getKey(key.label(), null);
                Result result = compare(
                        rounds,
                        uses,
                        () -> rsa
                                ? ours(module, token, key)
                                : module.sign(token, key, new Mechanism.Ecdsa(), digest(), null),
                        () -> jdk(provider, rsa ? "SHA256withRSA" : "SHA256withECDSA", jdkKey));
                out.printf(
                        "%s %.1f %.1f us (ours, SunPKCS11): %.3f x, %+.1f us%n",
                        key.label(),
                        result.ours(),
                        result.jdk(),
                        result.ours() / result.jdk(),
                        result.ours() - result.jdk());
            }
            long listing = System.nanoTime();
            for (int i = 0; i < uses; i++) {
                module.tokens();
            }
            out.printf("tokens() %.1f us%n", (System.nanoTime() - listing) / 1e3 / uses);
            memory(module);
        }
    }

    private void memory(ModuleProcess module) throws Exception {
        Path rollup = Path.of("/proc/" + module.pid() + "/smaps_rollup");
        if (Files.isReadable(rollup)) {
            for (String line : Files.readAllLines(rollup)) {
                if (line.startsWith("Pss:") || line.startsWith("Rss:")) {
                    out.println("helper " + line);
                }
            }
        }
    }

    private static byte[] digest() throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(MESSAGE);
    }

    private static byte[] ours(ModuleProcess module, Token token, TokenKey key) throws Exception {
        byte[] digest = digest();
        byte[] info = Arrays.copyOf(SHA256_INFO, SHA256_INFO.length + digest.length);
        System.arraycopy(digest, 0, info, SHA256_INFO.length, digest.length);
        return module.sign(token, key, new Mechanism.RsaPkcs1(), info, null);
    }

    private static byte[] jdk(Provider provider, String algorithm, PrivateKey key) throws Exception {
        Signature signature = Signature.getInstance(algorithm, provider);
        signature.initSign(key);
        signature.update(MESSAGE);
        return signature.sign();
    }

    /** In turns, so that what else the machine does falls on both. */
    private static Result compare(int rounds, int uses, Callable<byte[]> ours, Callable<byte[]> jdk) throws Exception {
        List<Double> first = new ArrayList<>();
        List<Double> second = new ArrayList<>();
        time(ours, uses);
        time(jdk, uses);
        for (int round = 0; round < rounds; round++) {
            first.add(time(ours, uses));
            second.add(time(jdk, uses));
        }
        return new Result(median(first), median(second));
    }

    private static double time(Callable<byte[]> task, int uses) throws Exception {
        double[] all = new double[uses];
        for (int i = 0; i < uses; i++) {
            long begin = System.nanoTime();
            task.call();
            all[i] = (System.nanoTime() - begin) / 1e3;
        }
        Arrays.sort(all);
        return all[uses / 2];
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** What a process of {@link #start} printed. */
    static String read(ProcessBuilder builder) throws Exception {
        Process process = builder.redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
