package org.zegel.store.cryptoki;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which PKCS#11 module, and how it is initialised.
 *
 * @param name for people and the log
 * @param library absolute path of the shared library, or a bare file name that the system's loader finds
 * @param initArguments the text that {@code C_Initialize} gets in pReserved (NSS takes its databases so); null: none
 */
public record ModuleSpec(
        String name, Path library, @Nullable String initArguments) {}
