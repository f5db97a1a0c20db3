package org.zegel.store.cryptoki;

import java.util.Set;

/**
 * A token as it was when it was asked for. A call with it reaches the same token, wherever it is by then, or fails.
 *
 * @param slot the module's number for where it was; another one after a restart of the helper
 * @param slotName the reader's name, for people
 * @param loginRequired keys are seen and used only after {@link Module#login}
 * @param protectedPath the PIN is typed at the reader, never here
 * @param mechanisms numbers of PKCS#11 ({@link Mechanism#id()})
 */
public record Token(
        long slot,
        String slotName,
        String label,
        String manufacturer,
        String model,
        String serial,
        boolean loginRequired,
        boolean protectedPath,
        PinState pin,
        boolean loggedIn,
        Set<Long> mechanisms) {
    public Token {
        mechanisms = Set.copyOf(mechanisms);
    }

    /** What stays when it is taken out and put into another reader. */
    public TokenName name() {
        return new TokenName(label, manufacturer, model, serial);
    }

    /** Whether the token says that it can do this. */
    public boolean supports(Mechanism mechanism) {
        return mechanisms.contains(mechanism.id());
    }
}
