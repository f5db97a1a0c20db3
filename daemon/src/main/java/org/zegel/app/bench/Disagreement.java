package org.zegel.app.bench;

/** An outcome was not what it had to be, so its figure means nothing. */
public final class Disagreement extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Disagreement(String what) {
        super(what);
    }
}
