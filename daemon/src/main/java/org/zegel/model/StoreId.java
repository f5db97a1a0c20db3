package org.zegel.model;

/** Short name of a store, for instance {@code pkcs12} or {@code pkcs11-3f2a}; carries no path. */
public record StoreId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
