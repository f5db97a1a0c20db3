package org.zegel.store;

import java.nio.file.Path;
import org.zegel.model.Failure;

/** Looks at a library that is to be used as a PKCS#11 module, without loading it. */
@FunctionalInterface
public interface ModuleCheck {
    /**
     * Its real path.
     *
     * @param library absolute
     * @throws Failure {@code POLICY_FORBIDS} or {@code IMPORT_FAILED}, in words, when it may or can not be loaded
     */
    Path real(Path library) throws Failure;
}
