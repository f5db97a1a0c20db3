package org.zegel.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.daemon.DaemonClient;
import org.zegel.app.registration.BrowserCatalogue;
import org.zegel.app.registration.HostRegistration;
import org.zegel.app.registration.WindowsHostKeys;
import org.zegel.app.system.OperatingSystem;
import org.zegel.consent.Question;
import org.zegel.fixtures.Needs;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Chromium with the example extension signs and opens mail through the real relay and a real daemon. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "Chromium is driven on Linux only")
class ChromiumTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path ROOT = Path.of(System.getProperty("zegel.root", ".."));
    private static final Path FIXTURES = ROOT.resolve("test-fixtures");
    private static final String HEADER = "From: Alice <" + BrowserDaemon.ADDRESS + ">\r\nTo: bob@example.org\r\n"
            + "Subject: from a browser\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n";
    private static final String EXTENSION = "pdmngbbajjiblinhomfkfjeelgdlhgff";
    private static final int LARGE = 20_000_000;

    @TempDir
    Path folder;

    private Path home;
    private Path profile;
    private Process daemon;

    @BeforeEach
    void start() throws Exception {
        Needs.program("chromium");
        Needs.program("node");
        home = Files.createDirectory(
                folder.resolve("home"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        profile = Files.createDirectory(folder.resolve("profile"));
        noteTheExtension();
        daemon = new ProcessBuilder(java(BrowserDaemon.class.getName(), home.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("daemon.out").toFile())
                .start();
        register();
        awaitDaemon();
    }

    /** Otherwise the relay would start one of its own, which has nobody to ask. */
    private void awaitDaemon() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try (DaemonClient here = DaemonClient.openRunning(home)) {
                return;
            } catch (IOException notYet) {
                assertThat(daemon.isAlive() && System.nanoTime() < end)
                        .as(() -> read("daemon.out"))
                        .isTrue();
                Thread.sleep(50);
            }
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        daemon.destroy();
        if (!daemon.waitFor(20, TimeUnit.SECONDS)) {
            daemon.destroyForcibly().waitFor();
        }
    }

    @Test
    void signsAndOpensAMessage() throws Exception {
        JsonNode outcome = drive(HEADER + "Hello from the browser, with a seal.\r\n");
        assertThat(outcome.path("signedStart").asString())
                .contains("multipart/signed")
                .contains("from a browser");
        assertThat(outcome.path("verdict").path("seal").asString()).isEqualTo("valid");
        assertThat(outcome.path("verdict").path("lock").asString()).isEqualTo("none");
        assertThat(outcome.path("clear").asString()).contains("Hello from the browser, with a seal.");
        assertThat(outcome.path("codes").get(0).asString())
                .as("the code the extension shows is the one in the dialog")
                .isEqualTo(Files.readString(home.resolve("code")));
        assertThat(Files.readString(home.resolve("origin"))).isEqualTo("chrome-extension://" + EXTENSION + "/");
        assertThat(Files.readString(home.resolve("browser")))
                .as("the system confirms that a browser started the relay")
                .isEqualTo(chromium());
        assertThat(Files.readString(home.resolve("name"))).isEqualTo("Zegel example");
    }

    /** The program behind the distribution's wrapper. */
    private static String chromium() throws IOException {
        for (String path : List.of("/usr/lib/chromium/chromium", "/usr/lib64/chromium-browser/chromium-browser")) {
            if (Files.isExecutable(Path.of(path))) {
                return path;
            }
        }
        return Needs.program("chromium").toRealPath().toString();
    }

    /** What Chromium notes of an extension some seconds after it was loaded, and of an installed one for good. */
    private void noteTheExtension() throws IOException {
        Path preferences = Files.createDirectory(profile.resolve("Default")).resolve("Preferences");
        Files.writeString(
                preferences,
                JSON.writeValueAsString(java.util.Map.of(
                        "extensions",
                        java.util.Map.of(
                                "settings",
                                java.util.Map.of(
                                        EXTENSION,
                                        java.util.Map.of(
                                                "location",
                                                8,
                                                "path",
                                                FIXTURES.resolve("extension")
                                                        .toAbsolutePath()
                                                        .normalize()
                                                        .toString()))))));
    }

    @Test
    void signsAndOpensTwentyMegabytesInChunks() throws Exception {
        JsonNode outcome = drive(HEADER, String.valueOf(LARGE));
        assertThat(outcome.path("verdict").path("seal").asString()).isEqualTo("valid");
        assertThat(outcome.path("signedLength").asLong()).isGreaterThan(LARGE);
        assertThat(outcome.path("clearLength").asLong()).isGreaterThan(LARGE);
        System.out.printf(
                "20 MB signed and opened through a real Chromium in %.1f s%n",
                outcome.path("milliseconds").asDouble() / 1000);
    }

    /** Called in the daemon's process. */
    static void writeCode(Question.Pairing pairing) {
        try {
            Path home = Path.of(System.getProperty("zegel.test.home"));
            Files.writeString(home.resolve("code"), pairing.code());
            Files.writeString(
                    home.resolve("browser"), String.valueOf(pairing.caller().browser()));
            Files.writeString(
                    home.resolve("name"), String.valueOf(pairing.caller().extensionName()));
            Files.writeString(
                    home.resolve("origin"), String.valueOf(pairing.caller().origin()));
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private JsonNode drive(String message, String... size) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "node",
                FIXTURES.resolve("browser/sign-and-open.mjs").toString(),
                profile.toString(),
                FIXTURES.resolve("extension").toAbsolutePath().normalize().toString()));
        command.addAll(List.of(size));
        Process driver = new ProcessBuilder(command)
                .redirectError(folder.resolve("driver.err").toFile())
                .start();
        try (var in = driver.getOutputStream()) {
            in.write(message.getBytes(StandardCharsets.UTF_8));
        }
        byte[] output = driver.getInputStream().readAllBytes();
        assertThat(driver.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(driver.exitValue())
                .as(() -> read("driver.err") + read("daemon.out"))
                .isZero();
        JsonNode outcome = JSON.readTree(output);
        assertThat(outcome.path("error").isMissingNode()).as(outcome.toString()).isTrue();
        return outcome;
    }

    /** The relay as a browser finds it: a program without arguments, named by the manifest in the profile. */
    private void register() throws Exception {
        Path wrapper = folder.resolve("zegel-native-host");
        List<String> command = java("org.zegel.app.Main", "native-host");
        String line =
                String.join(" ", command.stream().map(word -> "'" + word + "'").toList());
        Files.writeString(wrapper, "#!/bin/sh\nZEGEL_HOME='" + home + "' exec " + line + " \"$@\"\n");
        Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwx------"));
        BrowserCatalogue catalogue = BrowserCatalogue.load();
        var chromium = catalogue.find("chromium").orElseThrow();
        Path written = new HostRegistration(
                        catalogue, OperatingSystem.LINUX, folder.resolve("user"), folder, new WindowsHostKeys())
                .register(chromium, wrapper, catalogue.defaultExtensions(chromium.family()));
        Path hosts = Files.createDirectory(profile.resolve("NativeMessagingHosts"));
        Files.move(written, hosts.resolve(written.getFileName()));
    }

    private List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "--enable-native-access=ALL-UNNAMED",
                org.zegel.app.system.SocketPeer.EXPORT,
                "-Dzegel.test.home=" + home,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        command.addAll(List.of(arguments));
        return command;
    }

    private String read(String file) {
        try {
            return file + ":\n" + Files.readString(folder.resolve(file));
        } catch (IOException absent) {
            return "";
        }
    }
}
