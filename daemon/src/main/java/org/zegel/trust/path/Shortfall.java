package org.zegel.trust.path;

import org.zegel.model.Finding;
import org.zegel.model.Verdict.ChainStatus;

/** Why a path is not good enough: the status it leads to, and a stable kebab-case reason. */
public record Shortfall(ChainStatus status, Finding reason) {
    /** How bad it is; of several shortfalls the worst names the chain, of several paths the mildest is taken. */
    public int gravity() {
        return gravity(status);
    }

    /** The same of a status alone. */
    public static int gravity(ChainStatus status) {
        return switch (status) {
            case TRUSTED -> 0;
            case EXPIRED -> 1;
            case NOT_YET_VALID -> 2;
            case NOT_ALLOWED -> 3;
            case NOT_CHECKED -> 4;
            case UNTRUSTED -> 5;
            case REVOKED -> 6;
        };
    }
}
