package org.zegel.store.cryptoki;

/** Where modules are had from. One for the whole program, so that no module gets two helpers. */
public interface Modules extends AutoCloseable {
    /** The same module for the same spec. Starts nothing and never fails: the first call of the module does. */
    Module open(ModuleSpec spec);

    /** Ends all helpers. */
    @Override
    void close();
}
