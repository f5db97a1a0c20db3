package org.zegel.operation.store;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.zegel.audit.AuditEvent;
import org.zegel.consent.Consent;
import org.zegel.consent.HostileText;
import org.zegel.consent.PlannedChange;
import org.zegel.directory.AddedModules;
import org.zegel.model.Failure;
import org.zegel.operation.Call;
import org.zegel.operation.ChangeLog;
import org.zegel.store.ModuleCheck;
import org.zegel.store.Stores;

/** Adds PKCS#11 modules to those that were found, and takes them away again; each time the person is asked. */
public final class Modules {
    /** The kind of store that has modules. */
    public static final String KIND = "pkcs11";

    /** Longest path, in characters: what a dialog can show whole. */
    static final int MAX_PATH = 500;

    private final AddedModules added;
    private final ModuleCheck check;
    private final Consent consent;
    private final ChangeLog changes;
    private final Stores stores;

    public Modules(AddedModules added, ModuleCheck check, Consent consent, ChangeLog changes, Stores stores) {
        this.added = added;
        this.check = check;
        this.consent = consent;
        this.changes = changes;
        this.stores = stores;
    }

    /**
     * Looks at the library, shows its path and asks; it is used from then on.
     *
     * @throws Failure {@code UNSUPPORTED} for another kind; what is wrong with the library
     */
    public void add(String kind, String path, Call call) throws Failure {
        Path library = check.real(path(kind, path));
        requireShowable(library.toString());
        AuditEvent line = AuditEvent.of(call.client(), "store.add").withDetail(library.toString());
        changes.asked(line, () -> consent.forChange(call.client(), new PlannedChange.AddModule(library.toString())));
        changes.changed(line, () -> added.add(library));
    }

    /**
     * Shows the path and asks; the module is not used any more, unless it is found by another road.
     *
     * @throws Failure {@code STORE_NOT_FOUND} when nobody added it
     */
    public void remove(String kind, String path, Call call) throws Failure {
        Path library = known(path(kind, path));
        AuditEvent line = AuditEvent.of(call.client(), "store.remove").withDetail(library.toString());
        changes.asked(line, () -> consent.forChange(call.client(), new PlannedChange.RemoveModule(library.toString())));
        changes.changed(line, () -> added.remove(library));
        // So that what it was running ends now, and not when somebody next looks.
        stores.all();
    }

    /** By the path that is kept, or one that leads there; the file may be gone since. */
    private Path known(Path named) throws Failure {
        if (added.all().contains(named)) {
            return named;
        }
        try {
            Path real = check.real(named);
            if (added.all().contains(real)) {
                return real;
            }
        } catch (Failure unusable) {
            // Whatever it is now, it was not added by this path.
        }
        throw new Failure(Failure.Kind.STORE_NOT_FOUND, "Nobody added this module. What was found stays.");
    }

    private static Path path(String kind, String text) throws Failure {
        if (!kind.equals(KIND)) {
            throw new Failure(
                    Failure.Kind.UNSUPPORTED, "Only stores of the kind " + KIND + " can be added or removed.");
        }
        requireShowable(text);
        try {
            Path path = Path.of(text).normalize();
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException unusable) {
            throw noPath();
        }
        throw noPath();
    }

    /** The person has to see all of it, and nothing that looks like another path. */
    private static void requireShowable(String path) throws Failure {
        if (path.length() > MAX_PATH || !HostileText.isPlain(path)) {
            throw noPath();
        }
    }

    private static Failure noPath() {
        return new Failure(
                Failure.Kind.INVALID_PARAMETERS,
                "path must be an absolute path of at most " + MAX_PATH + " characters, all of them visible.");
    }
}
