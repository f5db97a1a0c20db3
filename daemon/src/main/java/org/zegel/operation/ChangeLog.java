package org.zegel.operation;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.zegel.audit.AuditEvent;
import org.zegel.audit.AuditLog;
import org.zegel.model.Failure;

/** Writes a line of the audit log for what is changed, and for what was refused. */
public final class ChangeLog {
    private final AuditLog audit;

    public ChangeLog(AuditLog audit) {
        this.audit = audit;
    }

    /** Something that may take long, or ask the person. */
    @FunctionalInterface
    public interface Change<T extends @Nullable Object> {
        T run() throws Failure;
    }

    /** Something that only fails or not. */
    @FunctionalInterface
    public interface Step {
        void run() throws Failure;
    }

    /** Asks, and writes a line when the answer is no, or none. */
    public <T> T asked(AuditEvent event, Change<T> question) throws Failure {
        try {
            return question.run();
        } catch (Failure refused) {
            audit.append(event.withOutcome(Outcomes.of(refused)));
            throw refused;
        }
    }

    /** Changes the database and writes the line: both or neither. The change asks nobody. */
    public void changed(AuditEvent event, Step change) throws Failure {
        audit.<@Nullable Object>recorded(event, () -> {
            change.run();
            return null;
        });
    }

    /** The same for a change that has a result. */
    public <T extends @Nullable Object> T changing(AuditEvent event, Change<T> change) throws Failure {
        return audit.recorded(event, change::run);
    }

    /** Something outside the database; it calls {@code begin} before the first of it can be seen. */
    @FunctionalInterface
    public interface OutsideChange<T extends @Nullable Object> {
        T run(Begin begin) throws Failure;
    }

    /** Remembers what is about to be done; what was begun has a line, whatever happens to this process. */
    @FunctionalInterface
    public interface Begin {
        void of(AuditEvent event) throws Failure;
    }

    /**
     * Asks, and changes something outside the database; then writes the lines, whatever the outcome.
     *
     * @param event of what failed before anything was begun
     * @param lines of what was done
     */
    public <T extends @Nullable Object> T outside(
            AuditEvent event, OutsideChange<T> change, Function<T, List<AuditEvent>> lines) throws Failure {
        Map<Long, AuditEvent> begun = new LinkedHashMap<>();
        T result;
        try {
            result = change.run(about -> begun.put(audit.begin(about), about));
        } catch (Failure failed) {
            Collection<AuditEvent> about = begun.isEmpty() ? List.of(event) : begun.values();
            audit.ended(
                    begun.keySet(),
                    about.stream()
                            .map(one -> one.withOutcome(Outcomes.of(failed)))
                            .toList());
            throw failed;
        }
        audit.ended(begun.keySet(), lines.apply(result));
        return result;
    }

    /** The line of what needs no step here. */
    public void add(AuditEvent event) throws Failure {
        audit.append(event);
    }
}
