package org.zegel.app.config;

import org.zegel.app.system.OperatingSystem;
import org.zegel.model.Failure;

/** Puts the policy and the person's configuration together. */
public final class Configuration {
    private Configuration() {}

    /** What is in force for this home on this machine. */
    public static Settings load(Home home) throws Failure {
        return load(home, PolicySource.of(OperatingSystem.current()));
    }

    /**
     * The same with a given policy.
     *
     * @throws Failure {@code INVALID_PARAMETERS}, naming source, line and setting, when either has a mistake: Zegel
     *     does not run with half of what somebody asked for
     */
    public static Settings load(Home home, PolicySource policy) throws Failure {
        return SettingsReader.read(policy.read(), TomlSettings.read(home.config(), "config.toml"));
    }
}
