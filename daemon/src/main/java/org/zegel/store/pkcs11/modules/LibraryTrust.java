package org.zegel.store.pkcs11.modules;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Whether a library is safe from other people of this machine: the system's or the person's own. */
@FunctionalInterface
public interface LibraryTrust {
    /** What is wrong, to follow "the module"; null: nothing. The path is real. */
    @Nullable
    String fault(Path library) throws IOException;
}
