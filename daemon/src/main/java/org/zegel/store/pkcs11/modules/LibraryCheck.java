package org.zegel.store.pkcs11.modules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks at a library before anything of it is loaded; what is wrong is said in words for people. */
final class LibraryCheck {
    private final Platform platform;
    private final LibraryTrust trust;

    LibraryCheck(Platform platform, LibraryTrust trust) {
        this.platform = platform;
        this.trust = trust;
    }

    /** Null: it may be loaded. The path is real where there is such a file. */
    @Nullable
    String problem(Path library) {
        try {
            if (!Files.exists(library)) {
                return "There is no such file. Is the card's software still installed?";
            }
            if (!Files.isRegularFile(library)) {
                return "This is no file. Name the shared library that came with the card's software.";
            }
            String fault = trust.fault(library);
            if (fault != null) {
                return "The module " + fault + ", who could put another one in its place. It is not loaded.";
            }
            if (!Files.isReadable(library)) {
                return "You may not read this file.";
            }
            return kindOf(LibraryHeader.read(library));
        } catch (IOException unreadable) {
            return "This file cannot be read.";
        }
    }

    private @Nullable String kindOf(Optional<LibraryHeader> header) {
        if (header.isEmpty()) {
            return "This is no shared library, so no PKCS#11 module.";
        }
        LibraryHeader found = header.get();
        if (found.system() != platform.system() && platform.system() != Platform.System.OTHER) {
            return "This module is for " + name(found.system()) + ". Install the one for " + name(platform.system())
                    + ".";
        }
        if (!found.processors().contains(platform.processor())) {
            return "This module is for another architecture (" + names(found) + "); Zegel runs as "
                    + name(platform.processor()) + ". Install the one for that.";
        }
        return null;
    }

    private static String names(LibraryHeader found) {
        return found.processors().stream().map(LibraryCheck::name).sorted().collect(Collectors.joining(", "));
    }

    private static String name(Platform.Processor processor) {
        return switch (processor) {
            case X86 -> "32-bit x86";
            case ARM -> "32-bit ARM";
            case OTHER -> "an unknown one";
            case X86_64, ARM64, RISCV64, PPC64LE, S390X, LOONGARCH64 ->
                processor.name().toLowerCase(Locale.ROOT);
        };
    }

    private static String name(Platform.System system) {
        return switch (system) {
            case LINUX -> "Linux";
            case MACOS -> "macOS";
            case WINDOWS -> "Windows";
            case OTHER -> "another system";
        };
    }
}
