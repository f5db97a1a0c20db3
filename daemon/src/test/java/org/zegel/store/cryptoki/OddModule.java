package org.zegel.store.cryptoki;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.zegel.fixtures.Needs;

/** A module in C that misbehaves as it is told; compiled here. */
public final class OddModule {
    private final Path library;

    private OddModule(Path library) {
        this.library = library;
    }

    public static OddModule compile(Path folder) throws Exception {
        Path source = Path.of(OddModule.class.getResource("odd-module.c").toURI());
        Path library = folder.resolve("odd-module.so");
        Process compiler = new ProcessBuilder(
                        Needs.program("gcc").toString(),
                        "-shared",
                        "-fPIC",
                        "-I/usr/include/p11-kit-1",
                        "-o",
                        library.toString(),
                        source.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(compiler.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(compiler.exitValue()).as(said).isZero();
        return new OddModule(library);
    }

    /** How it behaves is described in its source. */
    public ModuleSpec spec(String mode) {
        return new ModuleSpec("odd: " + mode, library, mode);
    }
}
