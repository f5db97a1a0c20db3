package org.zegel.store.cryptoki.helper;

import java.time.Duration;

/**
 * How long a helper may take, and how long and how many of them stay.
 *
 * @param start until the module is loaded and initialised
 * @param stall a call without an answer, counted anew when another one's key was used: modules do one thing at a time
 * @param longest a call, whatever else goes on
 * @param pinPad a call during which a person types at the reader
 * @param idle without a call, a login or a watcher; then the helper ends
 * @param firstRest before the next try, after one that did not start; each further one doubles it
 * @param longestRest see {@code firstRest}
 * @param helpers at once
 */
public record HelperLimits(
        Duration start,
        Duration stall,
        Duration longest,
        Duration pinPad,
        Duration idle,
        Duration firstRest,
        Duration longestRest,
        int helpers) {
    public static final HelperLimits STANDARD = new HelperLimits(
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(120),
            Duration.ofMinutes(2),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            16);
}
