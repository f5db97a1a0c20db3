package org.zegel.store.pkcs11;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.zegel.app.helper.ModuleHelper;
import org.zegel.consent.TestConsent;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Digest;
import org.zegel.model.Identity;
import org.zegel.model.SignatureScheme;
import org.zegel.store.BoundKey;
import org.zegel.store.Store;
import org.zegel.store.cryptoki.ModuleSpec;
import org.zegel.store.cryptoki.SoftToken;
import org.zegel.store.cryptoki.helper.HelperCommand;
import org.zegel.store.cryptoki.helper.HelperLimits;
import org.zegel.store.cryptoki.helper.ModuleProcesses;
import org.zegel.store.pkcs11.FoundModules.FoundModule;

/**
 * What a signature costs with a bound key of a store, digest and all, beside the JDK's own PKCS#11 provider on the same
 * SoftHSM token; and the listing of 20 identities on five tokens. By hand, with the tests' class path:
 * {@code java --enable-native-access=ALL-UNNAMED -cp … org.zegel.store.pkcs11.StoreBenchmark}
 */
final class StoreBenchmark {
    private static final int TOKENS = 5;
    private static final int IDENTITIES = 4;
    private static final int ROUNDS = 9;
    private static final int USES = 300;
    private static final byte[] MESSAGE = new byte[256];

    private final PrintStream out;

    private StoreBenchmark(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0) {
            new StoreBenchmark(System.out).run();
            return;
        }
        Path folder = Files.createTempDirectory("zegel-bench");
        TestAuthority authority = TestAuthority.root("Root");
        Map<String, String> environment = Map.of();
        for (int number = 0; number < TOKENS; number++) {
            SoftToken token = SoftToken.create(folder, "bench " + number);
            environment = token.environment();
            for (int identity = 0; identity < IDENTITIES; identity++) {
                KeyKind kind = identity % 2 == 0 ? KeyKind.RSA_2048 : KeyKind.P256;
                String name = kind.name() + "-" + number + identity;
                TestIdentity made =
                        authority.issue(Spec.mail(name, name + "@example.org").key(kind));
                token.importKey(made.privateKey(), new byte[] {(byte) (identity + 1)}, name);
                token.importCertificate(made.certificate().getEncoded(), new byte[] {(byte) (identity + 1)}, name);
            }
        }
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                StoreBenchmark.class.getName(),
                "worker");
        // SunPKCS11 loads the module into its own process.
        builder.environment().putAll(environment);
        builder.inheritIO().start().waitFor();
    }

    private void run() throws Exception {
        Provider provider = Security.getProvider("SunPKCS11")
                .configure("--name=bench\nlibrary=" + SoftToken.LIBRARY + "\nslotListIndex=0\n");
        KeyStore jdk = KeyStore.getInstance("PKCS11", provider);
        jdk.load(null, SoftToken.PIN.toCharArray());
        HelperCommand command = new HelperCommand(ModuleHelper.command().command(), Map.of());
        FoundModule soft = new FoundModule(new ModuleSpec("SoftHSM", SoftToken.LIBRARY, null), null);
        try (ModuleProcesses modules = new ModuleProcesses(command, HelperLimits.STANDARD)) {
            Pkcs11Stores stores = new Pkcs11Stores(
                    () -> List.of(soft), modules, Clock.systemUTC(), Duration.ofMinutes(30), () -> true);
            list(stores);
            List<String> names = Collections.list(jdk.aliases());
            for (Store store : stores.stores()) {
                for (Identity identity : store.identities()) {
                    String name = names.stream()
                            .filter(alias -> isOf(jdk, alias, identity))
                            .findFirst()
                            .orElse(null);
                    if (name != null) {
                        compare(store, identity, provider, (PrivateKey) jdk.getKey(name, null));
                    }
                }
            }
        }
    }

    private static boolean isOf(KeyStore jdk, String alias, Identity identity) {
        try {
            return identity.certificate().equals(jdk.getCertificate(alias));
        } catch (KeyStoreException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private void list(Pkcs11Stores stores) throws Exception {
        int identities = 0;
        long begun = System.nanoTime();
        for (Store store : stores.stores()) {
            identities += store.identities().size();
        }
        out.printf("first listing, %d identities: %.1f ms%n", identities, (System.nanoTime() - begun) / 1e6);
        double warm = time(() -> {
            for (Store store : stores.stores()) {
                store.identities();
            }
            return new byte[0];
        });
        out.printf("warm listing: %.2f ms%n", warm / 1e3);
    }

    private void compare(Store store, Identity identity, Provider provider, PrivateKey jdkKey) throws Exception {
        boolean rsa = identity.certificate().getPublicKey().getAlgorithm().equals("RSA");
        SignatureScheme scheme =
                new SignatureScheme(rsa ? SignatureScheme.Kind.RSA_PKCS1 : SignatureScheme.Kind.ECDSA, Digest.SHA256);
        TestConsent person = TestConsent.person(SoftToken.PIN.toCharArray());
        try (BoundKey key = store.bind(identity, person.forKeyUse(identity))) {
            Callable<byte[]> ours = () -> key.sign(scheme, MESSAGE);
            Callable<byte[]> jdk = () -> {
                Signature signature = Signature.getInstance(rsa ? "SHA256withRSA" : "SHA256withECDSA", provider);
                signature.initSign(jdkKey);
                signature.update(MESSAGE);
                return signature.sign();
            };
            List<Double> first = new ArrayList<>();
            List<Double> second = new ArrayList<>();
            time(ours);
            time(jdk);
            // In turns, so that what else the machine does falls on both.
            for (int round = 0; round < ROUNDS; round++) {
                first.add(time(ours));
                second.add(time(jdk));
            }
            double mine = median(first);
            double other = median(second);
            out.printf(
                    "%s: %.1f us, SunPKCS11 %.1f us: %.3f x, %+.1f us%n",
                    rsa ? "RSA-2048" : "P-256", mine, other, mine / other, mine - other);
        }
    }

    /** Median, in microseconds. */
    private static double time(Callable<byte[]> task) throws Exception {
        double[] all = new double[USES];
        for (int i = 0; i < USES; i++) {
            long begin = System.nanoTime();
            task.call();
            all[i] = (System.nanoTime() - begin) / 1e3;
        }
        Arrays.sort(all);
        return all[USES / 2];
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
