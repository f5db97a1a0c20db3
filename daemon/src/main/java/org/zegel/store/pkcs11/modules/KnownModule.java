package org.zegel.store.pkcs11.modules;

import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Sha256;
import org.zegel.model.StoreId;
import org.zegel.store.cryptoki.ModuleSpec;

/**
 * A module that was found or named.
 *
 * @param spec its library is a real path where there is such a file
 * @param origins by which roads it was found
 * @param problem why it is not loaded and what to do, in words; null: it may be
 */
public record KnownModule(
        ModuleSpec spec, Set<Origin> origins, @Nullable String problem) {
    private static final int ID_BYTES = 6;

    /** Where a module is known from. */
    public enum Origin {
        /** {@code stores.modules} of the policy or the configuration. */
        CONFIGURED,
        /** The person added it. */
        ADDED,
        P11_KIT,
        WELL_KNOWN
    }

    public KnownModule {
        origins = Set.copyOf(origins);
    }

    /** Of the module, not of a token in it: the same as long as the library stays where it is. */
    public StoreId id() {
        String arguments = spec.initArguments() == null ? "" : "\0" + spec.initArguments();
        byte[] hash = Sha256.of(spec.library() + arguments);
        return new StoreId("module-" + HexFormat.of().formatHex(hash, 0, ID_BYTES));
    }

    /** The name of the library's file, without the folders. */
    public String file() {
        return String.valueOf(spec.library().getFileName());
    }

    /** Whether it is the policy or the configuration that keeps it from being loaded. */
    public boolean forbidden() {
        return ModuleFinder.FORBIDDEN.equals(problem);
    }

    KnownModule with(Origin origin) {
        Set<Origin> more = EnumSet.of(origin);
        more.addAll(origins);
        return new KnownModule(spec, more, problem);
    }
}
