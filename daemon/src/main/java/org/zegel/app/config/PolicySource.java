package org.zegel.app.config;

import java.nio.file.Path;
import org.zegel.app.system.OperatingSystem;
import org.zegel.model.Failure;

/** Where an administrator says what holds on this machine. A policy that cannot be read is an error, never no policy. */
@FunctionalInterface
public interface PolicySource {
    /** Where Linux and other Unix systems keep the policy. */
    Path LINUX_FILE = Path.of("/etc/zegel/policy.toml");

    /** Reads it anew; none when nothing is managed. */
    RawSettings read() throws Failure;

    /** The system's own. */
    static PolicySource of(OperatingSystem system) {
        return switch (system) {
            case LINUX, OTHER -> new PolicyFile(LINUX_FILE);
            case MACOS -> new MacPolicy(MacPolicy.FILE);
            case WINDOWS -> new WindowsPolicy();
        };
    }
}
