package org.zegel.smime.ber;

import java.io.IOException;

/** The bytes are not what the format asks for. The code is a stable kebab-case finding. */
public final class Malformed extends IOException {
    private static final long serialVersionUID = 1L;

    private final String finding;

    public Malformed(String finding) {
        super(finding);
        this.finding = finding;
    }

    public Malformed(String finding, Throwable cause) {
        super(finding, cause);
        this.finding = finding;
    }

    public String finding() {
        return finding;
    }
}
