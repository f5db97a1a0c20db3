package org.zegel.browser;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.daemon.RuntimeFiles;
import org.zegel.fixtures.Needs;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What web pages in a real Chromium can do at a real daemon's HTTP door: public sites with and without permission. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "Chromium is driven on Linux only")
class LoopbackAccessTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path ROOT = Path.of(System.getProperty("zegel.root", ".."));
    private static final Path MANAGED = Path.of("/etc/chromium/policies/managed");
    private static final List<String> TRICKS =
            List.of("rpc", "simple", "simpleGet", "image", "script", "style", "sandboxed", "socket");

    @TempDir
    Path folder;

    private Path home;
    private Process daemon;

    @BeforeEach
    void start() throws Exception {
        Needs.program("chromium");
        Needs.program("node");
        Needs.program("openssl");
        home = Files.createDirectory(
                folder.resolve("home"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        daemon = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dzegel.test.home=" + home,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        BrowserDaemon.class.getName(),
                        home.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("daemon.out").toFile())
                .start();
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=good.example",
                "-keyout",
                file("key.pem"),
                "-out",
                file("cert.pem"));
        long end = System.nanoTime() + SECONDS.toNanos(60);
        while (!Files.exists(RuntimeFiles.of(home).httpPort()) && daemon.isAlive() && System.nanoTime() < end) {
            Thread.sleep(50);
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        daemon.destroy();
        if (!daemon.waitFor(20, SECONDS)) {
            daemon.destroyForcibly().waitFor();
        }
    }

    @Test
    void pagesReachNothingWithoutPermissionAndLittleWithIt() throws Exception {
        JsonNode found = drive();
        assertThat(found.at("/permission/loopback-network").asString()).isEqualTo("prompt");
        for (String site : List.of("ungranted", "insecure")) {
            fails(found.path(site), "hello");
            TRICKS.forEach(trick -> fails(found.path(site), trick));
        }
        assertThat(found.path("reached")).as("what reached loopback").isEmpty();
        assertThat(found.at("/navigations/form").asInt()).isEqualTo(403);
        assertThat(found.at("/navigations/window").asInt()).isEqualTo(405);
        assertThat(found.at("/navigations/rebound").asInt()).isEqualTo(421);
        assertThat(found.at("/grantedPermission/loopback-network").asString()).isEqualTo("granted");
        assertThat(found.at("/unpaired/hello").asString()).isEqualTo("status 200");
        TRICKS.forEach(trick -> fails(found.path("unpaired"), trick));
        for (String client : List.of("paired", "extension")) {
            assertThat(found.path(client).path("status").asInt()).as(client).isEqualTo(200);
            assertThat(found.path(client).path("scopes").path(0).asString()).isEqualTo("verify");
        }
        fails(found, "stolen");
        assertThat(found.path("stolenByExtension").asString()).isEqualTo("status 401");
    }

    @Test
    void theAdministratorsTemplateLetsItsOwnSiteInAndNoOther() throws Exception {
        Path template = ROOT.resolve("installer/policies/chromium.json");
        String policy = Files.readString(template).replace("https://webmail.example", "https://good.example");
        Path installed = install(policy);
        try {
            JsonNode found = drive("policy");
            assertThat(found.at("/permission/loopback-network").asString()).isEqualTo("granted");
            assertThat(found.at("/paired/status").asInt()).isEqualTo(200);
            fails(found.path("other"), "hello");
            TRICKS.forEach(trick -> fails(found.path("other"), trick));
            assertThat(found.path("reached")).as("what reached loopback").isEmpty();
            JSON.readTree(policy)
                    .propertyNames()
                    .forEach(
                            name -> assertThat(found.path("policies").path(name).asString())
                                    .as("what the browser says of %s", name)
                                    .isEqualTo("OK"));
        } finally {
            Files.delete(installed);
        }
    }

    private static Path install(String policy) throws IOException {
        try {
            Files.createDirectories(MANAGED);
        } catch (IOException denied) {
            assumeTrue(false, "only an administrator can set the browser's policy: " + denied);
        }
        assumeTrue(Files.isWritable(MANAGED), "only an administrator can set the browser's policy");
        return Files.writeString(
                MANAGED.resolve("zegel-test-" + ProcessHandle.current().pid() + ".json"), policy);
    }

    private static void fails(JsonNode found, String trick) {
        assertThat(found.path(trick).asString()).as(trick).startsWith("error");
    }

    private JsonNode drive(String... more) throws Exception {
        Path profile = Files.createDirectory(folder.resolve("profile"));
        List<String> command = new ArrayList<>(List.of(
                "node",
                ROOT.resolve("test-fixtures/browser/loopback-access.mjs").toString(),
                profile.toString(),
                ROOT.resolve("test-fixtures/extension")
                        .toAbsolutePath()
                        .normalize()
                        .toString(),
                Files.readString(RuntimeFiles.of(home).httpPort()),
                file("key.pem"),
                file("cert.pem")));
        command.addAll(List.of(more));
        return JSON.readTree(run(command.toArray(String[]::new)));
    }

    private byte[] run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("driver.err").toFile())
                .start();
        byte[] output = process.getInputStream().readAllBytes();
        assertThat(process.waitFor(2, java.util.concurrent.TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as(() -> read("driver.err") + read("daemon.out"))
                .isZero();
        return output;
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private String read(String file) {
        try {
            return file + ":\n" + Files.readString(folder.resolve(file));
        } catch (IOException absent) {
            return "";
        }
    }
}
