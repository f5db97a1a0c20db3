package org.zegel.store.pkcs11.modules;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.zegel.store.pkcs11.modules.Platform.Processor;
import org.zegel.store.pkcs11.modules.Platform.System;

/**
 * What the first bytes of a shared library say of the machine it is for; nothing of it is loaded.
 *
 * @param processors several in one file of macOS
 */
record LibraryHeader(System system, Set<Processor> processors) {
    /** Enough for the header of every system; what lies beyond is not looked at. */
    static final int LENGTH = 4096;

    private static final int ELF = 0x7F454C46;
    private static final int ELF_SHARED = 3;
    private static final int ELF_LENGTH = 20;
    private static final int PE_OFFSET = 0x3C;
    private static final int PE = 0x00004550;
    private static final int PE_LENGTH = 24;
    private static final int PE_LIBRARY = 0x2000;
    private static final int MACHO_32 = 0xFEEDFACE;
    private static final int MACHO_64 = 0xFEEDFACF;
    private static final int MACHO_SEVERAL = 0xCAFEBABE;
    private static final int MACHO_LIBRARY = 6;
    private static final int MACHO_BUNDLE = 8;
    private static final int MACHO_LENGTH = 16;
    private static final int MACHO_ENTRY = 20;

    /** Java's class files begin alike, with a version that is greater than this. */
    private static final int MACHO_MOST = 20;

    LibraryHeader {
        processors = Set.copyOf(processors);
    }

    /** Empty when the file is no shared library of any system. */
    static Optional<LibraryHeader> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(ByteBuffer.wrap(in.readNBytes(LENGTH)));
        }
    }

    static Optional<LibraryHeader> of(ByteBuffer bytes) {
        if (bytes.remaining() < ELF_LENGTH) {
            return Optional.empty();
        }
        bytes.order(ByteOrder.BIG_ENDIAN);
        int magic = bytes.getInt(0);
        return switch (magic) {
            case ELF -> elf(bytes);
            case MACHO_SEVERAL -> severalMacho(bytes);
            default -> {
                int swapped = Integer.reverseBytes(magic);
                if (swapped == MACHO_32 || swapped == MACHO_64) {
                    yield macho(bytes.order(ByteOrder.LITTLE_ENDIAN));
                }
                yield bytes.get(0) == 'M' && bytes.get(1) == 'Z' ? pe(bytes) : Optional.empty();
            }
        };
    }

    /** System V ABI, chapter 4. */
    private static Optional<LibraryHeader> elf(ByteBuffer bytes) {
        boolean wide = bytes.get(4) == 2;
        bytes.order(bytes.get(5) == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        if (bytes.getShort(16) != ELF_SHARED) {
            return Optional.empty();
        }
        boolean little = bytes.order() == ByteOrder.LITTLE_ENDIAN;
        Processor processor = switch (bytes.getShort(18) & 0xFFFF) {
            case 3 -> Processor.X86;
            case 62 -> wide ? Processor.X86_64 : Processor.OTHER;
            case 40 -> Processor.ARM;
            case 183 -> wide && little ? Processor.ARM64 : Processor.OTHER;
            case 243 -> wide ? Processor.RISCV64 : Processor.OTHER;
            case 21 -> little ? Processor.PPC64LE : Processor.OTHER;
            case 22 -> wide ? Processor.S390X : Processor.OTHER;
            case 258 -> wide ? Processor.LOONGARCH64 : Processor.OTHER;
            default -> Processor.OTHER;
        };
        return Optional.of(new LibraryHeader(System.LINUX, Set.of(processor)));
    }

    private static Optional<LibraryHeader> pe(ByteBuffer bytes) {
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        int at = bytes.limit() >= PE_OFFSET + Integer.BYTES ? bytes.getInt(PE_OFFSET) : -1;
        if (at < 0 || at > bytes.limit() - PE_LENGTH || bytes.getInt(at) != PE) {
            return Optional.empty();
        }
        if ((bytes.getShort(at + 22) & PE_LIBRARY) == 0) {
            return Optional.empty();
        }
        Processor processor = switch (bytes.getShort(at + 4) & 0xFFFF) {
            case 0x014C -> Processor.X86;
            case 0x8664 -> Processor.X86_64;
            case 0xAA64 -> Processor.ARM64;
            case 0x01C4 -> Processor.ARM;
            default -> Processor.OTHER;
        };
        return Optional.of(new LibraryHeader(System.WINDOWS, Set.of(processor)));
    }

    private static Optional<LibraryHeader> macho(ByteBuffer bytes) {
        int type = bytes.limit() >= MACHO_LENGTH ? bytes.getInt(12) : 0;
        return type == MACHO_LIBRARY || type == MACHO_BUNDLE
                ? Optional.of(new LibraryHeader(System.MACOS, Set.of(machoProcessor(bytes.getInt(4)))))
                : Optional.empty();
    }

    /** The kind of each is not looked at: it lies anywhere in the file. */
    private static Optional<LibraryHeader> severalMacho(ByteBuffer bytes) {
        int count = bytes.getInt(4);
        if (count < 1 || count > MACHO_MOST || bytes.limit() < 2 * Integer.BYTES + count * MACHO_ENTRY) {
            return Optional.empty();
        }
        Set<Processor> processors = new HashSet<>();
        for (int i = 0; i < count; i++) {
            processors.add(machoProcessor(bytes.getInt(2 * Integer.BYTES + i * MACHO_ENTRY)));
        }
        return Optional.of(new LibraryHeader(System.MACOS, processors));
    }

    private static Processor machoProcessor(int type) {
        return switch (type) {
            case 7 -> Processor.X86;
            case 0x01000007 -> Processor.X86_64;
            case 12 -> Processor.ARM;
            case 0x0100000C -> Processor.ARM64;
            default -> Processor.OTHER;
        };
    }
}
