package org.zegel.store.pkcs11;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.store.cryptoki.ModuleSpec;

/** Which modules there are. */
@FunctionalInterface
public interface FoundModules {
    /** Those of now; quick, and never fails. */
    List<FoundModule> modules();

    /**
     * A module.
     *
     * @param problem why it is not loaded and what to do, for people; null: it may be loaded
     */
    record FoundModule(ModuleSpec spec, @Nullable String problem) {}
}
