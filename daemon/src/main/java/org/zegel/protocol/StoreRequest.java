package org.zegel.protocol;

import org.jspecify.annotations.Nullable;
import org.zegel.model.Scope;

/** Stores, tokens and identities. */
public sealed interface StoreRequest extends Request {
    @Method(
            value = "store.list",
            scopes = Scope.CERTIFICATES,
            result = StoreResult.Stores.class,
            summary = "Places where keys live, and their state")
    record ListStores() implements StoreRequest {}

    /** {@code kind}: {@code pkcs11}; {@code path}: of the shared library, absolute. */
    @Method(
            value = "store.add",
            scopes = Scope.MANAGE,
            result = SessionResult.Done.class,
            summary = "Uses a PKCS#11 module beside those that were found, after asking")
    record AddStore(String kind, String path) implements StoreRequest {}

    @Method(
            value = "store.remove",
            scopes = Scope.MANAGE,
            result = SessionResult.Done.class,
            summary = "Takes a module that was added away again, after asking")
    record RemoveStore(String kind, String path) implements StoreRequest {}

    @Method(
            value = "store.changePassphrase",
            scopes = Scope.MANAGE,
            result = SessionResult.Done.class,
            summary = "Asks for the old and new passphrase of a store")
    record ChangePassphrase(@Nullable String store) implements StoreRequest {}

    @Method(
            value = "token.list",
            scopes = Scope.CERTIFICATES,
            result = StoreResult.Tokens.class,
            summary = "Cards and other tokens: where they are, and what they say of their PIN")
    record ListTokens() implements StoreRequest {}

    /** {@code store}: default all. Takes no scope, because it takes nothing away that the person cannot give again. */
    @Method(
            value = "token.lock",
            result = SessionResult.Done.class,
            summary = "Forgets what was unlocked: the next use of a key asks for its PIN or passphrase again")
    record Lock(@Nullable String store) implements StoreRequest {}

    @Method(
            value = "identity.list",
            scopes = Scope.CERTIFICATES,
            result = StoreResult.Identities.class,
            summary = "Certificates with a usable private key")
    record ListIdentities(@Nullable String address) implements StoreRequest {}

    @Method(
            value = "identity.import",
            scopes = Scope.MANAGE,
            result = StoreResult.Identities.class,
            summary = "Imports a PKCS#12 or PEM file into Zegel's own store")
    record ImportIdentity(ContentRef file) implements StoreRequest {}

    @Method(
            value = "identity.export",
            scopes = Scope.MANAGE,
            result = StoreResult.Exported.class,
            summary = "One identity as PKCS#12, under a passphrase typed into Zegel's own dialog")
    record ExportIdentity(String identity) implements StoreRequest {}

    @Method(
            value = "identity.remove",
            scopes = Scope.MANAGE,
            result = SessionResult.Done.class,
            summary = "Removes an identity and its private key from Zegel's own store for good, after asking")
    record RemoveIdentity(String identity) implements StoreRequest {}

    @Method(
            value = "identity.prefer",
            scopes = Scope.MANAGE,
            result = SessionResult.Done.class,
            summary = "Signs with this identity when an address has several")
    record PreferIdentity(String identity, String address) implements StoreRequest {}
}
