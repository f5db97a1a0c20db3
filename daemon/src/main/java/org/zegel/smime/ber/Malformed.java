package org.zegel.smime.ber;

import java.io.IOException;
import org.zegel.model.Finding;

/** The bytes are not what the format asks for. The finding says what. */
public final class Malformed extends IOException {
    private static final long serialVersionUID = 1L;

    private final Finding finding;

    public Malformed(Finding finding) {
        super(finding.code());
        this.finding = finding;
    }

    public Malformed(Finding finding, Throwable cause) {
        super(finding.code(), cause);
        this.finding = finding;
    }

    public Finding finding() {
        return finding;
    }
}
