package org.zegel.store.pkcs11.modules;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The machine that modules are looked for on.
 *
 * @param system the operating system
 * @param architecture as {@code os.arch} has it
 * @param top where absolute paths of Unix begin: {@code /}
 * @param home the person's folder; null: there is none
 * @param environment for the folders of Windows
 * @param superuser p11-kit then leaves the person's own configuration alone, and so does Zegel
 */
public record Platform(
        System system,
        String architecture,
        Path top,
        @Nullable Path home,
        Map<String, String> environment,
        boolean superuser) {

    /** What modules are made for. */
    public enum System {
        LINUX,
        MACOS,
        WINDOWS,
        OTHER
    }

    /** What processors are called in the headers of libraries. */
    public enum Processor {
        X86,
        X86_64,
        ARM,
        ARM64,
        RISCV64,
        PPC64LE,
        S390X,
        LOONGARCH64,
        OTHER
    }

    public Platform {
        environment = Map.copyOf(environment);
    }

    /** What this program runs on. */
    public Processor processor() {
        return switch (architecture.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64", "x64" -> Processor.X86_64;
            case "x86", "i386", "i486", "i586", "i686" -> Processor.X86;
            case "aarch64", "arm64" -> Processor.ARM64;
            case "arm", "arm32" -> Processor.ARM;
            case "riscv64" -> Processor.RISCV64;
            case "ppc64le" -> Processor.PPC64LE;
            case "s390x" -> Processor.S390X;
            case "loongarch64" -> Processor.LOONGARCH64;
            default -> Processor.OTHER;
        };
    }

    /** The name of the folder that Debian keeps this processor's libraries in. */
    String multiarch() {
        return switch (processor()) {
            case X86_64 -> "x86_64-linux-gnu";
            case X86 -> "i386-linux-gnu";
            case ARM64 -> "aarch64-linux-gnu";
            case ARM -> "arm-linux-gnueabihf";
            case RISCV64 -> "riscv64-linux-gnu";
            case PPC64LE -> "powerpc64le-linux-gnu";
            case S390X -> "s390x-linux-gnu";
            case LOONGARCH64 -> "loongarch64-linux-gnu";
            case OTHER -> "none";
        };
    }

    /** An absolute path of Unix, or one of Windows that begins with a variable such as {@code %ProgramFiles%}. */
    Optional<Path> path(String text) {
        try {
            if (text.startsWith("%")) {
                int end = text.indexOf('%', 1);
                String folder = end < 0 ? null : environment.get(text.substring(1, end));
                return folder == null || folder.isEmpty()
                        ? Optional.empty()
                        // With the slash: what follows a drive alone (C:) would be taken from the folder it stands in.
                        : Optional.of(Path.of(folder + text.substring(end + 1)));
            }
            return Optional.of(top.resolve(text.substring(1).replace("{multiarch}", multiarch())));
        } catch (InvalidPathException unusable) {
            return Optional.empty();
        }
    }
}
