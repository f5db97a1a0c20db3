package org.zegel.store.cryptoki;

/** A token came or went; of one that was taken out and put back quickly both are told. */
public record TokenEvent(Kind kind, Token token) {
    public enum Kind {
        INSERTED,
        REMOVED
    }
}
