package org.zegel.store.windows;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import com.sun.jna.Structure;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.fixtures.Needs;

/** Structures, numbers and names, beside what a compiler for Windows makes of Windows' headers. Nothing has to run. */
class MarshallingTest {
    private static final String MISSING = "0x5A454745";
    private static final int NAME_UNITS = 80;
    private static final int MOST_BYTES = 64;

    @TempDir
    Path folder;

    @Test
    void structuresLieAsWindowsLaysThem() throws Exception {
        Map<String, Integer> ours = new LinkedHashMap<>();
        Map<String, Structure> structures = Map.of(
                "CERT_CONTEXT", new Structures.CertContext(zeros()),
                "CRYPT_KEY_PROV_INFO", new Structures.KeyProvInfo(zeros()),
                "BCRYPT_PKCS1_PADDING_INFO", new Structures.Pkcs1PaddingInfo(),
                "BCRYPT_PSS_PADDING_INFO", new Structures.PssPaddingInfo(),
                "BCRYPT_OAEP_PADDING_INFO", new Structures.OaepPaddingInfo());
        for (Map.Entry<String, Structure> each : structures.entrySet()) {
            String type = each.getKey();
            Structure empty = each.getValue();
            ours.put("sizeof(" + type + ")", empty.size());
            for (Field field : empty.getClass().getDeclaredFields()) {
                if (Modifier.isPublic(field.getModifiers())) {
                    String name = field.getName();
                    ours.put("offsetof(" + type + ", " + name + ")", offset(empty, name));
                    ours.put(
                            "sizeof(((" + type + " *) 0)->" + name + ")",
                            field.getType() == int.class ? Integer.BYTES : Long.BYTES);
                }
            }
        }
        ours.put("sizeof(BCRYPT_ECCKEY_BLOB)", EccBlob.HEADER_BYTES);
        ours.put("offsetof(BCRYPT_ECCKEY_BLOB, dwMagic)", 0);
        ours.put("offsetof(BCRYPT_ECCKEY_BLOB, cbKey)", 4);
        ours.put("sizeof(NCRYPT_KEY_HANDLE)", Long.BYTES);
        ours.put("sizeof(HCRYPTPROV)", Long.BYTES);
        ours.put("sizeof(HCRYPTKEY)", Long.BYTES);
        ours.put("sizeof(HCRYPTHASH)", Long.BYTES);
        ours.put("sizeof(HWND)", Long.BYTES);
        ours.put("sizeof(SECURITY_STATUS)", Integer.BYTES);
        ours.put("sizeof(BOOL)", Integer.BYTES);

        assertThat(ours).hasSizeGreaterThan(40).isEqualTo(numbers(List.copyOf(ours.keySet())));
    }

    private static Memory zeros() {
        Memory memory = new Memory(MOST_BYTES);
        memory.clear();
        return memory;
    }

    /** JNA tells it in words only. */
    private static int offset(Structure empty, String field) {
        return Arrays.stream(empty.toString(true).lines().toArray(String[]::new))
                .filter(line -> line.contains(" " + field + "@0x"))
                .map(line -> line.replaceAll(".*" + field + "@0x([0-9a-fA-F]+).*", "$1"))
                .map(hex -> Integer.parseInt(hex.strip(), 16))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void numbersAreThoseOfTheHeaders() throws Exception {
        Map<String, Integer> ours = new LinkedHashMap<>();
        for (Field field : Flags.class.getDeclaredFields()) {
            if (field.getType() == int.class && !field.getName().equals("CERT_STORE_PROV_SYSTEM_W")) {
                ours.put("(unsigned int) " + field.getName(), field.getInt(null));
            }
        }
        ours.put("(unsigned int) (size_t) CERT_STORE_PROV_SYSTEM_W", Flags.CERT_STORE_PROV_SYSTEM_W);
        for (WindowsCode code : WindowsCode.values()) {
            if (code != WindowsCode.HRESULT_CANCELLED) {
                ours.put("(unsigned int) " + code.name(), code.value());
            }
        }
        ours.put("(unsigned int) HRESULT_FROM_WIN32(ERROR_CANCELLED)", WindowsCode.HRESULT_CANCELLED.value());

        assertThat(ours).hasSizeGreaterThan(60).isEqualTo(numbers(List.copyOf(ours.keySet())));
    }

    @Test
    void namesAreThoseOfTheHeaders() throws Exception {
        Map<String, String> ours = new LinkedHashMap<>();
        for (Field field : Names.class.getDeclaredFields()) {
            if (field.getType() == String.class) {
                ours.put(field.getName(), (String) field.get(null));
            }
        }
        String source = "struct { WCHAR at[" + NAME_UNITS + "]; } const names[] "
                + "__attribute__((section(\"layout\"), used)) = {"
                + ours.keySet().stream().map(name -> "{" + name + "}").collect(Collectors.joining(", ")) + "};";
        ByteBuffer compiled = compiled(source);
        Map<String, String> compilers = new LinkedHashMap<>();
        for (String name : ours.keySet()) {
            byte[] wide = new byte[2 * NAME_UNITS];
            compiled.get(wide);
            String all = new String(wide, StandardCharsets.UTF_16LE);
            compilers.put(name, all.substring(0, all.indexOf('\0')));
        }

        assertThat(ours).hasSizeGreaterThan(7).isEqualTo(compilers);
    }

    private Map<String, Integer> numbers(List<String> expressions) throws Exception {
        ByteBuffer values = compiled("__attribute__((section(\"layout\"), used)) const unsigned int numbers[] = {"
                + String.join(", ", expressions) + ", " + MISSING + "};");
        Map<String, Integer> result = new LinkedHashMap<>();
        for (String expression : expressions) {
            result.put(expression, values.getInt());
        }
        assertThat(values.getInt()).as("the end").isEqualTo(Integer.decode(MISSING));
        return result;
    }

    private ByteBuffer compiled(String source) throws Exception {
        Files.writeString(folder.resolve("layout.c"), """
                #define _WIN32_WINNT 0x0A00
                #include <stddef.h>
                #include <windows.h>
                #include <wincrypt.h>
                #include <bcrypt.h>
                #include <ncrypt.h>
                #include <winerror.h>
                %s
                """.formatted(source));
        run("x86_64-w64-mingw32-gcc", "-c", "-o", "layout.o", "layout.c");
        run("x86_64-w64-mingw32-objcopy", "-O", "binary", "--only-section=layout", "layout.o", "layout.bin");
        return ByteBuffer.wrap(Files.readAllBytes(folder.resolve("layout.bin"))).order(ByteOrder.LITTLE_ENDIAN);
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
