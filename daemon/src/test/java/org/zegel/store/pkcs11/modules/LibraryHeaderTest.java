package org.zegel.store.pkcs11.modules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.fixtures.Needs;

/** What kind of library a file is, from its first bytes. */
class LibraryHeaderTest {
    @TempDir
    Path folder;

    @Test
    void knowsALibraryOfThisMachine() throws Exception {
        Platform here = Machine.real(folder);
        assertThat(LibraryHeader.read(Machine.softHsm()))
                .contains(new LibraryHeader(Platform.System.LINUX, Set.of(here.processor())));
    }

    @Test
    void knowsALibraryOfWindows() throws Exception {
        assertThat(LibraryHeader.read(windowsLibrary(folder)))
                .contains(new LibraryHeader(Platform.System.WINDOWS, Set.of(Platform.Processor.X86_64)));
    }

    /** The numbers are those of Apple's mach-o/loader.h, mach-o/fat.h and mach/machine.h. */
    @Test
    void knowsLibrariesOfMacOs() {
        assertThat(header("CFFAEDFE 0C000001 00000000 06000000 00000000"))
                .contains(new LibraryHeader(Platform.System.MACOS, Set.of(Platform.Processor.ARM64)));
        assertThat(header("CFFAEDFE 07000001 03000000 08000000 00000000"))
                .contains(new LibraryHeader(Platform.System.MACOS, Set.of(Platform.Processor.X86_64)));
        String both = "CAFEBABE 00000002"
                + "01000007 00000003 00004000 00010000 0000000E"
                + "0100000C 00000000 00014000 00010000 0000000E";
        assertThat(header(both))
                .contains(new LibraryHeader(
                        Platform.System.MACOS, Set.of(Platform.Processor.X86_64, Platform.Processor.ARM64)));
    }

    @Test
    void programsAndClassesAreNoLibraries() throws Exception {
        assertThat(header("CFFAEDFE 0C000001 00000000 02000000 00000000")).isEmpty();
        try (var in = LibraryHeaderTest.class.getResourceAsStream("LibraryHeaderTest.class")) {
            assertThat(LibraryHeader.of(ByteBuffer.wrap(in.readNBytes(LibraryHeader.LENGTH))))
                    .isEmpty();
        }
        assertThat(header("23212F62 696E2F73 68200A00 00000000 00000000")).isEmpty();
    }

    @Test
    void cutOffAnywhereItIsNoMoreThanNoLibrary() throws Exception {
        for (Path library : new Path[] {Machine.softHsm(), windowsLibrary(folder)}) {
            byte[] whole = Arrays.copyOf(Files.readAllBytes(library), 600);
            for (int length = 0; length < whole.length; length++) {
                assertThat(LibraryHeader.of(ByteBuffer.wrap(Arrays.copyOf(whole, length))))
                        .isNotNull();
            }
            Random random = new Random(7);
            for (int i = 0; i < 20_000; i++) {
                byte[] changed = whole.clone();
                changed[random.nextInt(512)] = (byte) random.nextInt();
                changed[60 + random.nextInt(4)] = (byte) random.nextInt();
                assertThat(LibraryHeader.of(ByteBuffer.wrap(changed))).isNotNull();
            }
        }
    }

    /** A library of Windows as its compiler makes it. */
    static Path windowsLibrary(Path folder) throws IOException, InterruptedException {
        Path source = Files.writeString(folder.resolve("card.c"), "int C_GetFunctionList(void *list) { return 5; }\n");
        Path library = folder.resolve("card.dll");
        Process compiler = new ProcessBuilder(
                        Needs.program("x86_64-w64-mingw32-gcc").toString(),
                        "-shared",
                        "-o",
                        library.toString(),
                        source.toString())
                .inheritIO()
                .start();
        assertThat(compiler.waitFor()).isZero();
        return library;
    }

    private static Optional<LibraryHeader> header(String hex) {
        return LibraryHeader.of(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }
}
