package org.zegel.store.cryptoki;

/** What tells one token from another, in any reader: padding is taken off, characters that cannot be shown replaced. */
public record TokenName(String label, String manufacturer, String model, String serial) {}
