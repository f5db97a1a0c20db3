package org.zegel.store.cryptoki;

import org.jspecify.annotations.Nullable;

/**
 * A place for a token, such as a reader.
 *
 * @param name the reader's, for people
 * @param removable tokens come and go
 * @param token what is in it and can be used; null when it is empty, or when there is a problem
 * @param problem why a token that is there cannot be used; null when there is none
 */
public record Slot(
        long id,
        String name,
        boolean removable,
        @Nullable Token token,
        @Nullable ReturnValue problem) {}
