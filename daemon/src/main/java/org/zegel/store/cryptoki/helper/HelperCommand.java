package org.zegel.store.cryptoki.helper;

import java.util.List;
import java.util.Map;

/**
 * How a helper is started. Which module it gets is told over the pipe.
 *
 * @param environment added to this process's own
 */
public record HelperCommand(List<String> command, Map<String, String> environment) {
    public HelperCommand {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
