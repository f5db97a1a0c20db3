package org.zegel.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.model.CertificateSummary;

/** Answers to {@link StoreRequest}. */
public sealed interface StoreResult extends Result {
    record StoreEntry(
            String store,
            String kind,
            String name,
            String state,
            @Nullable String problem) {}

    record Stores(List<StoreEntry> stores) implements StoreResult {}

    /**
     * {@code state}: {@code absent}, {@code locked}, {@code unlocked}, {@code failed}. {@code pin}: {@code ok},
     * {@code wrong-given}, {@code last-try}, {@code locked}, {@code not-set}.
     */
    record TokenEntry(
            String store,
            String name,
            String module,
            @Nullable String reader,
            String state,
            @Nullable String pin,
            boolean pinAtReader,
            @Nullable String problem) {}

    record Tokens(List<TokenEntry> tokens) implements StoreResult {}

    /** {@code uses}: {@code sign}, {@code decrypt}, {@code agree}. */
    record IdentityEntry(
            String identity,
            String store,
            List<String> uses,
            boolean retired,
            boolean preferred,
            CertificateSummary certificate) {}

    record Identities(List<IdentityEntry> identities) implements StoreResult {}

    record Exported(ContentRef file) implements StoreResult {}
}
