package org.zegel.app.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.zegel.model.Failure;

/** A policy in a TOML file that only the administrator may change. */
public record PolicyFile(Path file) implements PolicySource {
    private static final String SOURCE = "the managed policy";

    @Override
    public RawSettings read() throws Failure {
        RawSettings none = RawSettings.none(SOURCE);
        try {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
            if (mode.contains(PosixFilePermission.GROUP_WRITE) || mode.contains(PosixFilePermission.OTHERS_WRITE)) {
                throw none.refusal(0, "others than its owner may write to it; the administrator must repair that.");
            }
        } catch (NoSuchFileException unmanaged) {
            return none;
        } catch (UnsupportedOperationException noPermissions) {
            return TomlSettings.read(file, SOURCE);
        } catch (IOException unreadable) {
            throw none.refusal(0, "cannot be read; the administrator must repair that.");
        }
        return TomlSettings.read(file, SOURCE);
    }
}
