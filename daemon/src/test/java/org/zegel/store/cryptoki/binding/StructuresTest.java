package org.zegel.store.cryptoki.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.fixtures.Needs;

/** The layouts of structures, beside what C compilers make of PKCS#11's header on Linux and on Windows. */
class StructuresTest {
    private static final Map<String, String> C_NAMES = Map.of(
            "initializeArgs", "CK_C_INITIALIZE_ARGS",
            "slotInfo", "CK_SLOT_INFO",
            "tokenInfo", "CK_TOKEN_INFO",
            "sessionInfo", "CK_SESSION_INFO",
            "attribute", "CK_ATTRIBUTE",
            "mechanism", "CK_MECHANISM",
            "pss", "CK_RSA_PKCS_PSS_PARAMS",
            "oaep", "CK_RSA_PKCS_OAEP_PARAMS",
            "ecdh1", "CK_ECDH1_DERIVE_PARAMS",
            "functionList", "CK_FUNCTION_LIST");

    @TempDir
    Path folder;

    @Test
    void areLinuxsOnLinux() throws Exception {
        checkAgainst("gcc", "objcopy", Structures.of(DataModel.LP64));
    }

    @Test
    void areWindowssOnWindows() throws Exception {
        checkAgainst("x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-objcopy", Structures.of(DataModel.WINDOWS_64));
    }

    @Test
    void windowsPacksToOneByte() {
        Structures windows = Structures.of(DataModel.WINDOWS_64);

        assertThat(windows.functionList().at("C_Initialize")).isEqualTo(2);
        assertThat(windows.attribute().at("pValue")).isEqualTo(4);
        assertThat(windows.attribute().size()).isEqualTo(16);
    }

    private static Map<String, StructLayout> layouts(Structures structures) {
        return Map.of(
                "initializeArgs", structures.initializeArgs(),
                "slotInfo", structures.slotInfo(),
                "tokenInfo", structures.tokenInfo(),
                "sessionInfo", structures.sessionInfo(),
                "attribute", structures.attribute(),
                "mechanism", structures.mechanism(),
                "pss", structures.pss(),
                "oaep", structures.oaep(),
                "ecdh1", structures.ecdh1(),
                "functionList", structures.functionList());
    }

    /** The compiler puts the offsets into a section of the object file: nothing has to run. */
    private void checkAgainst(String compiler, String copier, Structures structures) throws Exception {
        Map<String, Integer> ours = new LinkedHashMap<>();
        layouts(structures).forEach((name, layout) -> {
            String type = C_NAMES.get(name);
            layout.offsets().forEach((field, offset) -> {
                // A pointer more, for NSS.
                if (!field.equals("NSS")) {
                    ours.put("offsetof(" + type + ", " + field + ")", offset);
                }
            });
            if (!name.equals("initializeArgs") && !name.equals("functionList")) {
                ours.put("sizeof(" + type + ")", layout.size());
            }
        });
        ours.put("sizeof(CK_ULONG)", structures.model().ulong());

        Map<String, Integer> compilers = compiled(compiler, copier, List.copyOf(ours.keySet()));

        assertThat(ours).hasSizeGreaterThan(50).isEqualTo(compilers);
    }

    private Map<String, Integer> compiled(String compiler, String copier, List<String> expressions) throws Exception {
        String source = """
                #include <stddef.h>
                #include <pkcs11.h>
                __attribute__((section("layout"), used)) const unsigned int numbers[] = {%s};
                """.formatted(String.join(", ", expressions));
        Files.writeString(folder.resolve("offsets.c"), source);
        run(compiler, "-c", "-I/usr/include/p11-kit-1/p11-kit", "-o", "offsets.o", "offsets.c");
        run(copier, "-O", "binary", "--only-section=layout", "offsets.o", "offsets.bin");
        ByteBuffer values = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("offsets.bin")))
                .order(ByteOrder.LITTLE_ENDIAN);
        Map<String, Integer> result = new LinkedHashMap<>();
        for (String expression : expressions) {
            result.put(expression, values.getInt());
        }
        return result;
    }

    private void run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Needs.program(program).toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }
}
