package org.zegel.store.nss;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.zegel.model.StoreId;

/**
 * A profile with a database of certificates.
 *
 * @param program whose it is, such as {@code Thunderbird}
 * @param name as the program calls it, fit to be shown; empty where the program has one only
 * @param folder the real path
 * @param problem why it cannot be opened and what to do, for people; null when it can
 */
record Profile(
        String program, String name, Path folder, @Nullable String problem) {
    private static final int ID_LENGTH = 16;

    /** What people are shown. */
    String title() {
        return name.isEmpty() ? program : program + " (" + name + ")";
    }

    /** The same for the same folder; tells nothing of its path. */
    StoreId id() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(folder.toString().getBytes(StandardCharsets.UTF_8));
            return new StoreId("nss-" + HexFormat.of().formatHex(hash).substring(0, ID_LENGTH));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
